//! What AKS Periscope writes in a form of its own: one JSON object for each container, and for each endpoint it tried.
//!
//! ```text
//! {"name":"web-5d4f","ready":"0/1","status":"Running","restart":12,"age":7260000000000,"containerName":"web","containerLog":"…"}
//! {"TimeStamp":"2026-01-02T03:04:05.1Z","Type":"AKS API Server","URL":"kubernetes.default:443","Status":"Connected"}
//! ```
//!
//! The former is a `pod`, and the lines of the log inside it; the latter a `connectivity_probe` of the node. Its
//! descriptions, journals and zip archives are read by the formats they have.
//!
//! QUIRKS: keys were written with capitals once; the namespace is not told; `status` is the phase; the registries are
//! tried at port 80; ages are nanoseconds.

use kubetriage_model::{Command, ConnectivityProbe, Pod};
use serde::Deserialize;

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::formats::log;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "periscope", claim, parse };

/// One line of one of the collectors.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Record {
    Probe(Probe),
    Container(Box<Container>),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Probe {
    #[serde(rename = "TimeStamp")]
    _time: String,
    #[serde(rename = "Type")]
    _type: String,
    #[serde(rename = "URL")]
    url: String,
    status: String,
}

#[expect(clippy::struct_field_names, reason = "the names are those of the collector")]
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Container {
    #[serde(alias = "Name")]
    name: String,
    #[serde(alias = "Ready", default)]
    ready: Option<String>,
    #[serde(alias = "Status", default)]
    status: Option<String>,
    #[serde(alias = "Restart", default)]
    restart: Option<i64>,
    #[serde(alias = "ContainerName")]
    container_name: String,
    #[serde(alias = "ContainerLog")]
    container_log: String,
}

fn read(text: &str) -> Option<Record> {
    // Told apart from other JSON before it is read: logs are full of that.
    let own = text.starts_with('{')
        && (text.contains("ontainerLog\"")
            || text.contains("\"URL\"") && text.contains("\"Type\""));
    own.then(|| serde_json::from_str(text).ok()).flatten()
}

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    read(lines.first()?.trimmed()).map(|_| 1)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let Some(line) = lines.first() else { return };
    match read(line.trimmed()) {
        Some(Record::Probe(probe)) => out.event(&[*line], probed(probe)),
        Some(Record::Container(container)) => state(&container, line, context, out),
        None => {}
    }
}

fn probed(probe: Probe) -> ConnectivityProbe {
    let (host, port) = match probe.url.trim_start_matches("https://").rsplit_once(':') {
        Some((host, port)) => (host.to_owned(), port.parse().ok()),
        None => (probe.url.trim_start_matches("https://").to_owned(), None),
    };
    let reached = probe.status == "Connected";
    ConnectivityProbe {
        tool: Some("periscope".to_owned()),
        host: Some(host.trim_end_matches('/').to_lowercase()),
        port,
        url: Some(probe.url),
        result: Some(if reached { "ok" } else { "failed" }.to_owned()),
        message: Some(probe.status),
        vantage: Some("cluster".to_owned()),
        ..ConnectivityProbe::default()
    }
}

/// States the pod, and the log inside as the log of its container.
fn state(container: &Container, line: &Line<'_>, context: &Context<'_>, out: &mut Emitter<'_>) {
    let counts = container.ready.as_deref().and_then(|ready| ready.split_once('/'));
    let count = |text: &str| text.parse().ok();
    let pod = Pod {
        name: container.name.clone(),
        phase: container.status.clone(),
        ready: counts.and_then(|(ready, _)| count(ready)),
        total: counts.and_then(|(_, total)| count(total)),
        restarts: container.restart,
        ..Pod::default()
    };
    let shown = line.text.find("ontainerLog\"").and_then(|at| line.text.get(..at));
    out.used(&[*line]);
    out.event(&[Line { text: shown.unwrap_or(line.text), ..*line }], pod);
    let command = Command {
        tool: "kubectl".to_owned(),
        verb: "logs".to_owned(),
        resource: Some("pod".to_owned()),
        name: Some(container.name.clone()),
        container: Some(container.container_name.clone()),
        // The collector takes the last hundred lines.
        filtered: true,
        ..Command::default()
    };
    let context = Context { command: Some(&command), ..*context };
    let inner: Vec<Line<'_>> =
        container.container_log.lines().map(|text| Line { text, ..*line }).collect();
    log::read(&inner, &context, out);
}
