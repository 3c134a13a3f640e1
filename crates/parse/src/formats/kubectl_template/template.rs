//! The two languages of templates, as far as they print fields one behind the other.

/// The list of conditions.
pub(super) const CONDITIONS: &str = "status.conditions";

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text that is printed as it is.
    Text(String),
    /// The field that is printed, without the brackets of lists; the condition that a filter asks for is in its path
    /// (`status.conditions.Ready.status`).
    Path(String),
}

/// Returns the pieces of a template; `None` for one that decides, counts, or prints two fields without a text between.
pub(super) fn pieces(template: &str) -> Option<Vec<Piece>> {
    let go = template.contains("{{");
    let (open, close) = if go { ("{{", "}}") } else { ("{", "}") };
    let mut pieces: Vec<Piece> = Vec::new();
    let mut ranges: Vec<(String, usize)> = Vec::new();
    let mut rest = template.trim_matches(['\'', '"']);
    while !rest.is_empty() {
        let (text, behind) = rest.split_once(open).unwrap_or((rest, ""));
        push_text(&mut pieces, text);
        if behind.is_empty() {
            break;
        }
        let end = end_of(behind, close)?;
        let (action, tail) = behind.split_at_checked(end)?;
        act(action.trim().trim_matches('-').trim(), &mut pieces, &mut ranges)?;
        rest = tail.get(close.len()..)?;
    }
    let apart = pieces.windows(2).all(|pair| !matches!(pair, [Piece::Path(_), Piece::Path(_)]));
    (apart && !pieces.is_empty()).then_some(pieces)
}

/// Returns where an action ends; a quoted text in it can hold its end.
fn end_of(text: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    text.char_indices().find_map(|(at, c)| {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => return text.get(at..)?.starts_with(close).then_some(at),
        }
        None
    })
}

fn act(action: &str, pieces: &mut Vec<Piece>, ranges: &mut Vec<(String, usize)>) -> Option<()> {
    if let Some(list) = action.strip_prefix("range ") {
        let list = list.rsplit(":=").next().unwrap_or(list);
        ranges.push((path(list.trim(), ranges)?, pieces.len()));
        return Some(());
    }
    if action == "end" {
        let (list, from) = ranges.pop()?;
        // All conditions of an object stand on one line, one behind the other.
        if list == CONDITIONS && from > 0 {
            pieces.truncate(from);
            pieces.push(Piece::Path(list));
        }
        return Some(());
    }
    if action.starts_with(['"', '\'']) {
        push_text(pieces, action.trim_matches(['"', '\'']));
        return Some(());
    }
    pieces.push(Piece::Path(path(action, ranges)?));
    Some(())
}

/// Adds a text; the end of a line is no part of it.
fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    let text = text.replace("\\t", "\t").replace("\\n", "");
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(&text),
        _ => pieces.push(Piece::Text(text)),
    }
}

/// Returns a path from the object on: without `@`, the list of objects and the brackets of other lists.
pub(super) fn path(text: &str, ranges: &[(String, usize)]) -> Option<String> {
    let text = text.trim_start_matches(['@', '$']);
    if !text.starts_with('.') {
        return None;
    }
    let mut plain = ranges.last().map(|(list, _)| list.clone()).unwrap_or_default();
    let mut rest = text;
    while let Some((before, filter)) = rest.split_once('[') {
        join(&mut plain, before);
        let (filter, behind) = filter.split_once(']')?;
        if let Some((_, word)) = filter.split_once("==") {
            join(&mut plain, word.trim_matches([' ', '"', '\'', '\\', ')']));
        }
        rest = behind;
    }
    join(&mut plain, rest);
    plain.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-/".contains(&b)).then_some(plain)
}

fn join(plain: &mut String, part: &str) {
    for word in part.split('.').filter(|word| !word.is_empty()) {
        if plain.is_empty() && word == "items" {
            continue;
        }
        if !plain.is_empty() {
            plain.push('.');
        }
        plain.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(template: &str) -> Option<String> {
        let pieces = pieces(template)?;
        Some(pieces.iter().fold(String::new(), |text, piece| match piece {
            Piece::Text(own) => format!("{text}{own:?}"),
            Piece::Path(path) => format!("{text}<{path}>"),
        }))
    }

    #[test]
    fn both_languages_say_the_same() {
        for (template, want) in [
            (
                r#"{range .items[*]}{@.metadata.name}{"\t"}{.status.phase}{"\n"}{end}"#,
                Some(r#"<metadata.name>"\t"<status.phase>"#),
            ),
            (
                r#"{{range .items}}{{.metadata.name}} {{.status.phase}}{{"\n"}}{{end}}"#,
                Some(r#"<metadata.name>" "<status.phase>"#),
            ),
            (
                r#"{.status.conditions[?(@.type=="PodScheduled")].message}"#,
                Some("<status.conditions.PodScheduled.message>"),
            ),
            (
                r#"{range .status.containerStatuses[*]}{.name}={.ready}{"\n"}{end}"#,
                Some(r#"<status.containerStatuses.name>"="<status.containerStatuses.ready>"#),
            ),
            (
                r#"{range .items[*]}{.metadata.name}:{range .status.conditions[*]}{.type}={.status};{end}{"\n"}{end}"#,
                Some(r#"<metadata.name>":"<status.conditions>"#),
            ),
            ("{.items[0].metadata.name}", Some("<metadata.name>")),
            ("{{if .a}}{{.b}}{{end}}", None),
            ("{.a}{.b}", None),
            ("{.a", None),
        ] {
            assert_eq!(shown(template).as_deref(), want, "{template}");
        }
    }
}
