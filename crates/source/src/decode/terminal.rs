//! Reads a line as the terminal showed it: colors, titles and links removed, overwriting applied.
//!
//! QUIRKS: a color code is three to twenty bytes between two cells of a table; `script(1)` keeps every
//! key stroke (backspaces, redrawn prompts); a progress bar is one line with many carriage returns.
//! kubectl's own escaped form (`^[[31m`, two printable characters) is text and stays.

use std::borrow::Cow;

/// The byte that starts every escape sequence.
const ESC: u8 = 0x1b;
/// Longest line whose cursor moves are followed, in bytes; longer ones are only stripped.
const LONGEST_EDITED: usize = 16 << 10;
/// Most escape sequences on such a line: each may move all its cells.
const MOST_SEQUENCES: usize = 256;

/// Returns `line` (without line end) as a terminal shows it.
pub(crate) fn render(line: &str) -> Cow<'_, str> {
    if memchr::memchr2(ESC, b'\x08', line.as_bytes()).is_some() {
        return colors(line).unwrap_or_else(|| edited(line)).into();
    }
    // In a log file a lone carriage return overwrites nothing: both texts are evidence.
    if line.contains('\r') { line.replace('\r', " ").into() } else { line.into() }
}

/// Returns `line` as its cursor moves leave it, as long as that is no work without end.
fn edited(line: &str) -> String {
    let sequences = memchr::memchr_iter(ESC, line.as_bytes()).count();
    if line.len() > LONGEST_EDITED || sequences > MOST_SEQUENCES {
        strip(line)
    } else {
        Screen::show(line)
    }
}

/// Returns `line` without colors, or `None` when it holds more than colors.
///
/// This is the quick way for logs of programs that always color; it must not change anything else.
fn colors(line: &str) -> Option<String> {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = memchr::memchr3(ESC, b'\x08', b'\r', rest.as_bytes()) {
        let (text, behind) = rest.split_at(at);
        shown.push_str(text);
        let sequence = behind.strip_prefix("\u{1b}[")?;
        let end = sequence.find(|c: char| !c.is_ascii_digit() && c != ';' && c != ':')?;
        let (parameters, command) = sequence.split_at(end);
        // Erasing to the end of the line changes nothing while the cursor is there.
        rest = match command.strip_prefix('K').filter(|_| matches!(parameters, "" | "0")) {
            Some(rest) => rest,
            None => command.strip_prefix('m')?,
        };
    }
    shown.push_str(rest);
    shown.bytes().all(|byte| byte >= b' ' || byte == b'\t').then_some(shown)
}

/// Returns `line` without escape sequences; carriage returns become blanks.
fn strip(line: &str) -> String {
    anstream::adapter::strip_str(line).to_string().replace('\r', " ")
}

/// One line of a terminal.
#[derive(Debug, Default)]
struct Screen {
    cells: Vec<char>,
    cursor: usize,
}

impl Screen {
    /// Plays `line` and returns what is left on the screen.
    fn show(line: &str) -> String {
        let mut screen = Self::default();
        let mut rest = line;
        while let Some(at) = rest.find([char::from(ESC), '\u{8}', '\r']) {
            let (text, behind) = rest.split_at(at);
            screen.print(text);
            rest = screen.control(behind);
        }
        screen.print(rest);
        screen.cells.into_iter().collect()
    }

    /// Writes text at the cursor.
    fn print(&mut self, text: &str) {
        let printable = |c: &char| !c.is_control() || *c == '\t';
        for character in text.chars().filter(printable) {
            if self.cells.len() <= self.cursor {
                self.cells.resize(self.cursor + 1, ' ');
            }
            if let Some(cell) = self.cells.get_mut(self.cursor) {
                *cell = character;
            }
            self.cursor += 1;
        }
    }

