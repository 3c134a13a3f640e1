//! A loaded rule.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use kubetriage_model::{Confidence, Fix, Severity};

use crate::signal::Signal;
use crate::template::Template;

/// One documented failure signature; cheap to clone.
#[derive(Debug, Clone)]
pub struct Rule(pub(crate) Arc<Definition>);

impl Rule {
    /// Returns the id, `area/slug`.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// Returns the area, the part of the id before the slash.
    pub fn area(&self) -> &str {
        self.0.id.split('/').next().unwrap_or_default()
    }

    /// Returns the weight.
    pub fn severity(&self) -> Severity {
        self.0.severity
    }

    /// Returns the tags.
    pub fn tags(&self) -> &[String] {
        &self.0.tags
    }

    /// Returns the documentation links.
    pub fn docs(&self) -> &[String] {
        &self.0.docs
    }

    /// Returns the most general title, with places in braces as written.
    pub fn title(&self) -> String {
        self.0.told.say.titles.last().map(open).unwrap_or_default()
    }

    /// Returns the most general cause, with places in braces as written.
    pub fn cause(&self) -> String {
        self.0.told.say.causes.last().map(open).unwrap_or_default()
    }

    /// Returns the ways to mend the cause, with places in braces as written.
    pub fn fixes(&self) -> Vec<Fix> {
        let all = |texts: &[Template]| texts.iter().map(open).collect();
        let fix = |text: &FixText| Fix {
            title: open(&text.title),
            recommended: text.recommended,
            steps: all(&text.steps),
            commands: all(&text.commands),
            manifest: text.manifest.as_ref().map(open),
        };
        self.0.told.say.fixes.iter().map(fix).collect()
    }

    /// Returns how to see that it is mended, with places in braces as written.
    pub fn verify(&self) -> Vec<String> {
        self.0.told.say.verify.iter().map(open).collect()
    }

    /// Returns the event kinds that the rule looks at, sorted.
    pub fn kinds(&self) -> Vec<&'static str> {
        self.0.kinds()
    }

    /// Returns the commands that the rule asks for, with places in braces as written.
    pub fn collect(&self) -> Vec<String> {
        self.0.told.collect.iter().flat_map(|one| &one.commands).map(open).collect()
    }

    /// Returns the name of the rule file.
    pub fn file(&self) -> &str {
        &self.0.file
    }

    /// Returns the rule file as written.
    pub fn source(&self) -> &str {
        &self.0.source
    }
}

fn open(template: &Template) -> String {
    template.fill(&|name| Some(format!("{{{name}}}")))
}

/// What a rule file says, checked.
#[derive(Debug)]
pub(crate) struct Definition {
    pub(crate) id: String,
    pub(crate) severity: Severity,
    pub(crate) tags: Vec<String>,
    pub(crate) docs: Vec<String>,
    pub(crate) signals: Vec<Signal>,
    pub(crate) condition: Condition,
    pub(crate) joins: Vec<Join>,
    /// Indices of the joins that group findings.
    pub(crate) per: Vec<usize>,
    pub(crate) healing: Vec<Healing>,
    /// Two kept values that must not be equal where both are there.
    pub(crate) differ: Option<Join>,
    pub(crate) subject: Option<SubjectText>,
    /// Indices of signals that only raise confidence.
    pub(crate) support: Vec<usize>,
    /// Indices of signals that are usual by themselves: they raise no question, and those outside of the
    /// condition only add what they keep.
    pub(crate) background: Vec<usize>,
    pub(crate) beats: Vec<String>,
    pub(crate) explains: Vec<Explains>,
    /// Rules whose confirmed finding answers an open question of this rule.
    pub(crate) settled_by: Vec<String>,
    /// Most that the author claims.
    pub(crate) confidence: Option<Confidence>,
    pub(crate) told: LazyLock<Told, ReadTold>,
    pub(crate) file: String,
    pub(crate) source: Cow<'static, str>,
}

