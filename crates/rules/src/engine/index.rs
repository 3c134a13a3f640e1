//! Which events carry which values, worked out once for all rules: so that a rule looks at the few events that
//! may pass, not at every pod of a big cluster.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::carried::{Carried, both};
use crate::Catalog;
use crate::facts::{Fact, Facts};
use crate::signal::{FieldPath, FieldTest, Signal, Test, Truth, text_of};

/// Fewest events of a kind that are worth an index.
const WORTH: usize = 64;

/// A kind of events, and a path in them.
type Place = (&'static str, FieldPath);

/// Values of single fields, indexed when first asked for.
pub(super) struct Index<'f> {
    pub(super) facts: &'f Facts,
    catalog: &'f Catalog,
    fields: RefCell<HashMap<Place, Rc<Values>>>,
    alike: RefCell<HashMap<Place, Option<Rc<Alike>>>>,
    carried: RefCell<HashMap<Place, Option<Rc<Carried>>>>,
}

/// The events of one kind by their value at one path; every list is in the order of the events.
#[derive(Default)]
struct Values {
    /// Keys are in small letters.
    told: HashMap<String, Vec<usize>>,
    /// Events without a value that can be compared: they may always pass.
    untold: Vec<usize>,
}

/// The events of one kind that carry the very same values at one path.
#[derive(Default)]
struct Alike {
    told: HashMap<Vec<String>, Vec<usize>>,
    /// Events without a value that can be compared.
    untold: Vec<usize>,
}

/// The events of one kind that may say yes to a signal, or leave it open.
pub(super) struct Candidates {
    /// In the order of the events.
    pub(super) events: Vec<usize>,
    /// True if each of the others answers no; otherwise the others are about something else.
    pub(super) others_deny: bool,
}

impl<'f> Index<'f> {
    pub(super) fn new(catalog: &'f Catalog, facts: &'f Facts) -> Self {
        Self {
            facts,
            catalog,
            fields: RefCell::default(),
            alike: RefCell::default(),
            carried: RefCell::default(),
        }
    }

    /// Returns the events of `kind` that `signal` has to look at; none if it has to look at all of them.
    pub(super) fn candidates(&self, signal: &Signal, kind: &'static str) -> Option<Candidates> {
        if self.facts.of_kind(kind).len() < WORTH {
            return None;
        }
        if let Some(events) = self.left(&signal.about, kind) {
            return Some(Candidates { events, others_deny: false });
        }
        if !signal.about.is_empty() {
            return None;
        }
        let choices: Option<Vec<_>> =
            signal.choices.iter().map(|tests| self.left(tests, kind)).collect();
        let mut events = choices?.concat();
        events.sort_unstable();
        events.dedup();
        Some(Candidates { events, others_deny: true })
    }

    /// Returns the events that tests which must all hold leave.
    fn left(&self, tests: &[FieldTest], kind: &'static str) -> Option<Vec<usize>> {
        let left = tests.iter().filter_map(|test| match &test.test {
            Test::Is { any, .. } => Some(self.equal(kind, &test.path, any)),
            _ => self.carriers(kind, test),
        });
        let told_apart = || tests.iter().find(|test| test.asks_its_value_alone());
        left.reduce(|all, more| both(all, &more)).or_else(|| self.not_denied(kind, told_apart()?))
    }

    /// Returns the events to which a test does not say no, asking it once for what many say; none where most say
    /// something of their own.
    fn not_denied(&self, kind: &'static str, test: &FieldTest) -> Option<Vec<usize>> {
        let place = (kind, test.path.clone());
        let mut alike = self.alike.borrow_mut();
        let known = alike.entry(place).or_insert_with(|| self.alike(kind, &test.path).map(Rc::new));
        let alike = Rc::clone(known.as_ref()?);
        let mut events = alike.untold.clone();
        for same in alike.told.values() {
            let one = same.first().and_then(|event| self.facts.fact(*event));
            if one.is_none_or(|fact| test.holds(&fact) != Truth::False) {
                events.extend(same);
            }
        }
        events.sort_unstable();
        Some(events)
    }

    /// Returns the events that carry a literal which a test requires; none if there is no such literal.
    fn carriers(&self, kind: &'static str, test: &FieldTest) -> Option<Vec<usize>> {
        if test.test.clauses().is_empty() {
            return None;
        }
        let place = (kind, test.path.clone());
        let mut carried = self.carried.borrow_mut();
        let search = || Carried::search(self.catalog, self.facts, kind, &test.path).map(Rc::new);
        carried.entry(place).or_insert_with(search).as_ref()?.may_pass(test)
    }

    fn alike(&self, kind: &str, path: &FieldPath) -> Option<Alike> {
        let mut alike = Alike::default();
        for (number, &event) in self.facts.of_kind(kind).iter().enumerate() {
            let fact = self.facts.fact(event)?;
            match texts_at(path, &fact) {
                Some(texts) => alike.told.entry(texts).or_default().push(event),
                None => alike.untold.push(event),
            }
            if number >= WORTH && alike.told.len() > number / 2 {
                return None;
            }
        }
        Some(alike)
    }

