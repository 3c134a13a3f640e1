//! What a section's parser may know besides its lines.

use kubetriage_model::{Command, Hint, Interest};

/// The surroundings of a section.
#[derive(Clone, Copy)]
pub(crate) struct Context<'c> {
    /// What the place of the artifact in its bundle says.
    pub(crate) hint: &'c Hint,
    /// The command that printed the section: from the prompt above it, else from the hint.
    pub(crate) command: Option<&'c Command>,
    /// True when all of the text is what the command printed into a file.
    pub(crate) redirected: bool,
    /// Which log lines matter.
    pub(crate) interest: &'c dyn Interest,
}

impl Context<'_> {
    /// Returns the namespace that the surroundings give: the command's, else the layout's.
    pub(crate) fn namespace(&self) -> Option<String> {
        self.command
            .and_then(|command| command.namespace.clone())
            .or_else(|| self.hint.namespace.clone())
    }
}
