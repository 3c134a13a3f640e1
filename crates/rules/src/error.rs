//! What is wrong with rule files: every problem at once, each with its place.

use miette::Diagnostic;

/// One problem of one rule file.
#[derive(Debug, Clone, thiserror::Error, Diagnostic)]
#[error("{message}")]
#[diagnostic(code(kubetriage::rules))]
pub struct LoadError {
    message: String,
}

/// All problems found while loading rule files.
#[derive(Debug, Clone, thiserror::Error, Diagnostic)]
#[error("{} problems in rule files", problems.len())]
pub struct LoadErrors {
    #[related]
    problems: Vec<LoadError>,
}

impl LoadErrors {
    /// Returns the problems, by file and place.
    pub fn problems(&self) -> &[LoadError] {
        &self.problems
    }
}
