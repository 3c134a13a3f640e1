//! Which commands show all that another one shows.

/// Long options and the short ones that mean the same.
const SHORT: &[(&str, &str)] = &[
    ("--namespace", "-n"),
    ("--all-namespaces", "-A"),
    ("--output", "-o"),
    ("--selector", "-l"),
    ("--resource-group", "-g"),
    ("--name", "-n"),
    ("--cluster-name", "-c"),
    ("--cluster-type", "-t"),
];

/// Returns the words of a command in one spelling, so that two ways to write it are equal.
pub(super) fn spelled(words: &[String]) -> Vec<String> {
    let own = words.iter().position(|word| word == "--").unwrap_or(words.len());
    let mut all = Vec::with_capacity(words.len());
    for (index, word) in words.iter().enumerate() {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) if word.starts_with("--") => (name, Some(value)),
            _ => (word.as_str(), None),
        };
        match SHORT.iter().find(|(long, _)| *long == name && index < own) {
            Some((_, short)) => {
                all.push((*short).to_owned());
                all.extend(value.map(str::to_owned));
            }
            None => all.push(word.clone()),
        }
    }
    all
}

/// The namespaces of a list.
#[derive(Debug, PartialEq, Eq)]
enum From {
    /// The one that happens to be set.
    Here,
    One(String),
    All,
}

/// What `kubectl get` lists, from where, and how much of it.
#[derive(Debug, PartialEq, Eq)]
struct Listing {
    rest: Vec<String>,
    from: From,
    detail: u8,
}

impl Listing {
    fn of(words: &[String]) -> Option<Self> {
        let mut listing = Self { rest: Vec::new(), from: From::Here, detail: 0 };
        let mut words = spelled(words).into_iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--" => return None,
                "-A" => listing.from = From::All,
                "-n" => listing.from = From::One(words.next()?),
                "-o" => listing.detail = detail(&words.next()?)?,
                _ => listing.rest.push(word),
            }
        }
        let get = listing.rest.starts_with(&["kubectl".to_owned(), "get".to_owned()]);
        get.then_some(listing)
    }
}

/// Objects tell more than tables, and wide tables more than narrow ones; other forms tell something else.
fn detail(form: &str) -> Option<u8> {
    match form {
        "wide" => Some(1),
        "json" | "yaml" => Some(2),
        _ => None,
    }
}

/// True when `wide` shows all that `narrow` shows, and more.
pub(super) fn covers(wide: &[String], narrow: &[String]) -> bool {
    let (Some(wide), Some(narrow)) = (Listing::of(wide), Listing::of(narrow)) else { return false };
    let everywhere = wide.from == From::All && matches!(narrow.from, From::One(_));
    wide.rest == narrow.rest
        && (wide.from == narrow.from || everywhere)
        && wide.detail >= narrow.detail
        && (everywhere || wide.detail > narrow.detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn the_wider_list_covers_the_narrower() {
        let covered = |wide: &str, narrow: &str| covers(&words(wide), &words(narrow));
        assert!(covered("kubectl get pods -A -o json", "kubectl get pods -n shop -o json"));
        assert!(covered("kubectl get pods -A -o json", "kubectl get pods --namespace=shop"));
        assert!(covered("kubectl get pods -A -o yaml", "kubectl get pods -A -o wide"));
        for (wide, narrow) in [
            ("kubectl get pods -A", "kubectl get pods -n shop -o json"),
            ("kubectl get pods -n shop", "kubectl get pods -n shop"),
            ("kubectl get pods -A", "kubectl get pods"),
            ("kubectl get pods -A -o name", "kubectl get pods -n shop"),
            ("kubectl get pods -A -o json", "kubectl get pods -A -o yaml"),
            ("kubectl exec web -- get -A", "kubectl exec web -- get -n a"),
            ("kubectl describe pods -A", "kubectl describe pods -n shop"),
        ] {
            assert!(!covered(wide, narrow), "{wide} / {narrow}");
        }
    }

    #[test]
    fn one_command_has_one_spelling() {
        let same = |a: &str, b: &str| spelled(&words(a)) == spelled(&words(b));
        assert!(same("az aks show --resource-group a --name=b", "az aks show -g a -n b"));
        assert!(!same("az aks show -g a -n b", "az aks show -g a -n c"));
        assert!(!same("kubectl exec web -- x --name b", "kubectl exec web -- x -n b"));
    }
}
