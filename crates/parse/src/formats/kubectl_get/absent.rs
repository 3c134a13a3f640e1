//! Lines that say that a list is empty.

/// What an empty list says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Absent<'t> {
    /// True for `No events found`.
    pub(super) events: bool,
    /// The namespace, `None` for all of them or none.
    pub(super) namespace: Option<&'t str>,
}

/// `No resources found[ in X namespace].`, `No events found[ in X namespace].`
pub(super) fn read(text: &str) -> Option<Absent<'_>> {
    let text = text.trim();
    let (events, rest) = match text.strip_prefix("No resources found") {
        Some(rest) => (false, rest),
        None => (true, text.strip_prefix("No events found")?),
    };
    let rest = rest.strip_suffix('.').unwrap_or(rest);
    if rest.is_empty() {
        return Some(Absent { events, namespace: None });
    }
    let namespace = rest.strip_prefix(" in ")?.strip_suffix(" namespace")?;
    (!namespace.contains(' ')).then_some(Absent { events, namespace: Some(namespace) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lists_tell_their_namespace() {
        let namespace = |text| read(text).map(|absent| absent.namespace.unwrap_or("*"));
        assert_eq!(namespace("No resources found in demo namespace."), Some("demo"));
        assert_eq!(namespace("No resources found"), Some("*"));
        assert_eq!(namespace("No events found."), Some("*"));
        assert_eq!(namespace("No resources found matching your search"), None);
    }
}
