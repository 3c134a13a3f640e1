//! XML 1.0 as text: elements with attributes, and what may stand in them.

use crate::plain::visible;

/// Appends `<name key="value" …` to `out`; the caller closes it.
pub(crate) fn open(out: &mut String, name: &str, attributes: &[(&str, &str)]) {
    out.push('<');
    out.push_str(name);
    for (key, value) in attributes {
        out.push(' ');
        out.push_str(key);
        out.push_str("=\"");
        escape(out, &visible(value));
        out.push('"');
    }
}

/// Appends an element whose content is lines of text, indented by nothing, since blanks would count.
pub(crate) fn text(out: &mut String, name: &str, attributes: &[(&str, &str)], lines: &str) {
    open(out, name, attributes);
    out.push('>');
    for (index, line) in lines.lines().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        escape(out, &visible(line));
    }
    out.push_str("</");
    out.push_str(name);
    out.push_str(">\n");
}

/// Appends text without markup and without characters that XML 1.0 does not allow at all.
///
/// Control characters are visible ones by now; what is left are the two last places of the basic plane.
/// Escaping every `>` also takes care of `]]>`.
fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_replaced() {
        let mut out = String::new();
        text(&mut out, "a", &[("b", "\"\n<\u{1}")], "]]> & </a>\n\u{ffff}\u{1b}[31m");
        let expected = "<a b=\"&quot; &lt;␁\">]]&gt; &amp; &lt;/a&gt;\n\u{fffd}␛[31m</a>\n";
        assert_eq!(out, expected);
    }
}
