//! A table: its columns, and where its rows, their further lines and foreign lines stand.

use std::borrow::Cow;

use nom::Offset;

use super::blocks::Blocks;
use super::cells::{self, Cell};
use super::console;
use super::custom;
use super::events::{message_and_tail, row_parts, wide};
use super::header::Header;
use super::kinds::{kind_of, kind_of_chosen, kind_of_command, kind_of_said};
use super::shapes;
use super::stderr::is_stderr;
use crate::context::Context;
use crate::text::Line;

/// Most lines that a terminal makes of one row.
const MOST_WRAPS: usize = 12;
/// A table at the front of some lines.
pub(super) struct Table {
    /// The columns.
    pub(super) header: Header,
    /// Kind as the API spells it, empty when unknown.
    pub(super) kind: String,
    /// Lines of the header: 0, 1, or 2 when a terminal wrapped it.
    pub(super) head: usize,
    types: Vec<Cell>,
    starts: Vec<usize>,
    /// First code point of OBJECT in an aligned events table: rows that start earlier are message text.
    object_from: Option<usize>,
    /// True for `kubectl events`, which prints all lines of a message and names kinds as the API does.
    pub(super) whole_messages: bool,
    /// Where the rows of such a table stand.
    blocks: Option<Blocks>,
    /// Width at which the header was broken, and the rows with it.
    cut: Option<usize>,
    /// True when a tab stands between the cells, and nowhere else.
    pub(super) tabbed: bool,
}

/// A row: the number of its lines, its text on one line, and its cells where these are known.
type Found<'t> = (usize, Cow<'t, str>, Option<Vec<&'t str>>);

/// What stands in a table.
pub(super) enum Item<'l, 't> {
    /// A row: its lines, its text on one line, the further lines of its message, and its cells where they
    /// are known by their place.
    Row {
        lines: &'l [Line<'t>],
        text: Cow<'t, str>,
        more: &'l [Line<'t>],
        cells: Option<Vec<&'t str>>,
    },
    /// Lines of standard error between rows.
    Stderr(&'l [Line<'t>]),
    /// A line that stands for rows left out.
    Elision(&'l [Line<'t>]),
    /// A row in which the capture ends, and those of its cells that are whole; none where not even the name is.
    Cut(&'l [Line<'t>], Option<Vec<&'t str>>),
}

