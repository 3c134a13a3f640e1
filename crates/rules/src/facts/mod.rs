//! What is known: events and coverage, indexed for rules.

mod captured;
mod gone;
mod identity;
mod logs;
mod moment;
mod sources;

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use kubetriage_model::{ArtifactId, Coverage, Data, Event};

use self::gone::Gone;
use self::sources::Sources;
use crate::quiet::Quiet;

pub(crate) use self::identity::{Identity, of as identity_of};
pub(crate) use self::moment::{Moment, Nature};

/// Returns the time that a statement prints, if it prints one.
pub(crate) fn printed_time(data: &Data) -> Option<&str> {
    moment::printed(data).1
}

/// Returns an age as kubectl prints it (`2d`, `48h`) in seconds.
pub(crate) fn age(text: &str) -> Option<i64> {
    moment::age(text)
}

/// Returns an absolute time in milliseconds since 1970.
pub(crate) fn absolute(text: &str) -> Option<i64> {
    moment::absolute(text, None)
}

/// What rules need to know of an artifact beside its events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArtifactFacts {
    /// Number.
    pub id: ArtifactId,
    /// Path in the bundle.
    pub path: String,
    /// True when the artifact is cut (truncated, limit reached).
    pub cut: bool,
    /// True when a log cleaner replaced addresses or values.
    pub scrubbed: bool,
}

/// Events and coverage of one bundle, indexed.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    events: Vec<Event>,
    objects: Vec<Option<Identity>>,
    moments: Vec<Moment>,
    /// Per kind, the events that hold: quoted and superseded ones are left out.
    kinds: HashMap<&'static str, Vec<usize>>,
    /// Per kind that was captured, what is known of its sources.
    sources: HashMap<&'static str, Sources>,
    coverage: Vec<Coverage>,
    artifacts: BTreeMap<ArtifactId, ArtifactFacts>,
    quiet: Quiet,
    /// The moment of the capture in milliseconds since 1970: as told, else the newest time of the bundle.
    now: Option<i64>,
    gone: Gone,
}

/// One event with what is known about it beside its fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fact<'f> {
    pub(crate) event: &'f Event,
    pub(crate) object: Option<&'f Identity>,
    /// True when addresses in the artifact are not the cluster's own.
    pub(crate) scrubbed: bool,
    /// The moment of the capture in milliseconds since 1970.
    pub(crate) now: Option<i64>,
}

impl Facts {
    /// Indexes what was read; quoted events are dropped, as they never are evidence.
    ///
    /// Of several statements about the state of one object in one artifact only the last is current.
    pub fn new(events: Vec<Event>, coverage: Vec<Coverage>, artifacts: Vec<ArtifactFacts>) -> Self {
        Self::beside(Quiet::default(), events, coverage, artifacts)
    }

    /// Indexes what was read beside statements that a [`Sieve`](crate::Sieve) has put aside.
    pub fn beside(
        quiet: Quiet,
        mut events: Vec<Event>,
        coverage: Vec<Coverage>,
        artifacts: Vec<ArtifactFacts>,
    ) -> Self {
        events.retain(|event| !event.quoted);
        let named: Vec<_> = events.iter().filter_map(|event| identity::of(&event.data)).collect();
        let named = named.iter().map(|object| object.name.as_str());
        events.extend(quiet.restore(named.chain(logs::names(&artifacts))));
        events.sort_by_key(|event| (event.at.artifact, event.at.start, event.at.line));
        let mut objects: Vec<_> = events.iter().map(|event| identity::of(&event.data)).collect();
        identity::complete(&mut objects);
        logs::attribute(&events, &mut objects, &artifacts);
        let moments = moments(&events);
        let current = current(&events, &objects);
        let mut kinds: HashMap<&'static str, Vec<usize>> = HashMap::new();
        for (index, event) in events.iter().enumerate() {
            if current.get(index).is_some_and(|current| *current) {
                kinds.entry(event.data.kind()).or_default().push(index);
            }
        }
        let artifacts = artifacts.into_iter().map(|artifact| (artifact.id, artifact)).collect();
        let kept = kinds.iter().flat_map(|(kind, of_kind)| {
            of_kind.iter().filter_map(|index| Some((*kind, events.get(*index)?.at.artifact)))
        });
        let sources = Sources::of(&coverage, kept.chain(quiet.places()), &artifacts);
        let now = moments.iter().filter_map(|moment| moment.absolute).max();
        let gone = Gone::default();
        let mut facts = Self {
            events,
            objects,
            moments,
            kinds,
            sources,
            coverage,
            artifacts,
            quiet,
            now,
            gone,
        };
        facts.gone = facts.gone();
        facts
    }

    /// Sets the moment of the capture (RFC 3339), so that ages can be compared with absolute times.
    ///
    /// A text that is no such time changes nothing.
    #[must_use]
    pub fn captured_at(mut self, now: &str) -> Self {
        if let Some(now) = moment::absolute(now, None) {
            self.now = Some(now);
            for moment in &mut self.moments {
                let aged = moment.age.map(|seconds| now - seconds.saturating_mul(1000));
                moment.absolute = moment.absolute.or(aged);
            }
        }
        self
    }

    /// Returns the number of events that may be evidence.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Returns what was put aside.
    pub(crate) fn quiet(&self) -> &Quiet {
        &self.quiet
    }