impl Definition {
    /// Returns the event kinds that the signals look at, sorted.
    pub(crate) fn kinds(&self) -> Vec<&'static str> {
        let mut kinds: Vec<_> =
            self.signals.iter().flat_map(|signal| signal.kinds.iter().copied()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}

/// Reads what a rule tells.
pub(crate) type ReadTold = Box<dyn FnOnce() -> Told + Send + Sync>;

/// What a rule tells once it fires or asks. It is most of a rule file, and most rules do neither: so it is read
/// when it is first asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) say: Say,
    pub(crate) collect: Vec<Collect>,
}

impl Definition {
    /// True for a signal that decides nothing: it supports, or only adds what it keeps.
    pub(crate) fn is_aside(&self, signal: usize) -> bool {
        self.support.contains(&signal)
            || self.background.contains(&signal) && !self.condition.signals(true).contains(&signal)
    }
}

/// How signals combine; numbers are indices of signals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    Signal(usize),
    All(Vec<Self>),
    Any(Vec<Self>),
    /// Only inside `All`, beside something positive.
    None(Vec<Self>),
    /// Only inside `All`, like `None`: what nobody captured was not seen either.
    Unseen(Vec<Self>),
    AtLeast {
        n: usize,
        of: Vec<Self>,
    },
    /// At least `n` events, or `n` different values of the kept value `distinct` (index in the signal).
    Count {
        signal: usize,
        n: usize,
        distinct: Option<usize>,
    },
}

impl Default for Condition {
    /// Nothing that could fire.
    fn default() -> Self {
        Self::Any(Vec::new())
    }
}

impl Condition {
    /// Returns the signals inside, without those under `none` and `unseen` unless `negative`.
    pub(crate) fn signals(&self, negative: bool) -> Vec<usize> {
        match self {
            Self::Signal(signal) | Self::Count { signal, .. } => vec![*signal],
            Self::None(_) | Self::Unseen(_) if !negative => Vec::new(),
            Self::All(parts)
            | Self::Any(parts)
            | Self::None(parts)
            | Self::Unseen(parts)
            | Self::AtLeast { of: parts, .. } => {
                parts.iter().flat_map(|part| part.signals(negative)).collect()
            }
        }
    }
}

/// Kept values that must be equal: (signal, index of the kept value), at most one of each signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Join {
    pub(crate) name: String,
    pub(crate) members: Vec<(usize, usize)>,
}

/// A later event that shows recovery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Healing {
    pub(crate) later: usize,
    /// Names that must agree between the recovery and what it heals.
    pub(crate) same: Vec<String>,
}

/// A symptom of this rule's cause.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Explains {
    pub(crate) rule: String,
    /// Names in which cause and symptom must agree.
    pub(crate) same: Vec<String>,
    /// Kept values of the symptom, and what they must be one of.
    pub(crate) of: Vec<(String, Vec<String>)>,
}

/// Texts that name the subject of a finding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SubjectText {
    pub(crate) kind: Option<Template>,
    pub(crate) namespace: Option<Template>,
    pub(crate) name: Option<Template>,
}

/// What a finding tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Say {
    /// The first whose places are all known is told; the last asks for the least.
    pub(crate) titles: Vec<Template>,
    /// Like the titles.
    pub(crate) causes: Vec<Template>,
    pub(crate) fixes: Vec<FixText>,
    pub(crate) verify: Vec<Template>,
}

/// One way to mend the cause.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FixText {
    pub(crate) title: Template,
    /// Kept values without which the fix is not told.
    pub(crate) when: Vec<String>,
    pub(crate) recommended: bool,
    pub(crate) steps: Vec<Template>,
    pub(crate) commands: Vec<Template>,
    pub(crate) manifest: Option<Template>,
}

/// How to obtain events of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Collect {
    pub(crate) kind: String,
    pub(crate) commands: Vec<Template>,
}
