//! Small texts inside events: who reported them, and the field path that names a container.

/// Splits `kubelet, node-1` (clients before 1.20) and `{kubelet node-1}` (before 1.9) into component and
/// host; a component alone has no host.
pub(crate) fn reporter(text: &str) -> (Option<String>, Option<String>) {
    let text = text.trim();
    let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    inner.map_or_else(|| split(text, &[',']), reporter_inside)
}

/// Splits what stands between the braces of `{kubelet node-1}` into component and host.
pub(crate) fn reporter_inside(text: &str) -> (Option<String>, Option<String>) {
    split(text, &[',', ' '])
}

fn split(text: &str, signs: &[char]) -> (Option<String>, Option<String>) {
    let (source, host) = text.split_once(signs).unwrap_or((text, ""));
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    (some(source), some(host))
}

/// `spec.containers{web}` gives `web`, also of init and ephemeral containers.
pub(crate) fn container(path: &str) -> Option<&str> {
    let (path, name) = path.split_once('{')?;
    let name = name.strip_suffix('}')?;
    let known =
        matches!(path, "spec.containers" | "spec.initContainers" | "spec.ephemeralContainers");
    known.then_some(name)
}

/// Cuts the field path off a message, as clients since 1.35 print it; gives the container it names.
pub(crate) fn field_path(message: &str) -> (Option<&str>, &str) {
    let cut = message.split_once("}: ").and_then(|(path, rest)| {
        let end = path.len() + 1;
        message.get(..end).and_then(container).map(|name| (Some(name), rest))
    });
    cut.unwrap_or((None, message))
}

/// Returns namespace and name of the pod that a kubelet's message carries in its own form, `web-1_shop(uid)`:
/// `Back-off restarting failed container web in pod web-1_shop(0b1c)`.
pub(crate) fn pod_inside(message: &str) -> Option<(&str, &str)> {
    let places = ["in pod ", "pod=", "(pod: \"", "failed to set up pod \"", "volumes for pod \""];
    let rest = places.iter().find_map(|place| message.split_once(place))?.1;
    let rest = rest.trim_start_matches(['"', '\\']);
    let (name, rest) = rest.split_once('_')?;
    let end = rest.find(['(', '"', '\\', ' ']).unwrap_or(rest.len());
    let namespace = rest.get(..end)?;
    let plain = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b))
    };
    (plain(name) && plain(namespace)).then_some((namespace, name))
}

/// Returns namespace and name of the service for which a cloud controller fails: `Failed to ensure load balancer for
/// service shop/web: …`.
pub(crate) fn service_inside(message: &str) -> Option<(&str, &str)> {
    let (_, rest) = message
        .split_once(" load balancer for service ")
        .or_else(|| message.split_once(" LB for service "))?;
    let (namespace, rest) = rest.split_once('/')?;
    let named = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    let name = rest.split(|c: char| !named(c)).next().filter(|name| !name.is_empty())?;
    (!namespace.is_empty() && namespace.chars().all(named)).then_some((namespace, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kubelets_name_pods_inside_of_messages() {
        for (message, want) in [
            (
                "Back-off restarting failed container web in pod web-1_shop(0b1c)",
                Some(("shop", "web-1")),
            ),
            (
                "back-off 5m0s restarting failed container=web pod=web-1_shop(0b1c)",
                Some(("shop", "web-1")),
            ),
            ("x (pod: \"web-1_shop(0b1c)\", container: web)", Some(("shop", "web-1"))),
            (
                "networkPlugin cni failed to set up pod \"web-1_shop\" network: x",
                Some(("shop", "web-1")),
            ),
            ("in pod web-1", None),
            ("pod=A_b", None),
        ] {
            assert_eq!(pod_inside(message), want, "{message}");
        }
    }

    #[test]
    fn reporters_split_at_comma_or_blank() {
        let split = |text| {
            let (source, host) = reporter(text);
            (source.unwrap_or_default(), host.unwrap_or_default())
        };
        assert_eq!(split("kubelet, node-1"), ("kubelet".to_owned(), "node-1".to_owned()));
        assert_eq!(split("{kubelet node-1}"), ("kubelet".to_owned(), "node-1".to_owned()));
        assert_eq!(split("my controller"), ("my controller".to_owned(), String::new()));
        assert_eq!(split("default-scheduler"), ("default-scheduler".to_owned(), String::new()));
    }

    #[test]
    fn field_paths_name_containers() {
        assert_eq!(field_path("spec.containers{web}: Pulling"), (Some("web"), "Pulling"));
        assert_eq!(field_path("spec.initContainers{a}: b: c"), (Some("a"), "b: c"));
        assert_eq!(field_path("taint {key: x}: y"), (None, "taint {key: x}: y"));
    }
}
