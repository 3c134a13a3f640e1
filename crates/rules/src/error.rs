//! What is wrong with rule files: every problem at once, each with its place.

use std::fmt;
use std::ops::Range;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

/// One problem of one rule file: what was found, where, and what would be right.
#[derive(Debug, Clone)]
pub struct LoadError {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) label: String,
    pub(crate) help: Option<String>,
    pub(crate) file: String,
    pub(crate) span: Range<usize>,
    source: NamedSource<String>,
}

impl LoadError {
    pub(crate) fn new(file: &str, text: &str, code: &'static str, message: String) -> Self {
        Self {
            code,
            message,
            label: "here".to_owned(),
            help: None,
            file: file.to_owned(),
            span: 0..0,
            source: NamedSource::new(file, text.to_owned()).with_language("yaml"),
        }
    }

    /// Returns the name of the rule file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Returns the bytes of the rule file that the problem is about (0-based, half-open).
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for LoadError {}

impl Diagnostic for LoadError {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!("rules::{}", self.code)))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = LabeledSpan::at(self.span.clone(), self.label.clone());
        Some(Box::new(std::iter::once(label)))
    }
}

/// All problems found while loading rule files.
#[derive(Debug, Clone)]
pub struct LoadErrors {
    pub(crate) problems: Vec<LoadError>,
}

impl LoadErrors {
    /// Returns the problems, by file and place.
    pub fn problems(&self) -> &[LoadError] {
        &self.problems
    }
}

impl fmt::Display for LoadErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problems.len() {
            1 => write!(formatter, "1 problem in the rule files"),
            count => write!(formatter, "{count} problems in the rule files"),
        }
    }
}

impl std::error::Error for LoadErrors {}

impl Diagnostic for LoadErrors {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.problems.iter().map(|problem| problem as &dyn Diagnostic)))
    }
}
