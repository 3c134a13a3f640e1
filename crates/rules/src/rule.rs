//! A loaded rule.

use kubetriage_model::Severity;

/// One documented failure signature.
#[derive(Debug, Clone)]
pub struct Rule {
    id: String,
    severity: Severity,
}

impl Rule {
    /// Returns the id, `area/slug`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the weight.
    pub fn severity(&self) -> Severity {
        self.severity
    }
}
