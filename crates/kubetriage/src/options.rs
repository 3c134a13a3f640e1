//! Settings of an analysis.

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::sync::Arc;

use kubetriage_rules::{Catalog, RuleFile, Selection, Sieve};
use kubetriage_source::Limits;

use crate::{Error, Watch};

/// Settings of an analysis; the default is what the command line does without options.
///
/// ```
/// use kubetriage::prelude::*;
///
/// let options = Options::default().only(["image"]).jobs(2);
/// assert_eq!(options.selection.only, ["image"]);
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Limits of reading.
    pub limits: Limits,
    /// Rule files beside the built-in catalogue.
    pub rule_files: Vec<RuleFile>,
    /// Which rules to judge by.
    pub selection: Selection,
    /// Settings of the judgement.
    pub evaluation: kubetriage_rules::Options,
    /// The moment of the capture (RFC 3339), if known: ages can then be compared with absolute times.
    pub now: Option<String>,
    /// Number of threads; all cores if absent. Never changes the result.
    pub jobs: Option<NonZeroUsize>,
    /// Statements of one kind (pods, containers, workloads) that are kept one by one; of what is beyond, those that no
    /// finding can rest on are put aside so that memory stays flat. Never changes the result.
    pub put_aside_after: Option<u64>,
    /// Counts what was read, for somebody who waits. Never changes the result.
    pub watch: Option<Arc<Watch>>,
}

impl Options {
    /// Adds a rule file, judged beside the built-in ones.
    #[must_use]
    pub fn rule_file(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.rule_files.push(RuleFile { name: name.into(), text: text.into() });
        self
    }

    /// Judges only by these rules, areas or tags.
    #[must_use]
    pub fn only<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.selection.only.extend(names.into_iter().map(Into::into));
        self
    }

    /// Leaves out these rules, areas or tags.
    #[must_use]
    pub fn skip<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.selection.skip.extend(names.into_iter().map(Into::into));
        self
    }

    /// Sets the number of threads; 0 means all cores.
    #[must_use]
    pub fn jobs(mut self, jobs: usize) -> Self {
        self.jobs = NonZeroUsize::new(jobs);
        self
    }

    /// Sets the moment of the capture (RFC 3339), against which ages are judged.
    #[must_use]
    pub fn now(mut self, now: impl Into<String>) -> Self {
        self.now = Some(now.into());
        self
    }

    /// Returns the sieve that puts aside what no finding can rest on.
    pub(crate) fn sieve<'c>(&self, catalog: &'c Catalog) -> Sieve<'c> {
        match self.put_aside_after {
            Some(few) => Sieve::behind(few, catalog),
            None => Sieve::new(catalog),
        }
    }

    /// Returns the rules to judge by: the built-in catalogue, own files added, the selection applied.
    ///
    /// # Errors
    ///
    /// When a rule file has errors or a selected name does not exist.
    pub fn catalog(&self) -> Result<Cow<'static, Catalog>, Error> {
        let catalog = if self.rule_files.is_empty() {
            Cow::Borrowed(Catalog::builtin())
        } else {
            Cow::Owned(Catalog::load(&self.rule_files, true)?)
        };
        if self.selection == Selection::default() {
            return Ok(catalog);
        }
        Ok(Cow::Owned(catalog.select(&self.selection)?))
    }

    /// Returns the number of threads to work with.
    pub(crate) fn threads(&self) -> usize {
        self.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
    }
}
