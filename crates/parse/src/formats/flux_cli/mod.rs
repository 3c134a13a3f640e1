//! Tables of the command line of Flux: `flux get kustomizations`, `flux get all`
//!
//! ```text
//! NAMESPACE    NAME   REVISION            SUSPENDED  READY  MESSAGE
//! flux-system  apps   main@sha1:aaaa1111  False      False  kustomize build failed: …
//! ```
//!
//! Each row becomes an `object` with `ready` among its fields and the message as its status, as the tables of kubectl for the
//! same kinds do. The kind is that of the command, or stands in front of the name (`kustomization/apps`).
//!
//! QUIRKS: cells end in tabs; where a page made blanks of them, the places of the header cut the rows.

use std::collections::BTreeMap;

use kubetriage_model::{Command, Object};

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "flux_cli", claim, parse };

/// The columns that every table of Flux has.
const ALWAYS: &[&str] = &["NAME", "SUSPENDED", "READY", "MESSAGE"];
/// The kinds, by the words for them on the command line and in front of names.
const KINDS: &[(&str, &str)] = &[
    ("kustomization", "Kustomization"),
    ("ks", "Kustomization"),
    ("helmrelease", "HelmRelease"),
    ("hr", "HelmRelease"),
    ("git", "GitRepository"),
    ("gitrepository", "GitRepository"),
    ("helm", "HelmRepository"),
    ("helmrepository", "HelmRepository"),
    ("chart", "HelmChart"),
    ("helmchart", "HelmChart"),
    ("oci", "OCIRepository"),
    ("ocirepository", "OCIRepository"),
    ("bucket", "Bucket"),
];

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let columns = columns(lines.first()?.text)?;
    let rows = lines.iter().skip(1).take_while(|line| !line.is_blank());
    let length = 1 + rows.count();
    let kind = asked(context.command);
    let known = lines.get(1..length)?.iter().any(|line| row(line.text, &columns, kind).is_some());
    known.then_some(length)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    out.used(lines);
    let Some(columns) = lines.first().and_then(|line| columns(line.text)) else { return };
    let kind = asked(context.command);
    for line in lines.iter().skip(1) {
        if let Some(object) = row(line.text, &columns, kind) {
            let namespace = object.namespace.clone().or_else(|| context.namespace());
            out.event(std::slice::from_ref(line), Object { namespace, ..object });
        }
    }
}

/// A column: its name, and the character it starts at.
type Column<'t> = (&'t str, usize);

/// Reads the header of a table of Flux.
fn columns(header: &str) -> Option<Vec<Column<'_>>> {
    let mut columns: Vec<Column<'_>> = Vec::new();
    for word in header.split_whitespace() {
        let behind = columns.last().map_or(0, |(last, start)| start + last.len());
        let at = header.get(behind..).and_then(|rest| rest.find(word))?;
        columns.push((word, behind + at));
    }
    let has = |name: &str| columns.iter().any(|(known, _)| *known == name);
    ALWAYS.iter().all(|name| has(name)).then_some(columns)
}

/// Returns the kind that a command asks for.
fn asked(command: Option<&Command>) -> Option<&'static str> {
    let command = command.filter(|command| command.tool == "flux")?;
    command.line.split_whitespace().skip(2).find_map(kind)
}

fn kind(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let singular = word.strip_suffix('s').filter(|_| word.len() > 2);
    let known = |word: &str| KINDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind);
    known(&word)
        .or_else(|| singular.and_then(known))
        .or_else(|| word.strip_suffix("ies").and_then(|stem| known(&format!("{stem}y"))))
}

fn row(text: &str, columns: &[Column<'_>], asked: Option<&'static str>) -> Option<Object> {
    let cells = cells(text, columns);
    let cell = |name: &str| {
        let at = columns.iter().position(|(known, _)| *known == name)?;
        cells.get(at).copied().filter(|cell| !cell.is_empty())
    };
    let name = cell("NAME")?;
    let (own, name) = name.split_once('/').map_or((None, name), |(own, name)| (kind(own), name));
    let ready = cell("READY").filter(|ready| ["True", "False", "Unknown"].contains(ready))?;
    Some(Object {
        kind: own.or(asked)?.to_owned(),
        namespace: cell("NAMESPACE").map(str::to_owned),
        name: name.to_owned(),
        status: cell("MESSAGE").map(str::to_owned),
        fields: BTreeMap::from([("ready".to_owned(), ready.to_owned())]),
        ..Object::default()
    })
}

/// Cuts a row: at its tabs, else where the columns of the header start.
fn cells<'t>(text: &'t str, columns: &[Column<'_>]) -> Vec<&'t str> {
    if text.contains('\t') {
        let cells = text.splitn(columns.len(), '\t');
        return cells.map(|cell| cell.trim_matches([' ', '\t'])).collect();
    }
    let ends = columns.iter().skip(1).map(|(_, start)| *start).chain([text.len()]);
    columns
        .iter()
        .zip(ends)
        .map(|((_, start), end)| text.get(*start..end.min(text.len())).unwrap_or_default().trim())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_cut_at_tabs_and_at_the_header() {
        let header = "NAMESPACE    NAME   REVISION  SUSPENDED  READY  MESSAGE";
        let columns = columns(header).expect("a header");
        let aligned = "flux-system  apps   main      False      False  build failed: a  b";
        let tabs = "flux-system \tapps \tmain\tFalse\tFalse\tbuild failed: a  b\t";
        for text in [aligned, tabs] {
            let object = row(text, &columns, Some("Kustomization")).expect(text);
            assert_eq!(
                (object.name.as_str(), object.status.as_deref()),
                ("apps", Some("build failed: a  b"))
            );
            assert_eq!(object.fields.get("ready").map(String::as_str), Some("False"));
        }
        assert_eq!(row(aligned, &columns, None), None);
        assert_eq!(super::columns("NAME READY STATUS RESTARTS AGE"), None);
    }

    #[test]
    fn kinds_are_known_by_their_words() {
        for (word, want) in [
            ("kustomizations", Some("Kustomization")),
            ("hr", Some("HelmRelease")),
            ("gitrepositories", Some("GitRepository")),
            ("all", None),
        ] {
            assert_eq!(kind(word), want, "{word}");
        }
    }
}