impl Table {
    /// Reads the start of a table, `None` when none starts at the first line.
    pub(super) fn start(lines: &[Line<'_>], context: &Context<'_>) -> Option<Self> {
        let command = context.command.filter(|_| !super::is_other_command(context));
        let asked = command.and_then(kind_of_command);
        let first = lines.first()?.text.trim_end();
        if let Some(header) = command.and_then(|command| custom::header(first, command)) {
            return Some(Self::chosen(header, asked));
        }
        // Words in small letters with tabs between are a console's.
        let small = first.contains('\t') && first.contains(|c: char| c.is_ascii_lowercase());
        let console = Self::of_console(first).filter(|_| small);
        let table = console.or_else(|| Self::headed(lines, asked));
        let table = table.or_else(|| Self::of_console(first));
        table.or_else(|| {
            let (header, kind) = shapes::headerless(lines.first()?.text, asked)?;
            Some(Self::new(header, Some(kind), 0))
        })
    }

    /// Reads the header of a table of the kind that was `asked` for, if known.
    pub(super) fn headed(lines: &[Line<'_>], asked: Option<&str>) -> Option<Self> {
        let (first, next) = (lines.first()?, lines.get(1).map_or("", |line| line.text));
        let header = Header::read(first.text.trim_end())?;
        let wrapped = Header::read_wrapped(first.text, next.trim_end());
        let head = 1 + usize::from(wrapped.is_some());
        let cut = wrapped.is_some().then(|| first.text.chars().count());
        let mut table = Self::new(wrapped.unwrap_or(header), asked, head);
        table.cut = cut;
        if table.kind.is_empty() {
            let said = kind_of_said(&table.header, lines.get(head..).unwrap_or_default());
            said.unwrap_or_default().clone_into(&mut table.kind);
        }
        table.anchor(lines.get(head).map_or("", |line| line.text));
        Some(table)
    }

    /// Reads the heading of a table out of a console.
    fn of_console(text: &str) -> Option<Self> {
        let (header, kind) = console::header(text)?;
        let tabbed = !header.aligned;
        Some(Self { tabbed, ..Self::chosen(header, Some(kind)) })
    }

    fn new(header: Header, asked: Option<&str>, head: usize) -> Self {
        let own = kind_of(&header);
        let kind = own.or(asked).or_else(|| kind_of_chosen(&header)).unwrap_or_default().to_owned();
        // Cells of custom columns hold anything, whatever the kind.
        let known = if head == 0 { asked } else { own }.unwrap_or_default();
        let types = header.columns.iter().map(|c| shapes::cell(known, &c.name)).collect();
        let starts = header.columns.iter().map(|column| column.start).collect();
        Self {
            header,
            kind,
            head,
            types,
            starts,
            object_from: None,
            whole_messages: false,
            blocks: None,
            cut: None,
            tabbed: false,
        }
    }

    /// Returns a table of columns that the command chose: their cells hold anything.
    fn chosen(header: Header, asked: Option<&str>) -> Self {
        let mut table = Self::new(header, asked, 1);
        table.types.fill(Cell::Any);
        asked.unwrap_or_default().clone_into(&mut table.kind);
        table
    }

    /// Believes in the offset of OBJECT when the first row does.
    fn anchor(&mut self, first_row: &str) {
        let object = self.header.columns.iter().find(|column| column.name == "OBJECT");
        if let Some(start) = object.filter(|_| self.header.aligned).map(|column| column.start) {
            self.object_from = Some(start);
            let cells = self.event_cells(first_row);
            let object = self.header.columns.iter().position(|column| column.name == "OBJECT");
            let object = cells.as_ref().zip(object).and_then(|(cells, at)| cells.get(at));
            self.whole_messages =
                object.is_some_and(|object| object.starts_with(|c: char| c.is_ascii_uppercase()));
            self.blocks = Blocks::of(&self.header).filter(|_| self.whole_messages);
            if cells.is_none() {
                self.object_from = None;
            }
        }
    }

    /// Returns true for a table of events with the object and the message of each.
    pub(super) fn is_events(&self) -> bool {
        self.kind == "Event" && self.header.has("OBJECT") && self.header.has("MESSAGE")
    }

    /// Reads the cells of a row, one for each column; `None` when `text` is no row of this table.
    pub(super) fn cells<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        if self.tabbed {
            return console::row(text, self.types.len());
        }
        if self.is_events() && self.header.has("LAST SEEN") && !self.is_chosen() {
            return self.event_cells(text);
        }
        let at_offsets = self.header.aligned.then(|| cells::slices(text, &self.starts)).flatten();
        at_offsets
            .filter(|cells| self.accepts(cells))
            .or_else(|| Some(cells::gaps(text)).filter(|cells| self.accepts(cells)))
            .or_else(|| cells::by_type(text, &self.types))
            .filter(|cells| cells.iter().filter(|cell| !cell.is_empty()).count() > 1)
    }

    /// True when the cells may hold anything: their columns were chosen, or are those of a console.
    fn is_chosen(&self) -> bool {
        self.types.iter().all(|cell| *cell == Cell::Any)
    }

    fn accepts(&self, cells: &[&str]) -> bool {
        cells.len() == self.types.len()
            && self.types.iter().zip(cells).all(|(cell, text)| cell.accepts(text))
    }

    /// Reads the last line of a capture as a row that is cut: the cells up to the one in which it ends, of
    /// which the name has to be whole.
    fn cut_cells<'t>(&self, rest: &[Line<'t>]) -> Option<Vec<&'t str>> {
        let [line] = rest else { return None };
        let name = self.header.columns.iter().position(|column| column.name == "NAME")?;
        let aligned = self.header.aligned && self.head > 0 && !self.is_events();
        let mut cells = cells::slices(line.text.trim_end(), &self.starts).filter(|_| aligned)?;
        let last = cells.iter().rposition(|cell| !cell.is_empty()).filter(|last| *last > name)?;
        if let Some(cell) = cells.get_mut(last) {
            *cell = "";
        }
        let whole = self.types.iter().zip(&cells).take(last);
        let named = cells.get(..=name)?.iter().all(|cell| !cell.is_empty() && !cell.contains(' '));
        (named && whole.into_iter().all(|(cell, text)| cell.accepts(text))).then_some(cells)
    }

    /// True for a last line that ends inside its name, or before it: nothing is known of the object, but that
    /// the table went on. A lone word needs the hyphen of a name, to be told from a word behind the table.
    fn is_cut_in_name(&self, rest: &[Line<'_>]) -> bool {
        let [line] = rest else { return false };
        let name = self.header.columns.iter().position(|column| column.name == "NAME");
        let aligned = self.header.aligned && self.head > 0 && !self.is_events();
        let cells = cells::slices(line.text.trim_end(), &self.starts).filter(|_| aligned);
        let (Some(name), Some(cells)) = (name, cells) else { return false };
        let Some(last) = cells.iter().rposition(|cell| !cell.is_empty()) else { return false };
        let named = |cell: &&str| {
            let sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
            !cell.is_empty() && cell.chars().all(sign)
        };
        let alone = last == 0 && cells.first().is_some_and(|cell| !cell.contains('-'));
        last <= name && !alone && cells.iter().take(last + 1).all(named)
    }

    /// Rows of events: the front word by word, the cells behind MESSAGE from the right.
    fn event_cells<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let position = |name| self.header.columns.iter().position(|column| column.name == name);
        let (lead, message) = (position("LAST SEEN")?, position("MESSAGE")?);
        if let Some(cells) = self.aligned_event(text, lead, message) {
            return Some(cells);
        }
        let parts = row_parts(text, lead)?;
        let before = text.get(..text.offset(parts.object))?;
        if self.object_from.is_some_and(|from| before.chars().count() < from) {
            return None;
        }
        let offsets = self.starts.get(..=message).filter(|_| self.header.aligned);
        let wide = position("SUBOBJECT").map(|_| wide(text, &parts, offsets));
        let rest = wide.as_ref().map_or(parts.rest, |wide| wide.rest);
        let (message, tail) = message_and_tail(rest, self.types.get(message + 1..)?)?;
        let mut cells = parts.lead;
        cells.extend([parts.seen, parts.r#type, parts.reason, parts.object]);
        cells.extend(wide.iter().flat_map(|wide| [wide.subobject, wide.source]));
        cells.push(message);
        cells.extend(tail);
        (cells.len() == self.types.len()).then_some(cells)
    }

    /// Rows of events that stand at the header's offsets, whatever words their cells hold.
    fn aligned_event<'t>(
        &self,
        text: &'t str,
        lead: usize,
        message: usize,
    ) -> Option<Vec<&'t str>> {
        let starts = self.starts.get(..=message).filter(|_| self.header.aligned)?;
        if let Some(cells) = self.placed_event(text, lead) {
            return Some(cells);
        }
        let mut cells = cells::slices(text, starts)?;
        let rest = cells.pop()?;
        let one_word = |at: usize| cells.get(at).is_some_and(|cell| !cell.contains("  "));
        let object = cells.get(lead + 3).is_some_and(|object| object.contains('/'));
        let seen = cells.get(lead).is_some_and(|seen| Cell::Seen.accepts(seen));
        let front = (0..lead).chain(lead + 1..lead + 4).take_while(|at| *at < cells.len());
        if !object || !seen || !front.into_iter().all(one_word) {
            return None;
        }
        let (message, tail) = message_and_tail(rest, self.types.get(message + 1..)?)?;
        cells.push(message);
        cells.extend(tail);
        (cells.len() == self.types.len()).then_some(cells)
    }

    /// Rows of events whose cells all stand at the header's offsets, whatever they hold.
    fn placed_event<'t>(&self, text: &'t str, lead: usize) -> Option<Vec<&'t str>> {
        let cells = cells::slices(text, &self.starts)?;
        let accepts = |cell: &Cell, text: &str| match cell {
            Cell::Seen | Cell::Age | Cell::Int => cell.accepts(text),
            _ => !text.contains("  ") || *cell == Cell::Text,
        };
        let typed = self.types.iter().zip(&cells).all(|(cell, text)| accepts(cell, text));
        let object = cells.get(lead + 3).is_some_and(|object| object.contains('/'));
        (typed && object).then_some(cells)
    }

    /// Walks over the table, from its header on, and returns behind how many lines it ends.
    pub(super) fn walk<'l, 't>(
        &self,
        lines: &'l [Line<'t>],
        mut visit: impl FnMut(Item<'l, 't>),
    ) -> usize {
        let rows = lines.get(self.head..).unwrap_or_default();
        if let Some(blocks) = self.blocks.clone().filter(|blocks| blocks.goes_on(rows, false)) {
            return self.walk_blocks(lines, blocks, visit);
        }
        let mut at = self.head;
        while let Some(line) = lines.get(at) {
            let rest = lines.get(at..).unwrap_or_default();
            let (item, taken) = if line.is_blank() {
                (None, self.blank_between(rest))
            } else if let Some((end, text, cells)) = self.row(rest) {
                let (row, behind) = rest.split_at(end);
                let more = behind.get(..self.message_lines(behind)).unwrap_or_default();
                (Some(Item::Row { lines: row, text, more, cells }), end + more.len())
            } else if let Some(cells) = self.cut_cells(rest) {
                (Some(Item::Cut(rest, Some(cells))), 1)
            } else if self.is_cut_in_name(rest) {
                (Some(Item::Cut(rest, None)), 1)
            } else if is_elision(line.text) {
                (rest.get(..1).map(Item::Elision), 1)
            } else {
                let lines = rest.get(..self.stderr_lines(rest)).unwrap_or_default();
                (Some(Item::Stderr(lines)), lines.len())
            };
            if taken == 0 {
                break;
            }
            item.into_iter().for_each(&mut visit);
            at += taken;
        }
        at
    }

    /// Counts a blank line between rows: mail clients put one behind every line.
    fn blank_between(&self, rest: &[Line<'_>]) -> usize {
        usize::from(rest.get(1).is_some_and(|line| self.is_row(line.text)))
    }

    /// Returns true for a row of this table.
    pub(super) fn is_row(&self, text: &str) -> bool {
        Header::read(text).is_none() && self.cells(text).is_some()
    }

    /// Reads the row at the front: how many lines it has (several when a terminal wrapped it), its text, and its
    /// cells if it is one line.
    fn row<'t>(&self, lines: &[Line<'t>]) -> Option<Found<'t>> {
        let (first, more) = lines.split_first()?;
        let first = first.text;
        if Header::read(first).is_some() || is_stderr(first) {
            return None;
        }
        // A row that is as wide as the broken header goes on, whatever it says so far.
        let full = |text: &str| self.cut.is_some_and(|width| text.chars().count() == width);
        let cells = self.cells(first);
        if cells.is_some() && !(full(first) && self.is_events()) {
            return Some((1, Cow::Borrowed(first), cells));
        }
        if self.head == 0 || first.chars().count() < 40 {
            return None;
        }
        let mut text = first.to_owned();
        for (index, line) in more.iter().enumerate().take(MOST_WRAPS - 1) {
            if line.is_blank() || Header::read(line.text).is_some() || self.is_row(line.text) {
                return cells.map(|cells| (1, Cow::Borrowed(first), Some(cells)));
            }
            text = self.continued(text, line.text);
            if self.cells(&text).is_some() && !(full(line.text) && self.is_events()) {
                return Some((index + 2, Cow::Owned(text), None));
            }
        }
        None
    }

    /// Returns the text of a row with the next piece: as it stands where a terminal broke the line in the
    /// middle of a cell, with a blank where that makes a row of it.
    fn continued(&self, mut text: String, piece: &str) -> String {
        if let Some(width) = self.cut {
            let lost = text.chars().count().next_multiple_of(width) - text.chars().count();
            text.extend(std::iter::repeat_n(' ', lost));
        }
        let glued = format!("{text}{piece}");
        let apart = format!("{} {}", text.trim_end(), piece.trim_start());
        if self.cells(&glued).is_none() && self.cells(&apart).is_some() { apart } else { glued }
    }

    /// Counts the lines of standard error at the front that a further row of this table follows.
    fn stderr_lines(&self, rest: &[Line<'_>]) -> usize {
        let count = rest.iter().take_while(|line| is_stderr(line.text)).count();
        let goes_on = rest.get(count).is_some_and(|line| self.is_row(line.text));
        if goes_on { count } else { 0 }
    }
}

/// True for what people and pagers put in place of rows.
fn is_elision(text: &str) -> bool {
    let text = text.trim();
    matches!(text, "..." | "…" | "[...]" | "[…]" | "<snip>" | "[snip]" | "(...)")
        || text.starts_with("--More--")
        || text.starts_with("-- More")
}
