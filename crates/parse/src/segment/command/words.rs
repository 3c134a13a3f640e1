//! Splitting a command line into words, as a shell does.

/// A command line in words: the first command of it, and what is done with its output.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// Words of the first command, quotes removed.
    pub(super) first: Vec<String>,
    /// First words of the commands that its output is piped into (`grep`, `head`).
    pub(super) pipes: Vec<String>,
    /// True when further commands follow (`;`, `&&`, `||`).
    pub(super) more: bool,
}

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    Pipe,
    Redirect,
    Rest,
}

/// Returns `line` in words.
///
/// Quotes of both kinds group; a backslash escapes a blank, a quote or itself and is kept otherwise
/// (Windows paths). Operators count only at the start of a word, so that `<pod-guid>` stays text.
pub(super) fn split(line: &str) -> Words {
    let mut words = Words::default();
    let mut place = Place::First;
    let mut back = Place::First;
    for word in raw_words(line) {
        let operator = if word.quoted { None } else { operator(&word.text) };
        match operator {
            Some(Place::Pipe) => place = Place::Pipe,
            Some(Place::Redirect) => {
                back = if place == Place::First { Place::First } else { Place::Rest };
                place = Place::Redirect;
            }
            Some(Place::Rest) => {
                words.more = true;
                break;
            }
            Some(Place::First) => {}
            None => place = put(&mut words, place, back, word.text),
        }
    }
    words
}

/// Puts a plain word where it belongs and returns where the next one belongs.
fn put(words: &mut Words, place: Place, back: Place, word: String) -> Place {
    match place {
        Place::First => {
            // `get pods; get nodes`: the semicolon may hang on the word.
            if let Some(head) = word.strip_suffix(';') {
                words.more = true;
                words.first.push(head.to_owned());
                return Place::Rest;
            }
            words.first.push(word);
            Place::First
        }
        Place::Pipe => {
            words.pipes.push(word);
            Place::Rest
        }
        Place::Redirect => back,
        Place::Rest => Place::Rest,
    }
}

/// Returns what an operator word starts; [`Place::First`] for one without effect (`2>&1`).
fn operator(word: &str) -> Option<Place> {
    match word {
        "|" | "|&" => Some(Place::Pipe),
        ";" | "&&" | "||" | "&" => Some(Place::Rest),
        "2>&1" | ">&2" | "1>&2" | "2>/dev/null" | "2>$null" | "*>&1" => Some(Place::First),
        ">" | ">>" | "2>" | "2>>" | "&>" | "1>" | "<" | "*>" => Some(Place::Redirect),
        _ => word.starts_with('>').then_some(Place::First),
    }
}

struct RawWord {
    text: String,
    quoted: bool,
}

fn raw_words(line: &str) -> Vec<RawWord> {
    let mut words = Vec::new();
    let mut text = String::new();
    let mut quoted = false;
    let mut quote = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                quoted = true;
            }
            (None | Some('"'), '\\') => {
                let next = chars.next_if(|next| matches!(next, ' ' | '"' | '\'' | '\\'));
                text.push(next.unwrap_or('\\'));
            }
            (None, _) if c.is_whitespace() => {
                if quoted || !text.is_empty() {
                    words.push(RawWord { text: std::mem::take(&mut text), quoted });
                }
                quoted = false;
            }
            _ => text.push(c),
        }
    }
    if quoted || !text.is_empty() {
        words.push(RawWord { text, quoted });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn words_are_split_as_a_shell_does() {
        for (line, first, pipes, more) in [
            ("kubectl get pods", &["kubectl", "get", "pods"][..], &[][..], false),
            ("k get po -l 'a=b c' | grep x", &["k", "get", "po", "-l", "a=b c"], &["grep"], false),
            ("k logs x-<pod-guid> > out.txt", &["k", "logs", "x-<pod-guid>"], &[], false),
            ("k get po >out.txt 2>&1", &["k", "get", "po"], &[], false),
            ("k get po; k get no", &["k", "get", "po"], &[], true),
            ("k get po && k get no", &["k", "get", "po"], &[], true),
            (
                r#"k get po -o jsonpath="{.a \" b}""#,
                &["k", "get", "po", "-o", r#"jsonpath={.a " b}"#],
                &[],
                false,
            ),
            (r"C:\bin\kubectl.exe get po", &[r"C:\bin\kubectl.exe", "get", "po"], &[], false),
            (
                "k get po 2> err.txt -A | head -3 | tail -1",
                &["k", "get", "po", "-A"],
                &["head", "tail"],
                false,
            ),
        ] {
            let words = split(line);
            assert_eq!(words.first, first, "{line}");
            assert_eq!(words.pipes, pipes, "{line}");
            assert_eq!(words.more, more, "{line}");
        }
    }
}
