//! Forms of the report, and the files they go to: `--format sarif`, `--format junit=report.xml`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::{Error, ErrorKind};
use clap::{Args, ValueEnum};
use miette::miette;

/// Form of a report, or of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people at a terminal
    Text,
    /// For programs: one document
    Json,
    /// For programs: one record a line
    Jsonl,
    /// For code scanning (SARIF 2.1.0)
    Sarif,
    /// For the test view of a CI server
    Junit,
    /// For a ticket
    Markdown,
    /// For a spreadsheet
    Csv,
    /// For a browser: one file, no network
    Html,
}

/// A form, and the file it goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// The form.
    pub(crate) form: Form,
    /// The file; where `-o` says, else standard output, if there is none.
    pub(crate) file: Option<PathBuf>,
}

/// Reads `FORM` or `FORM=FILE`.
#[derive(Debug, Clone)]
pub(crate) struct TargetParser;

impl TypedValueParser for TargetParser {
    type Value = Target;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Target, Error> {
        let form = |name: &OsStr| EnumValueParser::<Form>::new().parse_ref(command, argument, name);
        let Some((name, file)) = value.to_str().and_then(|text| text.split_once('=')) else {
            return Ok(Target { form: form(value)?, file: None });
        };
        let form = form(OsStr::new(name))?;
        if file.is_empty() {
            let told = format!("`{name}=` names no file; expected {name}=FILE\n");
            return Err(Error::raw(ErrorKind::InvalidValue, told).with_cmd(command));
        }
        Ok(Target { form, file: Some(PathBuf::from(file)) })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Form::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}

/// Returns the forms with their files: `-o` names the file of the one form that names none.
pub(crate) fn targets(forms: &[Target], output: Option<&Path>) -> miette::Result<Vec<Target>> {
    let mut targets = forms.to_vec();
    let mut open: Vec<&mut Target> =
        targets.iter_mut().filter(|target| target.file.is_none()).collect();
    match (open.as_mut_slice(), output) {
        ([_, _, ..], _) => Err(miette!(
            help = "name a file for all but one, such as --format junit=report.xml",
            "several forms would go to the same place"
        )),
        ([], Some(file)) => Err(miette!(
            help = "leave out -o, or the file of one form",
            "nothing is left to be written to {}",
            file.display()
        )),
        ([one], Some(file)) => {
            one.file = Some(file.to_owned());
            Ok(targets)
        }
        _ => Ok(targets),
    }
}

/// Heading of the bounds in the help pages.
const BOUNDS: &str = "Size of the report (its totals always stay)";

/// How much is listed.
#[derive(Debug, Args)]
pub(crate) struct BoundArgs {
    /// List at most this many findings, causes first
    #[arg(long, help_heading = BOUNDS, value_name = "N")]
    pub(crate) max_findings: Option<usize>,
    /// List at most this many places per finding [default: 5]
    #[arg(long, help_heading = BOUNDS, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) max_evidence: Option<u16>,
    /// Cut each captured line to this many characters
    #[arg(long, help_heading = BOUNDS, value_name = "N")]
    pub(crate) max_excerpt: Option<usize>,
    /// Add this many captured lines before and behind each place, read in a second pass; 2 for HTML
    #[arg(long, help_heading = BOUNDS, value_name = "LINES")]
    pub(crate) context: Option<u64>,
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::{Cli, Command};

    fn targets(options: &[&str]) -> Result<Vec<Target>, Error> {
        let words = [&["kubetriage", "analyze", "x"], options].concat();
        match Cli::try_parse_from(words)?.command {
            Command::Analyze(args) => Ok(args.format),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_form_may_name_its_file() {
        let target = |form, file: Option<&str>| Target { form, file: file.map(PathBuf::from) };
        assert_eq!(targets(&[]).unwrap(), [target(Form::Text, None)]);
        let given = targets(&["--format", "sarif=a=b.sarif", "--format", "json"]).unwrap();
        assert_eq!(given, [target(Form::Sarif, Some("a=b.sarif")), target(Form::Json, None)]);
    }

    #[test]
    fn unknown_forms_are_answered_with_the_known_ones() {
        let told = targets(&["--format", "sarfi=x"]).unwrap_err().to_string();
        assert!(told.contains("sarif") && told.contains("junit"), "{told}");
        assert!(targets(&["--format", "json="]).is_err());
    }
}
