//! Captures that mislead: each file of `testdata/traps` holds cases with what is found in them and what is not.
#![expect(clippy::unwrap_used, reason = "a broken case should fail loudly")]

use std::path::PathBuf;

use kubetriage::prelude::*;
use serde_json::Value;

/// What each case may say.
const KEYS: &[&str] = &[
    "name",
    "files",
    "encode",
    "repeat",
    "found",
    "keys",
    "lines",
    "title",
    "absent",
    "healed_or_absent",
    "open",
    "quiet",
    "roots",
];

/// One case beside the report of its bundle.
struct Case<'c> {
    told: &'c Value,
    report: Report,
}

impl<'c> Case<'c> {
    fn new(told: &'c Value) -> Self {
        let encoding = told["encode"].as_str();
        let inputs = told["files"].as_object().unwrap().iter().map(|(name, text)| Input::Bytes {
            name: name.clone(),
            bytes: encoded(&repeated(text.as_str().unwrap(), &told["repeat"]), encoding).into(),
        });
        let report = analyze(&inputs.collect::<Vec<_>>(), &Options::default()).unwrap();
        Self { told, report }
    }

    fn texts(&self, key: &str) -> Vec<&'c str> {
        let list = self.told[key].as_array().into_iter().flatten();
        list.map(|text| text.as_str().unwrap()).collect()
    }

    fn map(&self, key: &str) -> impl Iterator<Item = (&'c String, &'c Value)> + use<'c> {
        self.told[key].as_object().into_iter().flatten()
    }

    fn of(&self, rule: &str) -> Vec<&Finding> {
        self.report.findings.iter().filter(|finding| finding.rule == rule).collect()
    }

    fn live(&self) -> impl Iterator<Item = &Finding> {
        self.report.findings.iter().filter(|finding| finding.verdict != Verdict::Healed)
    }

    /// Returns what differs from what is expected, one sentence each.
    fn problems(&self) -> Vec<String> {
        let keys = self.told.as_object().unwrap().keys();
        let unknown = keys.filter(|key| !KEYS.contains(&key.as_str()));
        let mut wrong: Vec<String> = unknown.map(|key| format!("what is `{key}`?")).collect();
        for (rule, expected) in self.map("found") {
            let found = self.of(rule);
            let verdict =
                found.first().map(|finding| format!("{:?}", finding.verdict).to_lowercase());
            let right = match expected {
                Value::Number(number) => number.as_u64() == Some(found.len() as u64),
                other => other.as_str() == verdict.as_deref(),
            };
            wrong.extend((!right).then(|| format!("{rule}: {verdict:?}, {} times", found.len())));
        }
        wrong.extend(self.details());
        wrong.extend(self.silence());
        wrong
    }

    /// Checks kept values, places and words of what was found.
    fn details(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (rule, keys) in self.map("keys") {
            for (name, value) in keys.as_object().unwrap() {
                let has = |one: &Finding| one.keys.get(name).map(String::as_str) == value.as_str();
                let right = self.of(rule).into_iter().any(has);
                wrong.extend((!right).then(|| format!("{rule} does not keep {name} {value}")));
            }
        }
        for (rule, line) in self.map("lines") {
            let places = self.of(rule).into_iter().flat_map(|finding| &finding.evidence);
            let places: Vec<_> = places.map(|at| format!("{}:{}", at.artifact, at.line)).collect();
            let right = places.iter().any(|place| Some(place.as_str()) == line.as_str());
            wrong.extend((!right).then(|| format!("{rule} stands at {places:?}")));
        }
        for (rule, words) in self.map("title") {
            let words = words.as_str().unwrap();
            let right = self.of(rule).into_iter().any(|finding| finding.title.contains(words));
            wrong.extend((!right).then(|| format!("{rule} does not say `{words}`")));
        }
        wrong
    }

    /// Checks what must not be found, what is asked, and what stands at the root.
    fn silence(&self) -> Vec<String> {
        let found = |rule: &&str| !self.of(rule).is_empty();
        let mut wrong: Vec<String> = Vec::new();
        wrong.extend(
            self.texts("absent")
                .iter()
                .filter(|rule| found(rule))
                .map(|rule| format!("{rule} was found")),
        );
        for rule in self.texts("healed_or_absent") {
            wrong.extend(
                self.live().find(|one| one.rule == rule).map(|_| format!("{rule} is live")),
            );
        }
        for rule in self.texts("open") {
            let open = self.report.not_assessed.iter().any(|question| question.rule == rule);
            wrong.extend((!open).then(|| format!("{rule} is not asked")));
        }
        if self.told["quiet"] == true {
            let loud = self.live().filter(|finding| finding.severity == Severity::Error);
            wrong.extend(loud.map(|finding| format!("not quiet: {}", finding.title)));
        }
        let roots = self.live().filter(|finding| finding.explained_by.is_empty());
        let roots: Vec<_> = roots.map(|finding| finding.rule.as_str()).collect();
        if self.told.get("roots").is_some() && self.texts("roots") != roots {
            wrong.push(format!("the roots are {roots:?}"));
        }
        wrong
    }
}

#[expect(clippy::disallowed_methods, reason = "a test reads its cases")]
fn cases(file: &str) -> Vec<Value> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../testdata/traps", file].iter().collect();
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Judges every case of a file, and tells all that is wrong at once.
fn hold(file: &str, least: usize) {
    let cases = cases(file);
    assert!(cases.len() >= least, "{file} holds {} cases", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .flat_map(|told| {
            let problems = Case::new(told).problems().into_iter();
            problems.map(move |problem| format!("{}: {problem}", told["name"]))
        })
        .collect();
    assert!(wrong.is_empty(), "{file}:\n{}", wrong.join("\n"));
}

#[test]
fn captures_of_azure_do_not_mislead() {
    hold("azure.yaml", 30);
}

#[test]
fn words_that_mean_something_else_do_not_mislead() {
    hold("wild.yaml", 20);
}

#[test]
fn nasty_captures_of_kubectl_are_judged() {
    hold("kubernetes.yaml", 55);
}

/// Returns a text in which each named word stands as often as the case says.
fn repeated(text: &str, words: &Value) -> String {
    let words = words.as_object().into_iter().flatten();
    words.fold(text.to_owned(), |text, (word, times)| {
        text.replace(word, &word.repeat(usize::try_from(times.as_u64().unwrap()).unwrap()))
    })
}

fn encoded(text: &str, encoding: Option<&str>) -> Vec<u8> {
    match encoding {
        None => text.as_bytes().to_vec(),
        Some("utf-16le") => {
            let marked = std::iter::once(0xFEFF).chain(text.encode_utf16());
            marked.flat_map(u16::to_le_bytes).collect()
        }
        Some("latin-1") => {
            text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect()
        }
        Some("cp850") => text.chars().map(cp850).collect(),
        Some(other) => unreachable!("no encoding `{other}`"),
    }
}

/// The letters that the cases use.
fn cp850(letter: char) -> u8 {
    match letter {
        'é' => 0x82,
        'í' => 0xA1,
        '¿' => 0xA8,
        other => u8::try_from(u32::from(other)).unwrap(),
    }
}
