//! Which log lines may matter: one pass over the bytes with the literals of all rules.

use kubetriage_model::Interest;

/// Finds the places of a log that some rule may want to see.
#[derive(Debug, Clone, Default)]
pub struct LogInterest {}

impl Interest for LogInterest {
    fn scan(&self, _text: &str, _found: &mut dyn FnMut(usize)) {}
}
