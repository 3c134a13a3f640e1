//! Where a statement was read: artifacts, spans and lines.

use serde::Serialize;

/// Number of an artifact within one bundle, in the bundle's sorted path order (0-based).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct ArtifactId(pub u32);

/// What the place of an artifact inside a known bundle layout says about its content.
///
/// A hint fills in what the text itself leaves open (the namespace of a log, say). It never decides the
/// format: formats are recognised by content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hint {
    /// Path inside the bundle, `/`-separated, as the report shows it.
    pub path: String,
    /// Namespace the layout files this artifact under.
    pub namespace: Option<String>,
    /// Pod the layout files this artifact under.
    pub pod: Option<String>,
    /// Container the layout files this artifact under.
    pub container: Option<String>,
    /// Node the layout files this artifact under.
    pub node: Option<String>,
    /// True for the log of a container's previous run.
    pub previous: bool,
    /// Command the layout is known to save here (`get pods` for `cluster-resources/pods/x.json`).
    pub command: Option<Box<crate::Command>>,
}

/// The place one statement was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The artifact.
    pub artifact: ArtifactId,
    /// First byte of the statement in the decoded text (0-based).
    pub start: u64,
    /// Byte behind the statement in the decoded text.
    pub end: u64,
    /// First line (1-based).
    pub line: u64,
    /// Last line (1-based, inclusive).
    pub end_line: u64,
    /// Text of the first lines, bounded, for evidence without reading the artifact again.
    pub excerpt: String,
    /// Lines of single fields inside a statement that spans many lines; empty for one-line statements.
    pub marks: Vec<Mark>,
    /// How many more lines of the same log say the same and are left out behind this one.
    pub repeats: u64,
}

/// The line on which one field of a many-line statement stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Field name of the event family.
    pub field: &'static str,
    /// Line (1-based).
    pub line: u64,
    /// Text of that line, bounded.
    pub text: String,
}

impl Provenance {
    /// Returns the line and text that carry `field`: its mark, else the first line of the statement.
    pub fn of_field(&self, field: &str) -> (u64, &str) {
        self.marks
            .iter()
            .find(|mark| mark.field == field)
            .map_or((self.line, self.excerpt.as_str()), |mark| (mark.line, mark.text.as_str()))
    }
}
