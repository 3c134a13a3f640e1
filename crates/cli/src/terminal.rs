//! What the terminal and the environment ask for: colors, characters, width.

use std::env;
use std::io::{self, IsTerminal};

use kubetriage::report::{Detail, TextOptions};
use miette::{GraphicalReportHandler, GraphicalTheme, ThemeCharacters, ThemeStyles};

use crate::args::ColorChoice;

/// Width where nothing else is known: what every terminal has.
const WIDTH: u16 = 80;

/// The terminal as far as it matters for printing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal {
    choice: ColorChoice,
}

impl Terminal {
    /// Looks at the terminal with the user's choice of colors.
    pub(crate) fn new(choice: ColorChoice) -> Self {
        Self { choice }
    }

    /// True when what is written to a stream that is a terminal or not gets colors.
    fn color(self, is_terminal: bool) -> bool {
        match self.choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => is_terminal && !no_color() && !is_dumb(),
        }
    }

    /// Returns how a text report is drawn on standard output, or in a file if `to_file`.
    pub(crate) fn text_options(
        self,
        width: Option<u16>,
        detail: Detail,
        to_file: bool,
    ) -> TextOptions {
        let on_terminal = !to_file && io::stdout().is_terminal();
        let columns = || env::var("COLUMNS").ok()?.parse().ok();
        let real = || on_terminal.then(terminal_size::terminal_size)?.map(|(width, _)| width.0);
        let width = width.or_else(columns).or_else(real).unwrap_or(WIDTH);
        TextOptions {
            width: usize::from(width),
            color: self.color(on_terminal),
            unicode: !on_terminal || draws_boxes(),
            detail,
            ..TextOptions::default()
        }
    }

    /// Returns the renderer of errors on standard error.
    pub(crate) fn error_handler(self) -> GraphicalReportHandler {
        let on_terminal = io::stderr().is_terminal();
        let unicode = !on_terminal || draws_boxes();
        let characters =
            if unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let color = self.color(on_terminal);
        let styles = if color { ThemeStyles::ansi() } else { ThemeStyles::none() };
        GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            // Wrapping would break rule ids and paths at their hyphens.
            .with_wrap_lines(false)
            .with_links(false)
            .without_syntax_highlighting()
    }
}

/// True when the user asked every program to print without colors (<https://no-color.org>).
fn no_color() -> bool {
    env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// True for a terminal that can do nothing but print.
fn is_dumb() -> bool {
    env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// True when the locale and the terminal can show box-drawing characters.
fn draws_boxes() -> bool {
    if is_dumb() {
        return false;
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
    match locale {
        Some(locale) => locale.to_ascii_lowercase().replace('-', "").contains("utf8"),
        None => cfg!(windows) || cfg!(target_os = "macos"),
    }
}
