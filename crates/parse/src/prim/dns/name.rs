//! Host names and addresses as DNS tools print them.

use std::net::IpAddr;

/// Longest text taken for a host name; DNS allows 253 characters, placeholders are longer.
const LONGEST_NAME: usize = 512;
/// Longest text taken for an address.
const LONGEST_ADDRESS: usize = 64;

/// Returns `text` as a host name: without final dot, lower case; `None` when it cannot be one.
///
/// Placeholders (`<region>.dp.example.com`, `[region].…`, `*.…`) are names: captures are often masked.
pub(crate) fn host_name(text: &str) -> Option<String> {
    let name = text.trim().trim_matches(['"', '\'', '`']);
    let name = name.strip_suffix('.').unwrap_or(name);
    let fits = !name.is_empty()
        && name.len() <= LONGEST_NAME
        && !name.starts_with(['-', '.', '+', '@'])
        && name.chars().all(|c| c.is_alphanumeric() || "-_.*<>[]{}:".contains(c))
        && name.chars().any(char::is_alphanumeric)
        && !name.ends_with(':');
    fits.then(|| name.to_lowercase())
}

/// Returns `text` as an address without port (`#53`, `:53`) and zone; `None` when it cannot be one.
///
/// Masked addresses (`10.0.x.x`, `<ip>`) are kept as they stand.
pub(crate) fn address(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['`', '*', '"']);
    let bare = without_port(text);
    let bare = bare.split('%').next().unwrap_or(bare);
    if bare.parse::<IpAddr>().is_ok() {
        return Some(bare.to_owned());
    }
    is_masked(bare).then(|| bare.to_owned())
}

fn without_port(text: &str) -> &str {
    let text = text.split('#').next().unwrap_or(text);
    if let Some(inner) = text.strip_prefix('[') {
        return inner.split(']').next().unwrap_or(inner);
    }
    match text.split_once(':') {
        Some((v4, port)) if !port.contains(':') && v4.contains('.') => v4,
        _ => text,
    }
}

/// True for an address of which a part was blanked: `10.0.X.X`, `x.x.x.x`, `<ip>`, `***`, `[REDACTED]`.
fn is_masked(text: &str) -> bool {
    let bracketed = (text.starts_with('<') && text.ends_with('>'))
        || (text.starts_with('[') && text.ends_with(']'));
    let dotted = text.split('.').count() == 4
        && text.split('.').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || "xX*".contains(c))
        });
    let stars = !text.is_empty() && text.chars().all(|c| "*xX".contains(c)) && text.len() >= 3;
    text.len() <= LONGEST_ADDRESS && !text.contains(' ') && (bracketed || dotted || stars)
}

/// Returns the name of which `name` is an expansion by the search list of a pod, if it must be one.
///
/// Below `svc.cluster.local` stand `service.namespace`, `pod.service.namespace` and, with underscores,
/// SRV records; `mcr.example.com.team-a.svc.cluster.local` has more labels than any of these, so a
/// resolver made it of `mcr.example.com`.
pub(crate) fn expanded_from(name: &str) -> Option<&str> {
    let front = name.strip_suffix(".svc.cluster.local")?;
    let (asked, _namespace) = front.rsplit_once('.')?;
    (asked.matches('.').count() >= 2 && !asked.starts_with('_')).then_some(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_port_and_zone() {
        for (text, want) in [
            ("10.0.0.10#53", Some("10.0.0.10")),
            ("10.0.0.10:53", Some("10.0.0.10")),
            ("[fd00::a]:53", Some("fd00::a")),
            ("2603:1061:f:101::10", Some("2603:1061:f:101::10")),
            ("fe80::1%eth0", Some("fe80::1")),
            ("10.0.X.X", Some("10.0.X.X")),
            ("<ip>", Some("<ip>")),
            ("mcr.example.com", None),
            ("", None),
        ] {
            assert_eq!(address(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn names_are_lower_case_without_final_dot() {
        for (text, want) in [
            ("MCR.Example.com.", Some("mcr.example.com")),
            ("<region>.dp.example.com", Some("<region>.dp.example.com")),
            ("'web'", Some("web")),
            ("-type=A", None),
            ("$name", None),
            ("two words", None),
            (".", None),
        ] {
            assert_eq!(host_name(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn search_expansions_are_told_from_service_names() {
        for (name, want) in [
            ("mcr.example.com.kube-system.svc.cluster.local", Some("mcr.example.com")),
            ("web.shop.svc.cluster.local", None),
            ("web-0.web.shop.svc.cluster.local", None),
            ("_http._tcp.web.shop.svc.cluster.local", None),
            ("mcr.example.com", None),
        ] {
            assert_eq!(expanded_from(name), want, "{name}");
        }
    }
}
