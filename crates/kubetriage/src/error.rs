//! Why an analysis could not be made at all.

use miette::Diagnostic;

/// The work could not be done; bad captures never are a reason.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[non_exhaustive]
pub enum Error {
    /// An input that the user named cannot be opened.
    #[error(transparent)]
    #[diagnostic(code(kubetriage::input))]
    Source(#[from] kubetriage_source::Error),
    /// Rule files have errors.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Rules(#[from] kubetriage_rules::LoadErrors),
    /// A rule or area that the user named does not exist.
    #[error(transparent)]
    #[diagnostic(code(kubetriage::selection), help("`kubetriage rules list` names them all"))]
    Selection(#[from] kubetriage_rules::UnknownSelector),
}
