//! A capture in a form: its text, and which clean line each of its lines stems from.

/// A text, line by line, with the number of the clean line behind each; 0 for what the form adds.
#[derive(Debug, Default, Clone)]
pub(crate) struct Dressed {
    pub lines: Vec<(String, u64)>,
}

impl Dressed {
    /// Dresses each line on its own.
    pub(crate) fn each(text: &str, mut dress: impl FnMut(usize, &str) -> String) -> Self {
        let lines =
            text.lines().enumerate().map(|(index, line)| (dress(index, line), index as u64 + 1));
        Self { lines: lines.collect() }
    }

    /// Returns the text as it is.
    pub(crate) fn plain(text: &str) -> Self {
        Self::each(text, |_, line| line.to_owned())
    }

    /// Makes several lines of each.
    pub(crate) fn spread(text: &str, mut dress: impl FnMut(usize, &str) -> Vec<String>) -> Self {
        let mut lines = Vec::new();
        for (index, line) in text.lines().enumerate() {
            lines.extend(dress(index, line).into_iter().map(|line| (line, index as u64 + 1)));
        }
        Self { lines }
    }

    /// Puts lines of its own in front.
    #[must_use]
    pub(crate) fn under(mut self, lines: &[&str]) -> Self {
        let head = lines.iter().map(|line| ((*line).to_owned(), 0));
        self.lines.splice(0..0, head);
        self
    }

    /// Puts lines of its own behind.
    #[must_use]
    pub(crate) fn over(mut self, lines: &[&str]) -> Self {
        self.lines.extend(lines.iter().map(|line| ((*line).to_owned(), 0)));
        self
    }

    /// Dresses a dressed text again, its own lines too.
    #[must_use]
    pub(crate) fn again(mut self, mut dress: impl FnMut(&str) -> String) -> Self {
        for (line, _) in &mut self.lines {
            *line = dress(line);
        }
        self
    }

    /// Leaves out one line of the clean text.
    #[must_use]
    pub(crate) fn without(self, line: u64) -> Self {
        self.only(|own| own != line)
    }

    /// Keeps only some lines of the clean text.
    #[must_use]
    pub(crate) fn only(mut self, keep: impl Fn(u64) -> bool) -> Self {
        self.lines.retain(|(_, origin)| *origin == 0 || keep(*origin));
        self
    }

    /// True if a line of the clean text is still there.
    pub(crate) fn holds(&self, line: u64) -> bool {
        self.lines.iter().any(|(_, origin)| *origin == line)
    }

    /// Returns the text.
    pub(crate) fn text(&self) -> String {
        self.lines.iter().flat_map(|(line, _)| [line.as_str(), "\n"]).collect()
    }

    /// Returns the clean line behind a dressed one.
    pub(crate) fn origin(&self, line: u64) -> u64 {
        let index = usize::try_from(line).unwrap() - 1;
        self.lines.get(index).map_or(0, |(_, origin)| *origin)
    }
}
