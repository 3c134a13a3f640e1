//! The `Events:` table: its rows, their messages of any number of lines, and its end.
//!
//! kubectl prints messages raw. The lines behind the first stand at the margin, may look like anything,
//! and end the alignment: rows behind them have other column offsets. What a genuine table never does
//! tells rows from lines that only look like one: rows stand at the header's indentation, rows that
//! follow each other are aligned, and no row follows a blank line (messages are trimmed).

use kubetriage_model::{KubeEvent, ObjectRef};

use super::label::{given, labeled};
use super::outline::{is_foreign, starts_object};
use super::row::{Columns, Row, cell, row};
use crate::emitter::Emitter;
use crate::prim::event_text;
use crate::text::Line;

/// Most lines behind a blank line that are searched for a further row.
const GAP_LINES: usize = 500;
/// Most lines behind a blank line that the end of a capture can leave of a message.
const CUT_LINES: usize = 40;

/// The object whose events a table lists.
#[derive(Debug, Clone, Default)]
pub(super) struct Involved {
    /// Namespace, if the object has one and it is known.
    pub(super) namespace: Option<String>,
    /// Kind and name, if known.
    pub(super) object: Option<ObjectRef>,
}

/// One event with all its lines.
#[derive(Debug)]
struct Entry<'t> {
    row: Row<'t>,
    /// Index of the first line, and of the line behind the last.
    lines: (usize, usize),
    /// Offset of the From column, when the table is aligned.
    from: Option<usize>,
}

/// Offsets of a header line.
#[derive(Debug, Clone, Copy)]
struct Header {
    indent: usize,
    age: usize,
    from: usize,
}

/// Returns how many lines the table takes that starts at the first of `lines`: at its `Events:`, at its
/// header, or at a row.
pub(super) fn extent(lines: &[Line<'_>]) -> usize {
    Table::read(lines).len
}

/// Returns true when an events table without its `Events:` starts at the first of `lines`.
pub(super) fn starts_table(lines: &[Line<'_>]) -> bool {
    let Some(line) = lines.first() else { return false };
    if is_header(line.text) {
        return true;
    }
    row(line.text).is_some_and(|row| row.is_sure())
}

/// States the events of the table in `lines`.
pub(super) fn state(lines: &[Line<'_>], involved: &Involved, out: &mut Emitter<'_>) {
    let table = Table::read(lines);
    out.used(lines.get(..table.head).unwrap_or_default());
    let scheduled = table.entries.iter().filter(|_| involved.object.is_none());
    let found = scheduled.filter(|entry| entry.row.reason == "Scheduled").find_map(assigned);
    let involved = found.as_ref().unwrap_or(involved);
    for entry in &table.entries {
        let own = lines.get(entry.lines.0..entry.lines.1).unwrap_or_default();
        out.event(own, event(entry, own, involved));
    }
}

/// Returns the pod of `Successfully assigned shop/web-1 to node-1`; all rows of a table are about one object.
fn assigned(entry: &Entry<'_>) -> Option<Involved> {
    let (_, message) = tail(entry);
    let (pod, _) = message.strip_prefix("Successfully assigned ")?.split_once(" to ")?;
    let (namespace, name) = pod.split_once('/')?;
    let object = ObjectRef { kind: Some("Pod".to_owned()), name: name.to_owned() };
    Some(Involved { namespace: Some(namespace.to_owned()), object: Some(object) })
}

fn event(entry: &Entry<'_>, lines: &[Line<'_>], involved: &Involved) -> KubeEvent {
    let Row { seen, .. } = entry.row;
    let (source, first) = tail(entry);
    let (source, host) = event_text::reporter(source);
    let message = lines.iter().skip(1).fold(first.trim().to_owned(), |mut message, line| {
        let shown = message.trim_end_matches("\\r").len();
        message.truncate(shown);
        message.push('\n');
        message.push_str(line.text.trim_end());
        message
    });
    let (path, message) = event_text::field_path(message.trim());
    let path = path.or_else(|| event_text::container(entry.row.path));
    KubeEvent {
        namespace: involved.namespace.clone(),
        object: involved.object.clone(),
        container: path.map(str::to_owned),
        r#type: given(entry.row.kind),
        reason: given(entry.row.reason),
        message: Some(message.trim_end_matches("\\r")).filter(|m| !m.is_empty()).map(str::to_owned),
        source,
        host,
        count: Some(seen.count.unwrap_or(1)),
        first_seen: given(seen.first.unwrap_or(seen.last)),
        last_seen: given(seen.last),
    }
}

/// Returns source and first message line of a row.
fn tail<'t>(entry: &Entry<'t>) -> (&'t str, &'t str) {
    let Row { columns, source, tail, age_end, .. } = entry.row;
    if !matches!(columns, Columns::Wide(_)) {
        return (source, tail);
    }
    let text = tail.trim_start();
    let at = age_end + tail.len() - text.len();
    if entry.from.is_some_and(|from| at > from) {
        return ("", text);
    }
    let (source, message) = cell(text);
    // A cell that starts where the column does is the source, whatever words it has.
    if entry.from == Some(at) {
        return (source, message);
    }
    let plain = !source.contains(' ')
        || source.split_once(", ").is_some_and(|(a, b)| !a.contains(' ') && !b.contains(' '));
    if plain { (source, message) } else { ("", text) }
}

fn is_header(text: &str) -> bool {
    let mut words = text.split_whitespace();
    match words.next() {
        Some("Type") => words.eq(["Reason", "Age", "From", "Message"]),
        Some("FirstSeen") => words.next() == Some("LastSeen") && words.next() == Some("Count"),
        _ => false,
    }
}

fn is_ruler(text: &str) -> bool {
    text.contains("---") && text.chars().all(|c| c == '-' || c.is_whitespace())
}

impl Header {
    fn read(text: &str) -> Option<Self> {
        let (age, from) = (text.find("  Age")? + 2, text.find("  From")? + 2);
        Some(Self { indent: text.len() - text.trim_start().len(), age, from })
    }
}

/// What stood above the line at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    Head,
    Row,
    Text,
    Blank,
}

