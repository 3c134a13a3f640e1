//! The way of the data, once, readable.

use kubetriage_model::{ArtifactId, Hint, Parsed, Report};
use kubetriage_rules::{ArtifactFacts, Facts, Repeats, evaluate};
use kubetriage_source::{Input, open};

use crate::read::{ArtifactEvents, Aside, Everything, read_all, visit_artifact};
use crate::{Error, Options, assemble};

/// Analyzes what the user handed over.
///
/// # Errors
///
/// When an input cannot be opened, a rule file has errors, or a selected rule does not exist. Bad captures
/// inside an input are notes in the report.
///
/// # Examples
///
/// ```
/// use kubetriage::prelude::*;
///
/// # fn main() -> Result<(), kubetriage::Error> {
/// # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/bundles/agent-403");
/// let report = analyze(&[Input::Path(folder.into())], &Options::default().only(["extension"]))?;
/// assert!(report.findings.iter().all(|finding| finding.rule.starts_with("extension/")));
/// # Ok(())
/// # }
/// ```
pub fn analyze(inputs: &[Input], options: &Options) -> Result<Report, Error> {
    let catalog = options.catalog()?;
    let mut bundle = open(inputs, &options.limits)?;
    let sieve = options.sieve(&catalog);
    let (interest, repeats) = (&catalog.interest(), &Repeats::new(&catalog));
    let read = read_all(&mut bundle, options, Aside { interest, sieve: &sieve, repeats });
    let (facts, artifacts) = assemble::facts(read, sieve.finish(), options);
    let outcome = evaluate(&catalog, &facts, &options.evaluation);
    Ok(assemble::report(&bundle, &catalog, &facts, (artifacts, outcome)))
}

/// Reads what the user handed over and calls `visit` with the events of one artifact after the other, in the
/// bundle's order; a big log comes in several parts.
///
/// # Errors
///
/// When an input cannot be opened.
///
/// # Examples
///
/// ```
/// use kubetriage::prelude::*;
///
/// # fn main() -> Result<(), kubetriage::Error> {
/// # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/bundles/agent-403");
/// let mut pods = 0;
/// parse(&[Input::Path(folder.into())], &Options::default(), &mut |artifact| {
///     pods += artifact.parsed.events.iter().filter(|event| event.data.kind() == "pod").count();
/// })?;
/// assert_eq!(pods, 22);
/// # Ok(())
/// # }
/// ```
pub fn parse(
    inputs: &[Input],
    options: &Options,
    visit: &mut dyn FnMut(ArtifactEvents),
) -> Result<(), Error> {
    for artifact in open(inputs, &options.limits)? {
        visit_artifact(artifact, &options.limits, visit);
    }
    Ok(())
}

/// Parses texts that are already in memory, as the files of a bundle with these names.
///
/// This is what a rule's own `prove` cases are read with.
pub fn facts_of_texts(files: &[(String, String)]) -> Facts {
    let mut all = Parsed::default();
    let mut artifacts = Vec::new();
    for (number, (name, text)) in files.iter().enumerate() {
        let id = ArtifactId(u32::try_from(number).unwrap_or(u32::MAX));
        let hint = Hint { path: name.clone(), ..Hint::default() };
        let text = kubetriage_parse::Text { artifact: id, text, offset: 0, first_line: 1 };
        let mut parsed = Parsed::default();
        kubetriage_parse::parse(text, &hint, &Everything, &mut parsed);
        artifacts.push(assemble::artifact_facts(id, name, &parsed.notes));
        all.append(parsed);
    }
    let artifacts: Vec<ArtifactFacts> = artifacts;
    Facts::new(all.events, all.coverage, artifacts)
}
