//! Offline analyser of Kubernetes support bundles.

pub use kubetriage_model as model;
pub use kubetriage_parse as parse;
pub use kubetriage_report as report;
pub use kubetriage_rules as rules;
pub use kubetriage_source as source;
