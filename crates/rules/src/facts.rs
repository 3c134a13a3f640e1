//! What is known: events and coverage, indexed for rules.

use kubetriage_model::{ArtifactId, Coverage, Event};

/// What rules need to know of an artifact beside its events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArtifactFacts {
    /// Number.
    pub id: ArtifactId,
    /// Path in the bundle.
    pub path: String,
    /// True when the artifact is cut (truncated, limit reached).
    pub cut: bool,
    /// True when a log cleaner replaced addresses or values.
    pub scrubbed: bool,
}

/// Events and coverage of one bundle, indexed.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    events: Vec<Event>,
    coverage: Vec<Coverage>,
    artifacts: Vec<ArtifactFacts>,
}

impl Facts {
    /// Indexes what was read; quoted events are kept apart and never are evidence.
    pub fn new(events: Vec<Event>, coverage: Vec<Coverage>, artifacts: Vec<ArtifactFacts>) -> Self {
        Self { events, coverage, artifacts }
    }

    /// Returns the number of events that may be evidence.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// True when nothing was read.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.coverage.is_empty() && self.artifacts.is_empty()
    }
}
