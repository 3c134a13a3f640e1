//! Cases, how they are read, and what is shown of a statement.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kubetriage_model::{ArtifactId, Command, Event, Hint, Interest, Parsed};
use kubetriage_parse::{Text, parse};

/// Every line of a log is of interest.
struct Everything;

impl Interest for Everything {
    fn scan(&self, _text: &str, _found: &mut dyn FnMut(usize)) {}

    fn everything(&self) -> bool {
        true
    }
}

/// One fixture.
pub(crate) struct Case {
    /// Folder of the format.
    pub(crate) format: &'static str,
    pub(crate) folder: PathBuf,
    pub(crate) input: String,
    pub(crate) hint: Hint,
}

/// Returns a place in `testdata`.
pub(crate) fn testdata(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(path)
}

/// Returns the fixtures of the named formats, in the order of their folders.
pub(crate) fn cases(formats: &[&'static str]) -> Vec<Case> {
    formats.iter().flat_map(|format| in_folder(format, &testdata("formats").join(format))).collect()
}

/// Returns the cases of one folder.
pub(crate) fn in_folder(format: &'static str, folder: &Path) -> Vec<Case> {
    let folders = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = folders.filter(|path| path.is_dir()).collect();
    folders.sort();
    let case = |folder: PathBuf| {
        let input = std::fs::read_to_string(folder.join("input.txt")).ok()?;
        let command = std::fs::read_to_string(folder.join("command.txt")).ok();
        let command = command.map(|text| Box::new(self::command(&text)));
        Some(Case { format, folder, input, hint: Hint { command, ..Hint::default() } })
    };
    let cases: Vec<Case> = folders.into_iter().filter_map(case).collect();
    assert!(!cases.is_empty(), "no case in {}", folder.display());
    cases
}

fn command(text: &str) -> Command {
    let mut command = Command::default();
    for (key, value) in text.lines().filter_map(|line| line.split_once(": ")) {
        let value = value.to_owned();
        match key {
            "tool" => command.tool = value,
            "verb" => command.verb = value,
            "resource" => command.resource = Some(value),
            "name" => command.name = Some(value),
            "namespace" => command.namespace = Some(value),
            "inner" => command.inner = value.split(' ').map(str::to_owned).collect(),
            "line" => command.line = value,
            "prompt" => command.prompt = Some(value),
            "output" => command.output = Some(value),
            other => panic!("unknown key {other}"),
        }
    }
    command
}

/// Reads a text.
pub(crate) fn parsed(input: &str, hint: &Hint) -> Parsed {
    let text = Text { artifact: ArtifactId(0), text: input, offset: 0, first_line: 1 };
    let mut parsed = Parsed::default();
    parse(text, hint, &Everything, &mut parsed);
    assert!(parsed.used <= parsed.total, "{} of {} lines used", parsed.used, parsed.total);
    parsed
}

/// Holds what is read of each case to its expectation.
pub(crate) fn hold(cases: &[Case], shown: fn(&Parsed) -> String) {
    for case in cases {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&case.folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings
            .bind(|| insta::assert_snapshot!("expected", shown(&parsed(&case.input, &case.hint))));
    }
}

/// Holds line ends of Windows to those of the fixture.
pub(crate) fn hold_line_ends(cases: &[Case], shown: fn(&Parsed) -> String) {
    for case in cases {
        let plain = parsed(&case.input, &case.hint);
        let crlf = parsed(&case.input.replace('\n', "\r\n"), &case.hint);
        assert_eq!(shown(&plain), shown(&crlf), "{}", case.folder.display());
    }
}

/// Shows kind and lines of an event and its fields that are not empty.
pub(crate) fn event(event: &Event) -> String {
    let at = &event.at;
    let mut text = format!("{} {}-{}\n", event.data.kind(), at.line, at.end_line);
    let data = serde_json::to_value(&event.data).unwrap();
    for (key, value) in data.as_object().unwrap().iter().filter(|(_, value)| is_told(value)) {
        writeln!(text, "  {key}: {value}").unwrap();
    }
    text
}

/// True for what is neither null nor an empty list or map.
pub(crate) fn is_told(value: &serde_json::Value) -> bool {
    !value.is_null()
        && value.as_array().is_none_or(|list| !list.is_empty())
        && value.as_object().is_none_or(|map| !map.is_empty())
}
