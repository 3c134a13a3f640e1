//! Where a text of objects starts and ends.
//!
//! Strict at the start: only what names an API version or a kind at its top level is ours, and only the
//! first few KiB are looked at. The end is that of the JSON value, or the last line that can belong to YAML.

use crate::context::Context;
use crate::prim::json_scan::{Step, Walk, depth_behind, skip_blanks};
use crate::prim::yaml_docs::{is_filler, is_item, is_marker, key_value};
use crate::text::Line;

use super::reader::{kind_of_path, plain};

/// How much of a text is looked at before it is taken for JSON of objects, in bytes.
const HEAD: usize = 4096;
/// How many lines of a YAML text are looked at before it is taken for one of objects.
const LOOKAHEAD: usize = 64;
/// Words that start the commands of a transcript whose prompt is `# `.
const TOOLS: &[&str] = &["kubectl", "k", "oc", "helm", "az", "crictl", "nslookup", "cat", "curl"];

/// True when the command or the place of the text tells which objects it holds.
pub(super) fn is_hinted(context: &Context<'_>) -> bool {
    context.command.is_some_and(|command| command.resource.is_some())
        || kind_of_path(&context.hint.path).is_some()
}

/// Returns the number of lines of JSON of objects that starts here. An array without versions counts when the
/// surroundings have `hinted` at objects.
pub(super) fn json(lines: &[Line<'_>], hinted: bool) -> Option<usize> {
    let mut end = 0;
    while let Some(rest) = lines.get(end..) {
        let blank = rest.iter().take_while(|line| line.trimmed().trim_matches(',').is_empty());
        let start = end + blank.count();
        let rest = lines.get(start..).unwrap_or_default();
        if !is_json_head(rest, hinted) {
            break;
        }
        end = start + json_lines(rest);
    }
    (end > 0).then_some(end)
}

/// True when the first lines are JSON that names an object or a list of objects.
fn is_json_head(lines: &[Line<'_>], hinted: bool) -> bool {
    let Some(first) = lines.first() else { return false };
    let text = first.text.trim_start_matches('\u{feff}');
    if !text.starts_with(['{', '[']) {
        return false;
    }
    if text.len() >= HEAD || (text.len() > 2 && text.trim_end().ends_with(['}', ']'])) {
        let end = text.floor_char_boundary(HEAD);
        return names_objects(text.get(..end).unwrap_or_default(), hinted);
    }
    if !opens_object(lines) {
        return false;
    }
    let mut head = String::with_capacity(HEAD + 256);
    let mut depth = 0;
    for line in lines {
        let text = line.text.get(..line.text.floor_char_boundary(HEAD)).unwrap_or_default();
        head.push_str(text);
        head.push('\n');
        match depth_behind(text, depth) {
            Some(open) if head.len() <= HEAD => depth = open,
            _ => break,
        }
    }
    names_objects(head.trim_start_matches('\u{feff}'), hinted)
}

/// True when brackets alone on their lines open an object with a key, or an array that may hold some.
fn opens_object(lines: &[Line<'_>]) -> bool {
    let mut shown = lines.iter().map(|line| line.trimmed().trim_start_matches('\u{feff}'));
    match (shown.next(), shown.next()) {
        (Some("{"), next) => next.is_some_and(|text| text.starts_with('"')),
        (Some("["), Some("{")) => shown.next().is_some_and(|text| text.starts_with('"')),
        (Some("["), next) => next.is_some_and(|text| text.starts_with(['{', ']'])),
        _ => true,
    }
}

/// True when the text, which may be cut, starts an object or a list of objects.
fn names_objects(head: &str, hinted: bool) -> bool {
    if head.starts_with('{') {
        return names_object(head, 0, hinted);
    }
    let first = skip_blanks(head, 1);
    match head.as_bytes().get(first) {
        Some(b'{') => names_object(head, first, false) || (hinted && has_metadata(head, first)),
        Some(b']') => hinted,
        _ => false,
    }
}

/// True when the object at `start` says what it is, or is a list whose items do; lists of collectors that leave
/// the kind out count when the surroundings have `hinted` at it.
fn names_object(head: &str, start: usize, hinted: bool) -> bool {
    let (mut version, mut kind, mut cut) = (false, false, false);
    for step in Walk::new(head, start).leaving_open("items") {
        match step {
            Step::Item { key: "apiVersion", value } => {
                let value = head.get(value).unwrap_or_default().trim_matches('"');
                if value.starts_with("audit.k8s.io") {
                    return false;
                }
                version = is_version(value);
            }
            Step::Item { key: "kind", .. } => kind = true,
            Step::Open { start: open } => {
                let first = skip_blanks(head, open + 1);
                let (named, told) = match head.as_bytes().get(first) {
                    Some(b'{') => (names_object(head, first, false), has_metadata(head, first)),
                    empty => (false, empty == Some(&b']')),
                };
                return version || kind || named || hinted && told;
            }
            Step::Cut { .. } => cut = true,
            Step::Item { .. } | Step::End(_) => {}
        }
    }
    version && (kind || cut)
}

fn has_metadata(head: &str, start: usize) -> bool {
    Walk::new(head, start).any(|step| {
        matches!(step, Step::Item { key: "metadata", .. } | Step::Cut { key: "metadata", .. })
    })
}

/// True for `v1`, `apps/v1`, `events.k8s.io/v1beta1`.
fn is_version(text: &str) -> bool {
    let version = text.rsplit('/').next().unwrap_or(text);
    let digits = version.strip_prefix('v').unwrap_or_default();
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/'))
}

/// Returns how many lines the JSON value takes that starts with the first one.
fn json_lines(lines: &[Line<'_>]) -> usize {
    let first =
        lines.first().map_or("", |line| line.text).trim_start_matches('\u{feff}').trim_end();
    let indented = lines.get(1).is_some_and(|line| line.indent() > 0);
    let mut depth = 0;
    for (index, line) in lines.iter().enumerate() {
        let outer = index > 0 && line.text.starts_with(|c: char| !c.is_whitespace());
        if matches!(first, "{" | "[") && indented {
            // Pretty-printed: only brackets stand in column 0, anything else interrupts a cut text.
            match line.text.as_bytes().first() {
                Some(b'}' | b']') if outer => return index + 1,
                _ if outer => return index,
                _ => continue,
            }
        }
        if outer && depth > 0 && !line.text.starts_with(['{', '}', '[', ']', '"', ',']) {
            let scalar = line.text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
                || ["true", "false", "null"].iter().any(|word| line.text.starts_with(word));
            if !scalar {
                return index;
            }
        }
        match depth_behind(line.text, depth) {
            None => return index + 1,
            Some(open) => depth = open,
        }
    }
    lines.len()
}

/// Returns the number of lines of YAML of objects that starts here.
pub(super) fn yaml(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first()?.text.trim_start_matches('\u{feff}');
    let filler = is_marker(first) || first.starts_with("# Source:") || first.starts_with("%YAML");
    let start = if filler {
        let near = lines.iter().take(LOOKAHEAD);
        let content = |line: &Line<'_>| !is_filler(line.text) && !is_marker(line.text);
        near.skip(1).position(content)? + 1
    } else {
        0
    };
    let body = lines.get(start..).unwrap_or_default();
    names_yaml(body).then(|| start + yaml_lines(body))
}

/// True when a YAML document of an object or a list starts with the first line.
fn names_yaml(lines: &[Line<'_>]) -> bool {
    let Some(first) = lines.first() else { return false };
    let text = first.text.trim_start_matches('\u{feff}');
    let own = text.strip_prefix("- ").unwrap_or(text);
    if own.starts_with([' ', '\t']) {
        return false;
    }
    match key_value(own) {
        Some(("apiVersion", value)) => plain(value).is_some_and(|value| is_version(&value)),
        Some(("kind" | "metadata" | "items" | "data" | "spec", _)) => {
            let margin = text.len() - own.len();
            lines
                .iter()
                .take(LOOKAHEAD)
                .take_while(|line| margin > 0 || !is_marker(line.text))
                .filter(|line| line.indent() == margin)
                .filter_map(|line| key_value(line.text))
                .any(|(key, value)| {
                    key == "apiVersion" && plain(value).is_some_and(|value| is_version(&value))
                })
        }
        _ => false,
    }
}

/// Returns how many lines can belong to the YAML text, without blank lines at its end.
fn yaml_lines(lines: &[Line<'_>]) -> usize {
    let mut end = 0;
    let mut open = true;
    for (index, line) in lines.iter().enumerate() {
        let text = line.text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            continue;
        }
        let belongs = match text.as_bytes().first() {
            Some(b' ' | b'\t') => true,
            _ if is_marker(text) => goes_on(lines.get(index + 1..).unwrap_or_default()),
            Some(b'#') => !is_command(text),
            Some(b'-') if is_item(text) => open,
            Some(b'}' | b']') => true,
            Some(b'{') => text.starts_with("{{"),
            _ => top_key(text, &mut open),
        };
        if !belongs {
            break;
        }
        end = index + 1;
    }
    end
}

/// True when YAML goes on behind a document marker.
fn goes_on(lines: &[Line<'_>]) -> bool {
    let next = lines.iter().take(LOOKAHEAD).find(|line| !is_filler(line.text));
    next.is_some_and(|line| {
        let mut open = false;
        is_marker(line.text) || is_item(line.text) || top_key(line.text, &mut open)
    })
}

/// True for `# kubectl …`, a command behind a root prompt and no comment.
fn is_command(text: &str) -> bool {
    let word = text.trim_start_matches('#').split_whitespace().next().unwrap_or_default();
    TOOLS.contains(&word)
}

/// True for a key as the top level of an object has it; `open` tells whether a list may follow.
fn top_key(text: &str, open: &mut bool) -> bool {
    let Some((key, value)) = key_value(text) else {
        return text.starts_with("{{");
    };
    *open = value.is_empty() || value.starts_with('#');
    let lower = key.starts_with(|c: char| c.is_ascii_lowercase()) || text.starts_with(['"', '\'']);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    lower && key.chars().all(plain) && !matches!(key, "error" | "warning" | "time" | "level")
}
