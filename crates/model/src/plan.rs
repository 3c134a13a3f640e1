//! A plan of captures: the fewest read-only commands that settle the most open questions.

/// What to capture, the most telling command first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The commands in order.
    pub captures: Vec<Capture>,
    /// Questions that the plan settles.
    pub questions: u64,
    /// Questions for which no read-only command is known: what is asked.
    pub left_open: Vec<String>,
}

/// One command of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capture {
    /// The command as one types it.
    pub command: String,
    /// Its words without quotes; `<name>` inside a word is what the bundle does not tell.
    pub words: Vec<String>,
    /// Name of the file of a bundle folder that takes the output.
    pub file: String,
    /// The questions that it helps to settle, in the order of the report.
    pub questions: Vec<String>,
    /// How many questions are settled once this command and all before it were run.
    pub settled: u64,
}
