//! A page being written: lines, headings and labeled sections in one look.

use std::collections::HashSet;
use std::io;

use super::look::{Look, Tone};
use super::{Detail, TextOptions};
use crate::plain::{visible, wrap};

/// Column at which the text of a labeled section begins; the longest label is `explains: `.
pub(crate) const SECTION: usize = 10;

/// Where a report is written to, and how.
pub(crate) struct Page<'a> {
    /// The drawing kit.
    pub(crate) look: Look,
    /// How much is told.
    pub(crate) detail: Detail,
    /// Excerpts per finding.
    pub(crate) snippets: usize,
    /// Ids of findings that the baseline knows.
    pub(crate) known: HashSet<String>,
    unicode: bool,
    out: &'a mut dyn io::Write,
}

impl<'a> Page<'a> {
    /// Begins a page.
    pub(crate) fn new(options: &TextOptions, out: &'a mut dyn io::Write) -> Self {
        let snippets =
            if options.detail == Detail::Verbose { usize::MAX } else { options.snippets.max(1) };
        Self {
            look: Look::new(options),
            detail: options.detail,
            snippets,
            known: HashSet::new(),
            unicode: options.unicode,
            out,
        }
    }

    /// Returns how many of `number` things to show where `usual` are enough for most; all when verbose.
    pub(crate) fn most(&self, number: usize, usual: usize) -> usize {
        if self.detail == Detail::Verbose { number } else { number.min(usual) }
    }

    /// Writes text that is already laid out and painted.
    pub(crate) fn raw(&mut self, text: &str) -> io::Result<()> {
        if self.unicode {
            return self.out.write_all(text.as_bytes());
        }
        self.out.write_all(text.replace('…', "~").replace('×', "x").as_bytes())
    }

    /// Writes one laid-out line, without blanks at its end.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        self.raw(text.trim_end())?;
        self.raw("\n")
    }

    /// Writes an empty line.
    pub(crate) fn gap(&mut self) -> io::Result<()> {
        self.raw("\n")
    }

    /// Writes the heading of a part, with an empty line before it.
    pub(crate) fn heading(&mut self, text: &str) -> io::Result<()> {
        self.gap()?;
        let text = self.look.paint(Tone::Strong, text);
        self.line(&text)
    }

    /// Writes `text` wrapped, its first line behind `first` and the others behind `rest`.
    ///
    /// `columns` is the printed width of both, which their own length cannot tell once painted.
    pub(crate) fn wrapped(
        &mut self,
        (first, rest): (&str, &str),
        columns: usize,
        text: &str,
    ) -> io::Result<()> {
        let width = self.look.width().saturating_sub(columns);
        let mut before = first;
        for line in wrap(text, width) {
            self.line(&format!("{before}{line}"))?;
            before = rest;
        }
        Ok(())
    }

    /// Writes a labeled section (`  help: …`), wrapped behind its label.
    pub(crate) fn section(&mut self, label: &str, text: &str) -> io::Result<()> {
        let label = format!("{:>width$}: ", label, width = SECTION - 2);
        let columns = label.chars().count();
        let painted = self.look.paint(Tone::Label, &label);
        self.wrapped((&painted, &" ".repeat(columns)), columns, text)
    }

    /// Writes a labeled section of captured text, where words as long as a line of JSON are broken too.
    pub(crate) fn quote(&mut self, label: &str, text: &str) -> io::Result<()> {
        let width = self.look.width().saturating_sub(SECTION);
        let label = format!("{label:>width$}: ", width = SECTION - 2);
        let mut before = self.look.paint(Tone::Label, &label);
        for line in wrap(text, width) {
            let line: Vec<char> = line.chars().collect();
            for piece in line.chunks(width) {
                let piece: String = piece.iter().collect();
                self.line(&format!("{before}{piece}"))?;
                before = " ".repeat(SECTION);
            }
        }
        Ok(())
    }

    /// Writes wrapped text at the column of sections, behind `bullet`.
    pub(crate) fn item(&mut self, bullet: &str, text: &str) -> io::Result<()> {
        let columns = SECTION + bullet.chars().count();
        let first = format!("{}{bullet}", " ".repeat(SECTION));
        self.wrapped((&first, &" ".repeat(columns)), columns, text)
    }

    /// Writes lines to copy, never wrapped, `indent` columns in.
    pub(crate) fn copyable(&mut self, indent: usize, text: &str) -> io::Result<()> {
        for line in text.lines() {
            let line = self.look.paint(Tone::Strong, &visible(line));
            self.line(&format!("{}{line}", " ".repeat(indent)))?;
        }
        Ok(())
    }
}
