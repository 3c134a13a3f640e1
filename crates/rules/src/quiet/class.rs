//! Statements that look alike: they answer the same, whatever their objects are called.

use kubetriage_model::{Data, Event};

use super::family::Family;
use super::{is_name, namespace_of, reduced};
use crate::engine::complains;
use crate::facts::{Fact, identity_of};
use crate::signal::{Answer, FieldTest, Signal, Truth, all, any};

/// What all statements that look alike have in common.
#[derive(Debug)]
pub(super) struct Class {
    /// Its place among the quiet classes.
    pub(super) number: u32,
    /// What they state, without what no rule asks for.
    pub(super) data: Data,
    pub(super) namespace: Option<String>,
    /// True if they have to be kept.
    pub(super) is_loud: bool,
    /// Signals of the family, and what each statement of the class answers.
    pub(super) answers: Vec<(usize, Answer)>,
    /// Signals of the family whose answer depends on the object's name.
    pub(super) open: Vec<usize>,
}

impl Class {
    /// True if a statement looks like those of the class in the fields of `mask`.
    pub(super) fn holds(&self, data: &Data, mask: u64) -> bool {
        self.data.same_fields(data, mask)
    }

    /// Works out the class of an event; it becomes the `number`th that is quiet.
    pub(super) fn of(family: &Family<'_>, event: &Event, number: usize) -> Self {
        let object = identity_of(&event.data);
        let fact = Fact { event, object: object.as_ref(), scrubbed: false, now: None };
        let mut class = Self {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            data: reduced(&event.data, family.mask),
            namespace: namespace_of(object.as_ref()),
            is_loud: complains(&fact),
            answers: Vec::new(),
            open: Vec::new(),
        };
        for (number, asked) in family.signals.iter().enumerate() {
            match settled(asked.signal, &fact, &|test| test.is_late() || names(test, family.kind)) {
                None => class.open.push(number),
                Some(answer) => {
                    class.is_loud |= asked.is_loud(answer, object.as_ref());
                    class.answers.push((number, answer));
                }
            }
        }
        class
    }
}

/// Returns the answer to a signal if it does not depend on tests that are still open.
pub(super) fn settled(
    signal: &Signal,
    fact: &Fact<'_>,
    is_open: &dyn Fn(&FieldTest) -> bool,
) -> Option<Answer> {
    match conjunction(&signal.about, fact, is_open)? {
        Truth::False => return Some(Answer::Foreign),
        Truth::Unknown => return Some(Answer::Says(Truth::Unknown)),
        Truth::True => {}
    }
    let choices: Option<Vec<Truth>> =
        signal.choices.iter().map(|tests| conjunction(tests, fact, is_open)).collect();
    choices.map(|choices| Answer::Says(any(choices.into_iter())))
}

/// Returns what tests that must all hold say, `None` if that depends on one that is open.
fn conjunction(
    tests: &[FieldTest],
    fact: &Fact<'_>,
    is_open: &dyn Fn(&FieldTest) -> bool,
) -> Option<Truth> {
    // Nothing that becomes known later changes the answer to what an event does not tell.
    let is_open = |test: &&FieldTest| is_open(test) && test.has_value(fact);
    let (open, settled): (Vec<_>, Vec<_>) = tests.iter().partition(is_open);
    let told = all(settled.into_iter().map(|test| test.holds(fact)));
    (open.is_empty() || told == Truth::False).then_some(told)
}

/// True if a test looks at what the object is called.
fn names(test: &FieldTest, kind: &str) -> bool {
    test.paths().any(|path| path.fields().any(|field| is_name(field, kind)))
}
