//! A line under work: what is still as captured, and what was decided already.

use std::ops::Range;

/// A piece of a line.
#[derive(Debug)]
pub(crate) enum Segment<'l> {
    /// As captured, still to be looked at.
    Raw(&'l str),
    /// Decided: what it was, and what stands for it.
    Done(&'l str, String),
}

/// A line in pieces.
#[derive(Debug)]
pub(crate) struct Line<'l>(Vec<Segment<'l>>);

impl<'l> Line<'l> {
    /// Begins with a line that nobody has looked at.
    pub(crate) fn new(line: &'l str) -> Self {
        Self(vec![Segment::Raw(line)])
    }

    /// Decides the places that `find` returns for each raw piece: in ascending order, without overlap.
    pub(crate) fn decide(&mut self, mut find: impl FnMut(&'l str) -> Vec<(Range<usize>, String)>) {
        let mut pieces = Vec::with_capacity(self.0.len());
        for piece in std::mem::take(&mut self.0) {
            match piece {
                Segment::Raw(text) => cut(text, find(text), &mut pieces),
                done @ Segment::Done(..) => pieces.push(done),
            }
        }
        self.0 = pieces;
    }

    /// Writes the line; runs of blanks behind a replaced word give or take what keeps the columns.
    pub(crate) fn write(&self, out: &mut String) {
        let mut over: isize = 0;
        let begin = out.len();
        for (index, piece) in self.0.iter().enumerate() {
            match piece {
                Segment::Done(was, is) => {
                    out.push_str(is);
                    over += signed(is.chars().count()) - signed(was.chars().count());
                }
                Segment::Raw(text) if over == 0 => out.push_str(text),
                Segment::Raw(text) => {
                    let ends = (out.len() == begin, index + 1 == self.0.len());
                    over = spaced(text, over, ends, out);
                }
            }
        }
    }
}

fn cut<'l>(text: &'l str, found: Vec<(Range<usize>, String)>, pieces: &mut Vec<Segment<'l>>) {
    let mut from = 0;
    for (range, stand_in) in found {
        let (Some(before), Some(was)) = (text.get(from..range.start), text.get(range.clone()))
        else {
            continue;
        };
        if !before.is_empty() {
            pieces.push(Segment::Raw(before));
        }
        pieces.push(Segment::Done(was, stand_in));
        from = range.end;
    }
    if let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        pieces.push(Segment::Raw(rest));
    }
}

fn signed(count: usize) -> isize {
    isize::try_from(count).unwrap_or(isize::MAX)
}

/// Copies text and lets its runs of two and more blanks make up for what words grew or shrank by.
///
/// `ends` tells whether the text begins the line, and whether it ends it: blanks there are no columns.
fn spaced(
    text: &str,
    mut over: isize,
    (at_start, at_end): (bool, bool),
    out: &mut String,
) -> isize {
    let mut rest = text;
    let mut may = !at_start;
    while let Some(start) = rest.find("  ") {
        let (words, blanks) = rest.split_at(start);
        let end = blanks.find(|c| c != ' ').unwrap_or(blanks.len());
        let (blanks, behind) = blanks.split_at(end);
        out.push_str(words);
        may |= !words.is_empty();
        let wanted = if may && !(at_end && behind.is_empty()) {
            (signed(blanks.len()) - over).max(2)
        } else {
            signed(blanks.len())
        };
        over += wanted - signed(blanks.len());
        out.extend(std::iter::repeat_n(' ', usize::try_from(wanted).unwrap_or(2)));
        rest = behind;
        may = true;
    }
    out.push_str(rest);
    over
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(line: &str, from: &str, to: &str) -> String {
        let mut pieces = Line::new(line);
        pieces.decide(|text| {
            text.match_indices(from).map(|(at, was)| (at..at + was.len(), to.to_owned())).collect()
        });
        let mut out = String::new();
        pieces.write(&mut out);
        out
    }

    #[test]
    fn columns_stay_where_they_were() {
        assert_eq!(
            replaced("payments   1/1   Running", "payments", "app1"),
            "app1       1/1   Running"
        );
        assert_eq!(replaced("web   1/1   Running", "web", "app123"), "app123  1/1  Running");
        assert_eq!(replaced("web   1/1   Running", "web", "app12"), "app12  1/1  Running");
        assert_eq!(replaced("payments   payments", "payments", "app1"), "app1       app1");
        assert_eq!(replaced("  name: web", "web", "app1"), "  name: app1");
        assert_eq!(replaced("a web b", "web", "app1"), "a app1 b");
    }
}
