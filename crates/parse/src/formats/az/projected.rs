//! What `--query` leaves of an answer: single values and the rows of `-o tsv` and `-o table`, under names of one's own.
//!
//! ```text
//! $ az k8s-extension list -g rg -c aks -t managedClusters --query "[].{name:name,state:provisioningState}" -o tsv
//! flux    Failed
//! ```

use serde_json::{Map, Value};

use super::asked::Asked;
use super::{connected, extension};
use crate::context::Context;
use crate::emitter::Emitter;
use crate::segment::command::option;
use crate::text::Line;

/// Members that are worth reading alone.
const STATES: &[&str] = &["provisioningState", "connectivityStatus"];

/// What a command asks for: the members, in order, and whether of a list.
struct Query {
    fields: Vec<String>,
    aliases: Vec<String>,
    list: bool,
}

/// Returns the length of the answer to a command that asks for such members.
pub(super) fn length(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let query = query(context)?;
    let first = lines.first()?;
    if first.text.starts_with(['{', '[']) || first.text.starts_with("ERROR") {
        return None;
    }
    let head = head(lines, &query);
    let rows =
        lines.iter().skip(head).take_while(|line| row(line.text, &query, lines, head).is_some());
    Some(head + rows.count()).filter(|length| *length > head)
}

/// States each row.
pub(super) fn state(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let Some(query) = query(context) else { return };
    let asked = Asked::of(context.command);
    let of_extension =
        context.command.is_some_and(|command| command.verb.starts_with("k8s-extension"));
    let head = head(lines, &query);
    for line in lines.iter().skip(head) {
        let Some(mut thing) = row(line.text, &query, lines, head) else { continue };
        let own = std::slice::from_ref(line);
        let mut fill = |key: &str, value: &Option<String>| {
            if let Some(value) = value {
                thing.entry(key.to_owned()).or_insert_with(|| Value::String(value.clone()));
            }
        };
        fill("resourceGroup", &asked.resource_group);
        if of_extension {
            if !query.list {
                fill("name", &asked.extension);
            }
            let mut told = extension::read(&thing);
            told.cluster = told.cluster.or_else(|| asked.cluster.clone());
            out.event(own, told);
        } else {
            if !query.list {
                fill("name", &asked.cluster);
            }
            out.event(own, connected::read(&thing));
        }
    }
}

/// Reads the query of a command about extensions or connected clusters.
fn query(context: &Context<'_>) -> Option<Query> {
    let command = context.command.filter(|command| command.tool == "az")?;
    let verb =
        ["k8s-extension show", "k8s-extension list", "connectedk8s show", "connectedk8s list"]
            .iter()
            .find(|verb| command.verb == **verb)?;
    let text = option(&command.line, &["--query"])?;
    let list = verb.ends_with("list");
    let inner = text.trim().trim_start_matches("[]").trim_start_matches('.').trim();
    let pairs: Vec<(String, String)> = match inner.strip_prefix(['{', '[']) {
        Some(members) => members
            .trim_end_matches(['}', ']'])
            .split(',')
            .map(|member| {
                let (alias, path) = member.split_once(':').unwrap_or((member, member));
                (alias.trim().to_owned(), leaf(path))
            })
            .collect(),
        None => vec![(inner.to_owned(), leaf(inner))],
    };
    let (aliases, fields): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    fields.iter().any(|field| STATES.contains(&field.as_str())).then_some(Query {
        fields,
        aliases,
        list,
    })
}

/// Returns the last step of a path.
fn leaf(path: &str) -> String {
    path.trim().rsplit('.').next().unwrap_or_default().trim_matches(['"', '\'']).to_owned()
}

/// Returns how many lines are header and ruler.
fn head(lines: &[Line<'_>], query: &Query) -> usize {
    let ruled = lines.get(1).is_some_and(|line| {
        line.text.starts_with("--") && line.text.chars().all(|c| c == '-' || c == ' ')
    });
    let named = lines.first().is_some_and(|line| {
        let mut words = line.text.split_whitespace();
        words.all(|word| query.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(word)))
    });
    if ruled && named { 2 } else { 0 }
}

/// Reads one row as the members it holds.
fn row(text: &str, query: &Query, lines: &[Line<'_>], head: usize) -> Option<Map<String, Value>> {
    let text = text.trim_end();
    let bare = text.trim_matches('"');
    let cells: Vec<&str> = if query.fields.len() == 1 {
        vec![bare]
    } else if text.contains('\t') {
        text.split('\t').collect()
    } else {
        text.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
    };
    let header = head.checked_sub(2).and_then(|at| lines.get(at));
    // A table may show the columns in another order than they were asked for.
    let order: Vec<usize> = header.map_or_else(Vec::new, |line| {
        let place =
            |word: &str| query.aliases.iter().position(|alias| alias.eq_ignore_ascii_case(word));
        line.text.split_whitespace().filter_map(place).collect()
    });
    let field = |column: usize| query.fields.get(order.get(column).copied().unwrap_or(column));
    if cells.len() != query.fields.len() {
        return None;
    }
    let members = cells.iter().enumerate().filter_map(|(column, cell)| {
        Some((field(column)?.clone(), Value::String((*cell).to_owned())))
    });
    let thing: Map<String, Value> = members.collect();
    let told = STATES.iter().find_map(|state| thing.get(*state)?.as_str())?;
    let word = !told.is_empty() && told.chars().all(|c| c.is_ascii_alphabetic());
    word.then_some(thing)
}
