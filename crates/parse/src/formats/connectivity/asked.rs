//! What a command wanted to reach.

use crate::context::Context;

/// An endpoint, as a command names it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) url: Option<String>,
    pub(super) host: String,
    pub(super) port: Option<i64>,
}

/// Returns the endpoint of the command above the section, run here or inside a pod.
pub(super) fn target(context: &Context<'_>) -> Option<Target> {
    let command = context.command?;
    let words: Vec<&str> = if command.inner.is_empty() {
        command.line.split_whitespace().collect()
    } else {
        command.inner.iter().flat_map(|word| word.split_whitespace()).collect()
    };
    of_words(&words)
}

/// target = url | "-connect" host ":" port | ("nc" | "telnet") flags host port
fn of_words(words: &[&str]) -> Option<Target> {
    let plain = |word: &str| word.trim_matches(['\'', '"', ';']).to_owned();
    let position = words.iter().position(|word| {
        let base = word.rsplit('/').next().unwrap_or(word);
        matches!(base, "curl" | "wget" | "openssl" | "nc" | "ncat" | "netcat" | "telnet")
    })?;
    let (tool, arguments) = words.get(position..)?.split_first()?;
    if let Some(url) = arguments.iter().map(|word| plain(word)).find(|word| word.contains("://")) {
        return of_url(&url);
    }
    if tool.ends_with("openssl") {
        let at = arguments.iter().position(|word| word.trim_start_matches('-') == "connect")?;
        return of_pair(&plain(arguments.get(at + 1)?));
    }
    let mut names = arguments.iter().map(|word| plain(word)).filter(|word| !word.starts_with('-'));
    if tool.ends_with("curl") || tool.ends_with("wget") {
        let name = names.find(|word| word.contains('.'))?;
        let (host, _) = name.split_once('/').unwrap_or((&name, ""));
        return of_pair(host);
    }
    let names: Vec<String> = names.collect();
    let at = names.iter().rposition(|word| word.parse::<u16>().is_ok())?;
    let host = at.checked_sub(1).and_then(|at| names.get(at))?;
    let port = names.get(at)?.parse().ok();
    Some(Target { url: None, host: host.to_lowercase(), port })
}

fn of_url(url: &str) -> Option<Target> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let port = match scheme {
        "https" => Some(443),
        "http" => Some(80),
        _ => None,
    };
    let target = of_pair(host)?;
    Some(Target { port: target.port.or(port), url: Some(url.to_owned()), ..target })
}

/// pair = host (":" port)?
fn of_pair(text: &str) -> Option<Target> {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()),
        None => (text, None),
    };
    (!host.is_empty()).then(|| Target { url: None, host: host.to_lowercase(), port })
}

#[cfg(test)]
mod tests {
    use super::of_words;

    #[test]
    fn commands_name_their_target() {
        for (line, host, port) in [
            ("curl -v https://Contoso.azurecr.io/v2/", "contoso.azurecr.io", Some(443)),
            ("curl -sS contoso.azurecr.io:8443/v2/ -o x", "contoso.azurecr.io", Some(8443)),
            ("wget -qO- http://web.shop", "web.shop", Some(80)),
            ("nc -zv -w 5 mcr.contoso.com 443", "mcr.contoso.com", Some(443)),
            (
                "openssl s_client -connect a.contoso.com:443 -servername a",
                "a.contoso.com",
                Some(443),
            ),
            ("telnet 10.0.0.1 10250", "10.0.0.1", Some(10250)),
        ] {
            let words: Vec<&str> = line.split(' ').collect();
            let got = of_words(&words).map(|target| (target.host, target.port));
            assert_eq!(got, Some((host.to_owned(), port)), "{line}");
        }
        assert_eq!(of_words(&["nslookup", "contoso.com"]), None);
    }
}