    /// Obeys the control at the front of `text` and returns what stands behind it.
    fn control<'t>(&mut self, text: &'t str) -> &'t str {
        if let Some(rest) = text.strip_prefix('\u{8}') {
            self.cursor = self.cursor.saturating_sub(1);
            return rest;
        }
        if let Some(rest) = text.strip_prefix('\r') {
            self.carriage_return(rest);
            return rest;
        }
        let Some(sequence) = text.strip_prefix("\u{1b}[") else { return skip_escape(text) };
        let end = sequence.find(|c: char| ('@'..='~').contains(&c)).unwrap_or(sequence.len());
        let (parameters, behind) = sequence.split_at(end);
        let mut behind = behind.chars();
        if let Some(command) = behind.next() {
            self.move_or_erase(command, parameters);
        }
        behind.as_str()
    }

    /// Goes back to the first column, unless the shell only wrapped a long command line there.
    ///
    /// Readline writes `" \r"` when the typed text reaches the right edge and goes on in the next row.
    fn carriage_return(&mut self, rest: &str) {
        let at_end = self.cursor == self.cells.len();
        if at_end && self.cursor > 40 && self.cells.last() == Some(&' ') && !rest.is_empty() {
            self.cells.pop();
            self.cursor = self.cells.len();
        } else {
            self.cursor = 0;
        }
    }

    /// Carries out a control sequence that changes what stands on the line.
    fn move_or_erase(&mut self, command: char, parameters: &str) {
        let count = parameters.parse::<usize>().unwrap_or(1).clamp(1, LONGEST_EDITED);
        match command {
            'C' => self.cursor = (self.cursor + count).min(LONGEST_EDITED),
            'D' => self.cursor = self.cursor.saturating_sub(count),
            'G' => self.cursor = count - 1,
            'K' if matches!(parameters, "" | "0") => self.cells.truncate(self.cursor),
            'K' if parameters == "2" => self.cells.clear(),
            'P' => {
                let end = (self.cursor + count).min(self.cells.len());
                self.cells.drain(self.cursor.min(end)..end);
            }
            '@' if self.cursor <= self.cells.len()
                && self.cells.len() + count <= LONGEST_EDITED =>
            {
                self.cells.splice(self.cursor..self.cursor, std::iter::repeat_n(' ', count));
            }
            _ => {}
        }
    }
}

/// Returns what stands behind an escape sequence that only changes the looks or the window title.
fn skip_escape(text: &str) -> &str {
    let mut rest = text.chars();
    rest.next();
    let body = rest.as_str();
    if !body.starts_with([']', 'P', 'X', '^', '_']) {
        // Two characters, or three for the choice of a character set.
        let length = if body.starts_with(['(', ')', '*', '+', '#', '%', ' ']) { 2 } else { 1 };
        rest.nth(length - 1);
        return rest.as_str();
    }
    let ends = [body.find('\u{7}').map(|at| (at, 1)), body.find("\u{1b}\\").map(|at| (at, 2))];
    let first = ends.into_iter().flatten().min();
    first.and_then(|(at, length)| body.get(at + length..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_EDITED, render};

    #[test]
    fn lines_read_as_the_terminal_showed_them() {
        let cases = [
            ("plain\ttext", "plain\ttext"),
            ("\x1b[32mRunning\x1b[0m   0", "Running   0"),
            ("\x1b[38;2;1;2;3mx\x1b[m\x1b[K", "x"),
            ("\x1b]8;;https://contoso.com\x1b\\link\x1b]8;;\x1b\\ end", "link end"),
            ("\x1b]0;user@host: ~\x07\x1b[01;32muser@host\x1b[00m:$ ls", "user@host:$ ls"),
            ("\x1b[?2004hPS> x", "PS> x"),
            ("kubb\x08\x1b[Kectl get po", "kubectl get po"),
            ("kub \x08\x08\x08\x1b[1@ux", "kuxb "),
            ("pull 10%\r\x1b[Kpull 100%", "pull 100%"),
            ("in a log\rboth stay", "in a log both stay"),
            ("kept ^[[31m escaped", "kept ^[[31m escaped"),
            ("\x1b]never ended", ""),
            ("\x1b[", ""),
            ("\x1b", ""),
            ("a\x1b(Bb", "ab"),
            ("a\x1b[5Cb", "a     b"),
            ("Schlüssel \x1b[1mä\x1b[0m 日本", "Schlüssel ä 日本"),
        ];
        for (line, shown) in cases {
            assert_eq!(render(line), shown, "{line:?}");
        }
    }

    #[test]
    fn endless_edits_cost_no_more_than_a_line() {
        let sequences =
            ["\u{1b}[9999@x", "\u{1b}[9999Cx\u{1b}[2K", "\u{1b}[9999Gx", "\u{8}\u{1b}[Px"];
        for (sequence, times) in sequences.iter().flat_map(|s| [(s, 200), (s, 1000), (s, 9_999)]) {
            let shown = render(&sequence.repeat(times)).len();
            assert!(shown <= times + 3 * LONGEST_EDITED, "{sequence:?}: {shown}");
        }
    }

    #[test]
    fn a_wrapped_command_line_is_joined() {
        let typed = format!(
            "\x1b[?2004huser@host:~$ kubectl get pods --namespace {} \rrest",
            "x".repeat(20)
        );
        assert!(render(&typed).ends_with("xxrest"));
    }
}
