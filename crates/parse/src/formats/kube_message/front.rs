//! What may stand before a sentence: list marks, times, quotation marks, keys, field paths.

use std::borrow::Cow;
use std::sync::LazyLock;

use kubetriage_model::{KubeEvent, ObjectRef};
use memchr::memmem::Finder;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while1};
use nom::character::complete::{char, multispace0, multispace1, one_of};
use nom::combinator::{opt, recognize};
use nom::sequence::terminated;
use nom::{IResult, Parser};

use crate::prim::event_text::{field_path, reporter_inside};

/// What end-to-end tests put in front of an event.
static EVENT_FOR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("event for "));

/// Cuts off what stands before (and, for quotation marks, behind) a sentence.
///
/// Gives the sentence and the container that a field path names.
pub(super) fn strip(text: &str) -> (Cow<'_, str>, Option<&str>) {
    let text = behind_runner(text);
    let (rest, _) = lead(text).unwrap_or((text, ""));
    let mut message = Cow::Borrowed(unquote(rest.trim_end()));
    if rest.starts_with('"') && message.contains("\\\"") {
        message = Cow::Owned(message.replace("\\\"", "\"").replace("\\\\", "\\"));
    }
    let Cow::Borrowed(plain) = message else { return (message, None) };
    let plain = without_combined(plain);
    let (container, plain) = field_path(plain);
    (Cow::Borrowed(without_combined(plain)), container)
}

/// What begins a line that quotes a sentence, and what stands right in front of the sentence.
const QUOTING: &[(&str, &str)] = &[
    // The runner of GitLab, of a pod that did not start.
    ("ERROR: Job failed", ": image pull failed: "),
    // Tekton, of the pod of a task.
    ("", " The pod errored with the message: \""),
];

/// Cuts off what tools put in front of the sentence for which their pod did not start.
fn behind_runner(text: &str) -> &str {
    let quoted = |(begin, front): &(&str, &str)| {
        let (_, told) = text.split_once(begin)?;
        Some(told.split_once(front)?.1)
    };
    let sentence = QUOTING.iter().find_map(quoted);
    sentence.map_or(text, |sentence| sentence.trim_end_matches("\".").trim_end_matches('"'))
}

fn without_combined(text: &str) -> &str {
    text.strip_prefix("(combined from similar events): ").unwrap_or(text)
}

/// Components that stand alone in the column `From`, where the columns before it are cut off.
const SOURCES: &[&str] = &[
    "kubelet",
    "default-scheduler",
    "attachdetach-controller",
    "persistentvolume-controller",
    "replicaset-controller",
    "service-controller",
];

/// `source = component [", " host] "  "`
fn source(input: &str) -> IResult<&str, &str> {
    let end = input.find("  ").unwrap_or(0);
    let (column, rest) = input.split_at_checked(end).unwrap_or(("", input));
    let component = column.split(", ").next().unwrap_or_default();
    if SOURCES.contains(&component) && !column.trim_start_matches(component).contains(": ") {
        return Ok((rest, column));
    }
    Err(nom::Err::Error(nom::error::make_error(input, nom::error::ErrorKind::Verify)))
}

/// What a runner of GitLab says of its job before it tells the error of the pod.
///
/// `runner = ("Job failed" [" (system failure)"] | "Preparation failed") ": " ["prepare environment: "]
/// ["waiting for pod running: "]`
fn runner(input: &str) -> IResult<&str, &str> {
    let told = alt((
        tag("Job failed (system failure): "),
        tag("Job failed: "),
        tag("Preparation failed: "),
    ));
    let place = (opt(tag("prepare environment: ")), opt(tag("waiting for pod running: ")));
    recognize((told, place)).parse(input)
}