    /// True when nothing was read.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.coverage.is_empty() && self.quiet.is_empty()
    }

    /// Returns the earliest and the latest absolute time of the bundle (RFC 3339, UTC, whole seconds).
    pub fn time_span(&self) -> (Option<String>, Option<String>) {
        let times = || self.moments.iter().filter_map(|moment| moment.absolute);
        let text =
            |millis: i64| Timestamp::from_second(millis / 1000).ok().map(|at| at.to_string());
        (times().min().and_then(text), times().max().and_then(text))
    }

    /// True when a cleaner replaced addresses or values in some artifact.
    pub fn is_scrubbed(&self) -> bool {
        self.artifacts.values().any(|artifact| artifact.scrubbed)
    }

    /// Returns the latest absolute time of the bundle in milliseconds since 1970.
    pub(crate) fn newest(&self) -> Option<i64> {
        self.moments.iter().filter_map(|moment| moment.absolute).max()
    }

    /// Returns the current events of `kind`, in the order of artifacts and lines.
    pub(crate) fn of_kind(&self, kind: &str) -> &[usize] {
        self.kinds.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Returns one event with what is known about it.
    pub(crate) fn fact(&self, index: usize) -> Option<Fact<'_>> {
        let event = self.events.get(index)?;
        let object = self.objects.get(index)?.as_ref();
        let scrubbed = self.artifact(event.at.artifact).is_some_and(|artifact| artifact.scrubbed);
        Some(Fact { event, object, scrubbed, now: self.now })
    }

    pub(crate) fn moment(&self, index: usize) -> Option<&Moment> {
        self.moments.get(index)
    }

    pub(crate) fn artifact(&self, id: ArtifactId) -> Option<&ArtifactFacts> {
        self.artifacts.get(&id)
    }

    /// Returns the path of an artifact, or its number if nobody told the path.
    pub(crate) fn path(&self, id: ArtifactId) -> String {
        self.artifact(id).map_or_else(|| format!("#{}", id.0), |artifact| artifact.path.clone())
    }

    /// True if some source of `kind` was captured.
    pub(crate) fn captured(&self, kind: &str) -> bool {
        self.sources.contains_key(kind)
    }

    /// True if a whole list of `kind` was captured that holds all of `namespace`, or of the cluster.
    pub(crate) fn complete(
        &self,
        kind: &str,
        object_kind: Option<&str>,
        namespace: Option<&str>,
    ) -> bool {
        let sources = self.sources.get(kind);
        sources.is_some_and(|sources| sources.complete(object_kind, namespace))
    }

    /// True if a source of `kind` was captured but is cut.
    pub(crate) fn cut(&self, kind: &str) -> bool {
        self.sources.get(kind).is_some_and(|sources| sources.cut)
    }

    /// True if events of `kind` come from an artifact that a cleaner has rewritten.
    pub(crate) fn scrubbed(&self, kind: &str) -> bool {
        self.sources.get(kind).is_some_and(|sources| sources.scrubbed)
    }
}

/// Two passes: lines that print no year get the one of the bundle's newest time.
fn moments(events: &[Event]) -> Vec<Moment> {
    let mut year = None;
    let mut moments: Vec<_> = events.iter().map(|event| moment_of(event, None)).collect();
    if let Some(newest) = moments.iter().filter_map(|moment| moment.absolute).max() {
        year = moment::year_of(newest);
    }
    for (moment, event) in moments.iter_mut().zip(events) {
        if moment.absolute.is_none() && moment.age.is_none() {
            *moment = moment_of(event, year);
        }
    }
    moments
}

fn moment_of(event: &Event, year: Option<i16>) -> Moment {
    let (nature, time) = moment::printed(&event.data);
    Moment {
        artifact: event.at.artifact,
        line: event.at.line,
        nature,
        absolute: time.and_then(|time| moment::absolute(time, year)),
        age: time.and_then(moment::age),
    }
}

/// Returns for each event whether no later line of its artifact states the same again.
fn current(events: &[Event], objects: &[Option<Identity>]) -> Vec<bool> {
    let mut current = vec![true; events.len()];
    let mut last: HashMap<(ArtifactId, &str, &str, &str), usize> = HashMap::new();
    for (index, (event, object)) in events.iter().zip(objects).enumerate() {
        let (Some(object), Some(part)) = (object, state_part(&event.data)) else { continue };
        let place = (event.at.artifact, event.data.kind(), object.key.as_str(), part);
        let earlier = last.insert(place, index).and_then(|earlier| current.get_mut(earlier));
        if let Some(earlier) = earlier {
            *earlier = false;
        }
    }
    current
}

/// Returns the part of the object whose state is stated; `None` if no state is stated.
fn state_part(data: &Data) -> Option<&str> {
    match data {
        Data::Pod(pod) => pod.status.as_ref().or(pod.phase.as_ref()).map(|_| ""),
        Data::Container(container) => container.state.as_ref().map(|_| container.name.as_str()),
        Data::Node(node) => node.status.as_ref().map(|_| ""),
        Data::Workload(workload) => workload.ready.map(|_| ""),
        Data::CorednsOverride(stated) => Some(stated.key.as_str()),
        _ => None,
    }
}
