//! Hosts: labels that name a customer are replaced one by one, so that a zone stays the zone of its hosts.

use std::sync::LazyLock;

use regex::Regex;

use crate::known::{self, RENTED};
use crate::names::{Kind, Names};

/// Dotted words; whether one is a host is decided label by label.
pub(crate) static DOTTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let label = "[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?";
    Regex::new(&format!(r"(?-u){label}(?:\.{label})+")).ok()
});

/// Returns the stand-in of a host, `None` for a dotted word that stays. Labels are learned on the way.
pub(crate) fn stand_in(host: &str, names: &mut Names) -> Option<String> {
    let lower = host.to_lowercase();
    let labels: Vec<&str> = lower.split('.').collect();
    match with_search_domain(&labels) {
        Some(inner) => searched(&labels, inner, names),
        None => stand_in_of(&lower, names),
    }
}

/// Returns the stand-in of a host without a search domain, in small letters.
fn stand_in_of(lower: &str, names: &mut Names) -> Option<String> {
    let labels: Vec<&str> = lower.split('.').collect();
    let top = labels.last()?;
    if !known::is_top_level(top) || labels.iter().any(|label| label.is_empty()) {
        return None;
    }
    if let Some(rented) = RENTED.iter().find(|domain| known::is_below(lower, domain)) {
        return below_platform(lower, rented, names);
    }
    if known::is_below(lower, "cluster.local") || labels.last() == Some(&"svc") {
        return in_cluster(&labels, names);
    }
    if known::is_known_host(lower) {
        return None;
    }
    // Two labels are the domain of somebody, those before it are hosts and zones.
    let (before, domain) = labels.split_at(labels.len().saturating_sub(2));
    let domain = domain.first()?;
    let domain = names.learn(domain, Kind::Other).unwrap_or_else(|| (*domain).to_owned());
    let mut parts: Vec<String> = before.iter().map(|label| part(label, names)).collect();
    parts.push(domain);
    parts.push("example".to_owned());
    Some(parts.join("."))
}

/// Returns the number of labels of the name in front of a search domain (`mcr.microsoft.com.fabrikam.local`).
fn with_search_domain(labels: &[&str]) -> Option<usize> {
    let inner = labels.get(..labels.len().checked_sub(2)?)?;
    let top = inner.iter().position(|label| matches!(*label, "com" | "net" | "org" | "io"))?;
    (top > 0).then_some(top + 1)
}

/// A name with a search domain behind it: both parts have stand-ins of their own.
fn searched(labels: &[&str], inner: usize, names: &mut Names) -> Option<String> {
    let (name, domain) = labels.split_at(inner);
    let (name, domain) = (name.join("."), domain.join("."));
    let parts = (stand_in_of(&name, names), stand_in_of(&domain, names));
    if parts == (None, None) {
        return None;
    }
    Some(format!("{}.{}", parts.0.unwrap_or(name), parts.1.unwrap_or(domain)))
}

/// A name below a domain of the platform: the first label is somebody's, the rest is region and service.
fn below_platform(host: &str, domain: &str, names: &mut Names) -> Option<String> {
    let rest = host.strip_suffix(domain)?.strip_suffix('.')?;
    let kind = if domain.starts_with("azurecr") { Kind::Registry } else { Kind::Cluster };
    let mut labels = rest.split('.');
    let first = labels.next()?;
    // `name-dns-1a2b3c4d.hcp.region.azmk8s.io`: what AKS appends says nothing.
    let (own, appended) = match first.split_once("-dns-") {
        Some((own, rest)) => (own, format!("-dns-{rest}")),
        None => (first, String::new()),
    };
    let stand_in = match own {
        "privatelink" => return None,
        own => names.learn(own, kind).unwrap_or_else(|| own.to_owned()),
    };
    let mut parts = vec![format!("{stand_in}{appended}")];
    parts.extend(labels.map(str::to_owned));
    parts.push(domain.to_owned());
    Some(parts.join("."))
}

/// `service.namespace.svc.cluster.local` and longer ones: services of the platform stay.
fn in_cluster(labels: &[&str], names: &mut Names) -> Option<String> {
    let svc = labels.iter().position(|label| matches!(*label, "svc" | "pod"))?;
    let (before, behind) = labels.split_at(svc);
    let (namespace, objects) = before.split_last()?;
    if known::is_system(namespace) {
        return None;
    }
    let mut parts: Vec<String> = objects.iter().map(|label| part(label, names)).collect();
    parts.push(names.learn(namespace, Kind::Namespace).unwrap_or_else(|| (*namespace).to_owned()));
    parts.extend(behind.iter().map(|label| (*label).to_owned()));
    Some(parts.join("."))
}

/// Returns the stand-in of one label; services and regions of the platform stay by being known words.
fn part(label: &str, names: &mut Names) -> String {
    let stays = matches!(
        label,
        "www" | "api" | "privatelink" | "svc" | "_tcp" | "_udp" | "_http" | "_https"
    );
    if stays || label.len() < 3 {
        return label.to_owned();
    }
    names.learn(label, Kind::Label).unwrap_or_else(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platform_stays_and_customers_go() {
        let mut names = Names::default();
        let mut of = |host: &str| stand_in(host, &mut names);
        assert_eq!(of("fabrikam.azurecr.io").as_deref(), Some("registry1.azurecr.io"));
        let data = "fabrikam.westeurope.data.azurecr.io";
        assert_eq!(of(data).as_deref(), Some("registry1.westeurope.data.azurecr.io"));
        assert_eq!(
            of("fabrikam.privatelink.azurecr.io").as_deref(),
            Some("registry1.privatelink.azurecr.io")
        );
        let api = "prod-dns-1a2b3c4d.hcp.westeurope.azmk8s.io";
        assert_eq!(of(api).as_deref(), Some("cluster1-dns-1a2b3c4d.hcp.westeurope.azmk8s.io"));
        assert_eq!(of("shop.fabrikam.de").as_deref(), Some("host1.registry1.example"));
        assert_eq!(of("Fabrikam.de").as_deref(), Some("registry1.example"));
        assert_eq!(
            of("carts.shop.svc.cluster.local").as_deref(),
            Some("host2.host1.svc.cluster.local")
        );
        let searched = "mcr.microsoft.com.fabrikam.de";
        assert_eq!(of(searched).as_deref(), Some("mcr.microsoft.com.registry1.example"));
        for stays in [
            "westeurope.dp.kubernetesconfiguration.azure.com.kube-system.svc.cluster.local",
            "mcr.microsoft.com",
            "westeurope.dp.kubernetesconfiguration.azure.com",
            "server.go",
            "v1.2.3",
            "kube-dns.kube-system.svc.cluster.local",
            "privatelink.azurecr.io",
            "metrics.k8s.io",
            "values.yaml",
        ] {
            assert_eq!(of(stays), None, "{stays}");
        }
    }
}