#[derive(Debug, Default)]
struct Table<'t> {
    entries: Vec<Entry<'t>>,
    /// Lines of `Events:`, header and ruler.
    head: usize,
    /// All lines.
    len: usize,
    header: Option<Header>,
    /// True when the first row stands under the header as kubectl prints it.
    genuine: bool,
}

impl<'t> Table<'t> {
    fn read(lines: &[Line<'t>]) -> Self {
        let mut table = Self::default();
        if table.read_head(lines) {
            table.read_rows(lines);
            table.set_columns();
        }
        table
    }

    /// Reads what stands above the rows; false when there are none.
    fn read_head(&mut self, lines: &[Line<'t>]) -> bool {
        let titled = lines.first().and_then(|line| labeled(line.trimmed()));
        let titled = titled.filter(|(label, _)| *label == "Events");
        self.head = usize::from(titled.is_some());
        if titled.is_some_and(|(_, value)| !value.is_empty()) {
            self.len = self.head;
            return false;
        }
        let heading = |line: &Line<'_>| is_header(line.text) || is_ruler(line.text);
        for (at, line) in lines.iter().enumerate().skip(self.head).take(6) {
            if heading(line) {
                self.header = self.header.or_else(|| Header::read(line.text));
                self.head = at + 1;
            } else if !line.is_blank() {
                break;
            }
        }
        self.len = self.head;
        true
    }

    fn read_rows(&mut self, lines: &[Line<'t>]) {
        let mut above = Above::Head;
        // True behind a blank line that no row has followed yet.
        let mut apart = false;
        let mut stop = lines.len();
        for (at, line) in lines.iter().enumerate().skip(self.head) {
            let row = row(line.text).filter(|row| self.accepts(row, above));
            above = if line.is_blank() {
                apart = true;
                Above::Blank
            } else if let Some(row) = row {
                self.add(at, row, above);
                apart = false;
                Above::Row
            } else if self.ends(lines, at, above) {
                stop = at;
                break;
            } else {
                self.text(at, apart);
                Above::Text
            };
        }
        self.close(lines, stop);
    }

    /// Returns true when `row` can be a row of this table, given what stands above it.
    fn accepts(&self, row: &Row<'t>, above: Above) -> bool {
        let Some(first) = self.entries.first() else {
            return row.is_sure() || above == Above::Head && self.is_aligned(row);
        };
        if !self.genuine {
            return row.is_sure();
        }
        let indent = first.row.start.min(self.header.map_or(usize::MAX, |header| header.indent));
        let aligned = self.entries.last().is_some_and(|last| last.row.age_at == row.age_at);
        let placed = match row.columns {
            Columns::Wide(2) => row.start == indent,
            Columns::Wide(1) if !row.kind.is_empty() => row.start == indent,
            Columns::Wide(1) => aligned || row.start == indent + 2,
            Columns::Wide(_) => aligned || row.start == indent + 4,
            Columns::Collapsed | Columns::Legacy => false,
        };
        placed && above != Above::Blank && (above == Above::Text || aligned)
    }

    fn is_aligned(&self, row: &Row<'t>) -> bool {
        self.header.is_some_and(|header| header.age == row.age_at)
    }

    fn add(&mut self, at: usize, row: Row<'t>, above: Above) {
        if self.entries.is_empty() {
            self.genuine = above == Above::Head && self.is_aligned(&row);
        } else {
            self.extend(at);
        }
        self.entries.push(Entry { row, lines: (at, at + 1), from: None });
        self.len = at + 1;
    }

    /// Takes a line of text: the last row's, unless a blank line stands between and no row follows.
    fn text(&mut self, at: usize, apart: bool) {
        if !apart {
            self.extend(at + 1);
        }
    }

    /// Gives the last row the lines up to `end`.
    fn extend(&mut self, end: usize) {
        if let Some(last) = self.entries.last_mut() {
            last.lines.1 = end;
            self.len = end;
        }
    }

    /// Returns true when the table ends above line `at`.
    fn ends(&self, lines: &[Line<'_>], at: usize, above: Above) -> bool {
        let Some(line) = lines.get(at) else { return true };
        if self.entries.is_empty() || at - self.len > GAP_LINES {
            return true;
        }
        if is_foreign(line.text) || starts_object(lines, at) {
            return !self.genuine || is_foreign(line.text) || !self.goes_on(lines, at);
        }
        let events = labeled(line.trimmed()).is_some_and(|(label, _)| label == "Events");
        events && (above == Above::Blank || !self.genuine)
    }

    /// Returns true when a row of this table follows the text at `at` that looks like another object, and
    /// no other table starts before it: then the text belongs to a message.
    fn goes_on(&self, lines: &[Line<'_>], at: usize) -> bool {
        let indent = self.header.map_or(2, |header| header.indent);
        let mut above = Above::Text;
        for line in lines.iter().skip(at + 1).take(GAP_LINES) {
            let titled = labeled(line.text).is_some_and(|(label, _)| label == "Events");
            if titled || is_header(line.text) {
                return false;
            }
            if above != Above::Blank
                && row(line.text).is_some_and(|row| row.start == indent && row.is_sure())
            {
                return true;
            }
            above = if line.is_blank() { Above::Blank } else { Above::Text };
        }
        false
    }

    /// Decides whether the lines between the last row's paragraph and `stop` belong to its message: they
    /// do when the message has an open bracket that they close, or when kubectl's two blank lines and the
    /// next object follow them.
    fn close(&mut self, lines: &[Line<'_>], stop: usize) {
        let Some(rest) = lines.get(self.len..stop).filter(|rest| rest.len() < GAP_LINES) else {
            return;
        };
        let Some(last) = rest.iter().rposition(|line| !line.is_blank()) else { return };
        if !self.genuine {
            return;
        }
        let separated = rest.len() - last == 3 && starts_object(lines, stop);
        if separated {
            return self.extend(self.len + last + 1);
        }
        let own = self.entries.last().and_then(|entry| lines.get(entry.lines.0..entry.lines.1));
        let mut open = Open::default();
        for line in own.unwrap_or_default() {
            open.read(line.text);
        }
        for (at, line) in rest.iter().enumerate() {
            if !open.is_open() {
                return;
            }
            open.read(line.text);
            if !open.is_open() {
                return self.extend(self.len + at + 1);
            }
        }
        // The capture ends inside the message.
        if open.is_open() && stop == lines.len() && rest.len() < CUT_LINES {
            self.extend(self.len + last + 1);
        }
    }

    /// Sets the From column of each block of aligned rows: the header's, else two blanks behind the
    /// longest age.
    fn set_columns(&mut self) {
        if !self.genuine {
            return;
        }
        let head = self.head;
        let mut rest = self.entries.as_mut_slice();
        while let Some(first) = rest.first() {
            let headed = first.lines.0 == head;
            let whole = rest.windows(2).take_while(|pair| match pair {
                [a, b] => a.lines.1 == a.lines.0 + 1 && b.lines.0 == a.lines.1,
                _ => false,
            });
            let (block, after) = rest.split_at_mut(whole.count() + 1);
            let longest = block.iter().map(|entry| entry.row.age_end + 2).max();
            let from = self.header.filter(|_| headed).map(|header| header.from).or(longest);
            for entry in block.iter_mut() {
                entry.from = from;
            }
            rest = after;
        }
    }
}

/// Counts what a text opened and did not close.
#[derive(Debug, Default)]
struct Open {
    braces: i64,
    html: bool,
}

impl Open {
    fn read(&mut self, text: &str) {
        for c in text.bytes() {
            match c {
                b'{' => self.braces += 1,
                b'}' => self.braces -= 1,
                _ => {}
            }
        }
        let text = text.to_ascii_lowercase();
        self.html = (self.html || text.contains("<html")) && !text.contains("</html");
    }

    fn is_open(&self) -> bool {
        self.html || self.braces > 0
    }
}