/// `lead = ws [mark ws] [time ws] [source ws] ["[" words "]" [":"] ws] [level ": "] [runner] [key ws]`
fn lead(input: &str) -> IResult<&str, &str> {
    let mark = terminated(one_of("-*•>"), multispace1);
    let words = take_while1(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let bracket = (char('['), words, char(']'), opt(char(':')));
    let key = (opt(char('"')), tag_no_case("message"), opt(char('"')), char(':'));
    recognize((
        multispace0,
        opt(mark),
        opt(terminated(time, multispace1)),
        opt(terminated(source, multispace1)),
        opt(terminated(recognize(bracket), multispace1)),
        opt(alt((tag("WARNING: "), tag("ERROR: ")))),
        opt(runner),
        opt(terminated(recognize(key), multispace0)),
    ))
    .parse(input)
}

/// `time = digits of "0-9:.,TZ+-" with a colon`, such as `2026-11-21T19:52:45.1Z` or `18:23:33`.
fn time(input: &str) -> IResult<&str, &str> {
    let part = |c: char| c.is_ascii_digit() || "-:.,TZ+".contains(c);
    let (rest, time) = take_while1(part)(input)?;
    if time.len() < 8 || !time.contains(':') {
        return Err(nom::Err::Error(nom::error::make_error(input, nom::error::ErrorKind::Verify)));
    }
    Ok((rest, time))
}

/// Returns the longest cell of a row of a markdown table, where it is in code marks and no other cell explains it.
pub(super) fn cell(text: &str) -> Option<&str> {
    const MOST_WORDS: usize = 4;
    let row = text.trim().strip_prefix('|')?.strip_suffix('|')?;
    let cells = || row.split(" | ").map(str::trim);
    let longest = cells().max_by_key(|cell| cell.len())?;
    let inside = longest.strip_prefix('`')?.strip_suffix('`')?;
    let mut others = cells().filter(|cell| *cell != longest);
    let explained = others.any(|cell| cell.split_whitespace().count() > MOST_WORDS);
    (!explained && !inside.contains('`')).then_some(inside)
}

/// Cuts matching quotation marks and what JSON puts behind them.
fn unquote(text: &str) -> &str {
    let pairs =
        [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’'), ('*', '*'), ('_', '_')];
    let Some(first) = text.chars().next() else { return text };
    let Some((open, close)) = pairs.into_iter().find(|(open, _)| *open == first) else {
        return text;
    };
    let inner = text.trim_start_matches(open);
    inner.trim_end_matches(',').trim_end_matches(close)
}

/// `"[" type "][" namespace "/" pod "][" reason "] " message`, as the agents of Jenkins log the events of their pods.
pub(super) fn in_brackets(text: &str) -> Option<KubeEvent> {
    let (kind, rest) = text.trim_start().strip_prefix('[')?.split_once("][")?;
    let (pod, rest) = rest.split_once("][")?;
    let (reason, message) = rest.split_once("] ")?;
    let (namespace, name) = pod.split_once('/')?;
    let is_word = |word: &str| !word.is_empty() && word.chars().all(char::is_alphanumeric);
    if !matches!(kind, "Normal" | "Warning") || !is_word(reason) || name.contains(' ') {
        return None;
    }
    Some(KubeEvent {
        namespace: Some(namespace.to_owned()),
        object: Some(ObjectRef { kind: Some("Pod".to_owned()), name: name.to_owned() }),
        r#type: Some(kind.to_owned()),
        reason: Some(reason.to_owned()),
        message: Some(message.trim().to_owned()),
        ..KubeEvent::default()
    })
}

/// `"- " namespace ":pod/" name ": container " name " is waiting to start: " …`, as skaffold tells of a deployment;
/// `"* pod/" name " is crash-looping"`, as the status of an `OpenShift` project does.
pub(super) fn state_of_pod(text: &str) -> Option<KubeEvent> {
    let (mark, told) = text.trim_start().split_at_checked(2)?;
    let (object, message) = match mark {
        "- " => told.split_once(": ").filter(|(_, said)| {
            said.starts_with("container ") && said.contains(" is waiting to start: ")
        }),
        "* " => told.split_once(' ').filter(|(_, said)| *said == "is crash-looping"),
        _ => None,
    }?;
    let (namespace, object) = object
        .split_once(':')
        .map_or((None, object), |(namespace, object)| (Some(namespace), object));
    let name = object.strip_prefix("pod/")?;
    Some(KubeEvent {
        namespace: namespace.map(str::to_owned),
        object: Some(ObjectRef { kind: Some("Pod".to_owned()), name: name.to_owned() }),
        message: Some(message.trim().to_owned()),
        ..KubeEvent::default()
    })
}

/// `"[Pod " namespace "/" pod "]: " … " -- [" reason "] " message`, as Pulumi tells what it waits for.
pub(super) fn awaited(text: &str) -> Option<KubeEvent> {
    let (_, rest) = text.split_once("[Pod ")?;
    let (object, rest) = rest.split_once("]: ")?;
    let (namespace, name) = object.split_once('/')?;
    let (reason, message) = rest.split_once(" -- [")?.1.split_once("] ")?;
    Some(KubeEvent {
        namespace: Some(namespace.to_owned()),
        object: Some(ObjectRef { kind: Some("Pod".to_owned()), name: name.to_owned() }),
        reason: Some(reason.to_owned()),
        message: Some(message.trim().to_owned()),
        ..KubeEvent::default()
    })
}

/// Returns the words of a kubelet that waits to start a container again, wherever they stand: they name the container and
/// its pod (`back-off 5m0s restarting failed container=web pod=web-1_shop(uid)`).
pub(super) fn back_off(text: &str) -> Option<&str> {
    let at = text.find("back-off ")?;
    let told = text.get(at..)?;
    let (front, rest) = told.split_once(" restarting failed container=")?;
    let (_, pod) = rest.split_once(" pod=")?;
    (front.len() < 24 && pod.contains('(')).then_some(told)
}

/// `[… "- "] "event for" name ": {" source "} " reason ": " message`, as end-to-end tests log events.
pub(super) fn event_for(text: &str) -> Option<KubeEvent> {
    let at = EVENT_FOR.find(text.as_bytes())?;
    let (before, rest) = (text.get(..at)?, text.get(at + EVENT_FOR.needle().len()..)?);
    if !before.trim().is_empty() && !before.ends_with(" - ") {
        return None;
    }
    let (name, rest) = rest.split_once(": {")?;
    let (from, rest) = rest.split_once("} ")?;
    let (reason, message) = rest.split_once(": ")?;
    if [name.trim(), reason].iter().any(|word| word.contains(char::is_whitespace)) {
        return None;
    }
    let (source, host) = reporter_inside(from);
    Some(KubeEvent {
        object: Some(ObjectRef { kind: None, name: name.trim().to_owned() }),
        reason: Some(reason.to_owned()),
        message: Some(message.trim().to_owned()),
        source,
        host,
        ..KubeEvent::default()
    })
}