    fn equal(&self, kind: &'static str, path: &FieldPath, any: &[String]) -> Vec<usize> {
        let values = self.values(kind, path);
        let mut events = values.untold.clone();
        for word in any {
            events.extend(values.told.get(&word.to_ascii_lowercase()).into_iter().flatten());
        }
        events.sort_unstable();
        events.dedup();
        events
    }

    fn values(&self, kind: &'static str, path: &FieldPath) -> Rc<Values> {
        let place = (kind, path.clone());
        let mut fields = self.fields.borrow_mut();
        Rc::clone(fields.entry(place).or_insert_with(|| Rc::new(self.read(kind, path))))
    }

    fn read(&self, kind: &str, path: &FieldPath) -> Values {
        let mut values = Values::default();
        for &event in self.facts.of_kind(kind) {
            if let Some(fact) = self.facts.fact(event) {
                values.add(event, &texts_at(path, &fact).unwrap_or_default());
            }
        }
        values
    }
}

/// Returns the values at a path as texts; none where one is no text, or there is none.
pub(super) fn texts_at(path: &FieldPath, fact: &Fact<'_>) -> Option<Vec<String>> {
    let texts: Option<Vec<_>> = path.read(fact).iter().map(text_of).collect();
    texts.filter(|texts| !texts.is_empty())
}

impl Values {
    fn add(&mut self, event: usize, texts: &[String]) {
        if texts.is_empty() {
            self.untold.push(event);
        }
        for text in texts {
            let key = text.trim().to_ascii_lowercase();
            self.told.entry(key).or_default().push(event);
        }
    }
}

#[cfg(test)]
mod tests {
    use kubetriage_model::{Container, Data, Event, KubeEvent, Log, Pod, Provenance};

    use super::*;
    use crate::Catalog;
    use crate::signal::{Answer, Truth};

    /// Messages, on one line and on several.
    const MESSAGES: &[&str] = &[
        "Failed to pull image \"contoso.azurecr.io/web:v1\": 401 UNAUTHORIZED",
        "Failed to pull\n  image \"contoso.azurecr.io/web:v1\": 401 Unauthorized",
        "0/3 nodes are available: 3 Insufficient cpu.",
        "Readiness probe failed: HTTP probe failed with statuscode: 503",
        "dial tcp: lookup contoso.azurecr.io on 10.0.0.10:53: no such host",
        "Started container web",
    ];

    /// Pods, containers, events and log lines in every mix of a few values and of none.
    fn many() -> Facts {
        let words = [
            None,
            Some("Running"),
            Some("ImagePullBackOff"),
            Some("Failed"),
            Some(" crashloopbackoff "),
        ];
        let word = |number: usize| words.get(number % 5).copied().flatten().map(str::to_owned);
        let events = (0..200).flat_map(|number| {
            let name = format!("web-{number}");
            let pod = Pod {
                name: name.clone(),
                status: word(number),
                reason: word(number / 5),
                ..Pod::default()
            };
            let container = Container {
                pod: Some(name),
                state: Some("waiting".to_owned()),
                reason: word(number),
                ..Container::default()
            };
            let event = KubeEvent {
                reason: word(number),
                message: MESSAGES.get(number / 5 % 8).map(|&message| message.to_owned()),
                ..KubeEvent::default()
            };
            let line = Log {
                message: MESSAGES.get(number % 8).map(|&message| message.to_owned()),
                ..Log::default()
            };
            [Data::from(pod), Data::from(container), Data::from(event), Data::from(line)]
        });
        let events = events.map(|data| Event {
            data,
            at: Provenance::default(),
            repaired: false,
            quoted: false,
        });
        Facts::new(events.collect(), Vec::new(), Vec::new())
    }

    #[test]
    fn no_event_that_may_pass_is_left_out() {
        let facts = many();
        let index = Index::new(Catalog::builtin(), &facts);
        let mut spared = 0;
        let signals = Catalog::builtin().rules().iter().flat_map(|rule| &rule.0.signals);
        for (signal, kind) in
            signals.flat_map(|signal| signal.kinds.iter().map(move |kind| (signal, kind)))
        {
            let Some(found) = index.candidates(signal, kind) else { continue };
            let expected =
                if found.others_deny { Answer::Says(Truth::False) } else { Answer::Foreign };
            for event in facts.of_kind(kind).iter().filter(|event| !found.events.contains(event)) {
                spared += 1;
                let answer = signal.answer(&facts.fact(*event).unwrap());
                assert_eq!(answer, expected, "{} {kind}", signal.name);
            }
        }
        assert!(spared > 20_000, "{spared}");
    }
}
