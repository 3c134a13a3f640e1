//! Tables of kubectl between bars, as people write them into a markdown page.
//!
//! ```text
//! | NAME  | READY | STATUS           | RESTARTS | AGE |
//! |-------|-------|------------------|----------|-----|
//! | web-1 | 0/1   | CrashLoopBackOff | 12       | 41m |
//! ```
//!
//! A tab is put in place of each bar; the ruler goes. Tables with other headings are the author's own.

use super::Unfolded;
use crate::formats::kubectl_get;
use crate::text::Line;

/// Finds the lines of such tables.
pub(super) fn unfold(lines: &[Line<'_>]) -> Unfolded {
    let mut found = Unfolded::new();
    let mut at = 0;
    while let Some(rest) = lines.get(at..).filter(|rest| !rest.is_empty()) {
        let rows =
            if is_table(rest) { rest.iter().map_while(|line| row(line.text)).count() } else { 0 };
        let texts = rest.iter().take(rows).filter_map(|line| row(line.text)).enumerate();
        found.extend(
            texts.map(|(index, text)| {
                (at + index, if index == 1 { Vec::new() } else { vec![text] })
            }),
        );
        at += rows.max(1);
    }
    found
}

/// True for a heading of kubectl above a ruler.
fn is_table(lines: &[Line<'_>]) -> bool {
    let [head, ruler, ..] = lines else { return false };
    let drawn = ruler.trimmed().bytes().all(|byte| b"|-: +".contains(&byte));
    drawn
        && ruler.text.contains("--")
        && row(head.text).is_some_and(|head| kubectl_get::is_header(&head))
}

/// Returns the cells of a row with tabs between them.
fn row(text: &str) -> Option<String> {
    let text = text.trim();
    let inside = text.strip_prefix('|')?;
    let inside = inside.strip_suffix('|').unwrap_or(inside);
    let cells: Vec<&str> = inside.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
    (cells.len() > 2).then(|| cells.join("\t"))
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn tables_of_kubectl_lose_their_bars() {
        let table = "| NAME | READY | STATUS |\n|---|---|---|\n| web-1 | 0/1 | `Error` |\ntext";
        assert_eq!(read(table), ["1 NAME\tREADY\tSTATUS", "3 web-1\t0/1\tError", "4 text"]);
        let own = "| Status | Meaning | Fix |\n|---|---|---|\n| OOMKilled | memory | more |";
        assert_eq!(read(own).len(), 3);
        assert!(read(own).iter().all(|line| line.contains('|')));
    }
}
