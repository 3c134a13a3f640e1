//! Colors and characters: one place decides them for miette's part and for ours.

use kubetriage_model::Severity;
use miette::{GraphicalReportHandler, GraphicalTheme, ThemeCharacters, ThemeStyles};

use super::TextOptions;

/// What a piece of text means, as far as color can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Of an error.
    Error,
    /// Of a warning.
    Warning,
    /// Of a note.
    Note,
    /// Stands out.
    Strong,
    /// Steps back.
    Dim,
    /// Names a section of a finding.
    Label,
    /// Went well.
    Good,
}

impl From<Severity> for Tone {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }
}

/// The drawing kit of one page.
#[derive(Debug)]
pub(crate) struct Look {
    theme: GraphicalTheme,
    color: bool,
    width: usize,
}

impl Look {
    /// Makes the kit that `options` ask for.
    pub(crate) fn new(options: &TextOptions) -> Self {
        let characters =
            if options.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let styles = if options.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
        Self {
            theme: GraphicalTheme { characters, styles },
            color: options.color,
            width: options.width.max(40),
        }
    }

    /// Returns the columns to fill; never less than 40, below which nothing can be drawn.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Returns the characters of boxes and trees.
    pub(crate) fn characters(&self) -> &ThemeCharacters {
        &self.theme.characters
    }

    /// Returns miette's renderer in this look.
    ///
    /// Excerpts have no lines around them, so no context is asked for. Text comes wrapped: miette would
    /// break image names at their hyphens.
    pub(crate) fn handler(&self) -> GraphicalReportHandler {
        GraphicalReportHandler::new_themed(self.theme.clone())
            .with_width(self.width)
            .with_context_lines(0)
            .with_wrap_lines(false)
            .with_links(false)
            .without_syntax_highlighting()
    }

    /// Returns `text` in the color of its meaning, or as it is where color is off.
    pub(crate) fn paint(&self, tone: Tone, text: &str) -> String {
        if !self.color || text.is_empty() {
            return text.to_owned();
        }
        let styles = &self.theme.styles;
        let plain = ThemeStyles::none().error;
        let style = match tone {
            Tone::Error => styles.error.bold(),
            Tone::Warning => styles.warning.bold(),
            Tone::Note => styles.advice.bold(),
            Tone::Strong => plain.bold(),
            Tone::Dim => styles.linum,
            Tone::Label => styles.help,
            Tone::Good => plain.green(),
        };
        style.style(text).to_string()
    }
}
