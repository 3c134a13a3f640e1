//! What the `ConfigMaps` of CoreDNS say: the same statements from every form of them.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use kubetriage_model::{CorednsHost, CorednsOverride, Data};

use super::corefile::{Corefile, Statement, is_plugin};
use crate::emitter::{Emitter, mark};
use crate::text::Line;

/// Most entries of one value that are stated.
const MOST_ENTRIES: usize = 200;
/// Properties of the plugin hosts: every other line of its block is an entry.
const PROPERTIES: &[&str] = &["fallthrough", "no_reverse", "reload", "ttl"];

/// A `ConfigMap` and where it stands.
pub(crate) struct Source<'s> {
    pub(crate) namespace: Option<&'s str>,
    pub(crate) name: &'s str,
    pub(crate) data: &'s BTreeMap<String, String>,
    /// Keys whose values are maps or lists where the API takes text only.
    pub(crate) nested: &'s [String],
    /// Lines of the object, counted already.
    pub(crate) lines: &'s [Line<'s>],
    pub(crate) repaired: bool,
}

/// States what the values of a `ConfigMap` say to CoreDNS; nothing for a map of another program.
pub(crate) fn state(source: &Source<'_>, out: &mut Emitter<'_>) {
    let by_name = source.name.to_ascii_lowercase().contains("coredns");
    let reads = |key: &str| by_name || key.ends_with(".override") || key.ends_with(".server");
    for key in source.nested.iter().filter(|key| reads(key)) {
        let place = place(source.lines, key);
        let marks = place.first().map(|line| mark("key", line)).into_iter().collect();
        out.part(place, marks, source.repaired, Data::from(nested(source, key)));
    }
    for (key, text) in source.data.iter().filter(|(key, _)| reads(key)) {
        let read = Corefile::read(text);
        if read.statements.is_empty() {
            continue;
        }
        let place = place(source.lines, key);
        let mut stated = statement(source, key, text, &read);
        let entries = entries(source, key, stated.loaded, &read);
        let pair = |entry: &CorednsHost| {
            format!("{} {}", entry.address, entry.name.as_deref().unwrap_or_default())
        };
        stated.entries = entries.iter().map(pair).collect();
        let marks = place.first().map(|line| mark("key", line)).into_iter().collect();
        out.part(place, marks, source.repaired, Data::from(stated));
        for entry in entries {
            let line = line_of(place, &entry);
            let lines = line.map_or(place, std::slice::from_ref);
            let marks = line.map(|line| mark("address", line)).into_iter().collect();
            out.part(lines, marks, source.repaired, Data::from(entry));
        }
    }
}

/// Returns the lines from the one that has the key.
fn place<'l>(lines: &'l [Line<'l>], key: &str) -> &'l [Line<'l>] {
    let has = |line: &&Line<'_>| {
        let text = line.trimmed().trim_start_matches(['"', '\'', '?', ' ']);
        text.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(':'))
    };
    let at = lines.iter().position(|line| has(&line));
    at.and_then(|at| lines.get(at..)).unwrap_or(lines)
}

fn line_of<'l>(lines: &'l [Line<'l>], entry: &CorednsHost) -> Option<&'l Line<'l>> {
    let name = entry.name.as_deref().unwrap_or_default();
    let names =
        |text: &str| text.contains(&entry.address) && text.to_ascii_lowercase().contains(name);
    lines.iter().take(2_000).find(|line| names(line.text))
}

fn form(name: &str, key: &str) -> &'static str {
    if key.ends_with(".override") {
        "override"
    } else if key.ends_with(".server") {
        "server"
    } else if key == "Corefile" && name == "coredns" {
        "corefile"
    } else {
        "other"
    }
}

fn loaded(source: &Source<'_>, form: &str) -> bool {
    let here = source.namespace.is_none_or(|namespace| namespace == "kube-system");
    here && match form {
        "corefile" => true,
        "other" => false,
        _ => source.name == "coredns-custom",
    }
}

/// True for a line that opens a block, says something in it and closes it: the lines of a block that YAML has
/// folded into one, or that were written so.
fn is_folded(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or_default().trim();
    let inside = line.strip_suffix('}').and_then(|front| front.split_once(" { "));
    inside.is_some_and(|(_, inside)| !inside.trim().is_empty())
}

/// The statement about a value that is no text: nothing loads it, as the API refuses the object.
fn nested(source: &Source<'_>, key: &str) -> CorednsOverride {
    CorednsOverride {
        namespace: source.namespace.map(str::to_owned),
        config_map: source.name.to_owned(),
        key: key.to_owned(),
        form: form(source.name, key).to_owned(),
        nested: Some(true),
        ..CorednsOverride::default()
    }
}

fn statement(source: &Source<'_>, key: &str, text: &str, read: &Corefile<'_>) -> CorednsOverride {
    let form = form(source.name, key);
    let outer = || read.statements.iter().filter(|statement| statement.depth == 0);
    let zones = outer().filter(|statement| statement.opens && !statement.is_plugin());
    let inner = read.statements.iter().filter(|statement| statement.depth == 1);
    let mut stated = CorednsOverride {
        namespace: source.namespace.map(str::to_owned),
        config_map: source.name.to_owned(),
        key: key.to_owned(),
        form: form.to_owned(),
        loaded: Some(loaded(source, form)),
        directives: outer().filter(|s| s.is_plugin()).map(Statement::text).collect(),
        server_blocks: zones.flat_map(|s| s.words.iter().map(|zone| (*zone).to_owned())).collect(),
        block_directives: inner.filter(|s| s.is_plugin()).map(Statement::text).collect(),
        repeated: read.repeated().into_iter().map(str::to_owned).collect(),
        shared: shared(source, key, form, read),
        swallowed: swallowed(read),
        folded: Some(text.lines().any(is_folded)),
        brace_on_own_line: Some(read.brace_on_own_line),
        open_braces: Some(read.open_braces),
        ..CorednsOverride::default()
    };
    hosts(read, text, &mut stated);
    stated
}

/// Plugins of this override that another override of the map has too.
fn shared(source: &Source<'_>, key: &str, form: &str, read: &Corefile<'_>) -> Vec<String> {
    if form != "override" {
        return Vec::new();
    }
    let others =
        source.data.iter().filter(|(other, _)| *other != key && other.ends_with(".override"));
    let others: Vec<_> = others.map(|(_, text)| Corefile::read(text)).collect();
    let elsewhere: BTreeSet<&str> = others.iter().flat_map(plugins).collect();
    let own: BTreeSet<&str> = plugins(read).collect();
    own.intersection(&elsewhere).map(|plugin| (*plugin).to_owned()).collect()
}

fn plugins<'c>(read: &'c Corefile<'_>) -> impl Iterator<Item = &'c str> {
    let outer = read.statements.iter().filter(|statement| statement.depth == 0);
    outer.map(Statement::name).filter(|name| is_plugin(name))
}

/// Plugins that a directive which opens a block takes for its arguments.
fn swallowed(read: &Corefile<'_>) -> Vec<String> {
    let opening = read.statements.iter().filter(|s| s.opens && s.is_plugin());
    let last = opening.filter_map(|statement| statement.arguments().last());
    last.filter(|word| is_plugin(word)).map(|word| (*word).to_owned()).collect()
}

/// Adds what the blocks of the plugin hosts say.
fn hosts(read: &Corefile<'_>, text: &str, stated: &mut CorednsOverride) {
    let blocks: Vec<_> = read.hosts().map(|at| read.block(at)).collect();
    stated.hosts = Some(!blocks.is_empty());
    if blocks.is_empty() {
        return;
    }
    let one_line = |block: &&[Statement<'_>]| block.first().is_some_and(|first| first.one_line);
    stated.one_line = Some(blocks.iter().any(one_line));
    let falls = |s: &&Statement<'_>| s.name() == "fallthrough";
    let inside = || blocks.iter().map(|block| block.get(1..).unwrap_or_default());
    // Without all blocks falling through, one of them keeps the names.
    stated.fallthrough = Some(inside().all(|block| block.iter().any(|s| falls(&s))));
    stated.fallthrough_zones = inside()
        .flat_map(|block| block.iter().filter(falls))
        .flat_map(|s| s.arguments().iter().map(|zone| (*zone).to_owned()))
        .collect();
    let of_entry = |s: &Statement<'_>| !falls(&s) && s.arguments().contains(&"fallthrough");
    stated.fallthrough_on_entry = Some(inside().flatten().any(of_entry));
    let late = |block: &[Statement<'_>]| {
        let behind = block.iter().skip_while(|s| !falls(s)).skip(1);
        behind.into_iter().any(|s| !PROPERTIES.contains(&s.name()))
    };
    stated.entry_after_fallthrough = Some(inside().any(late));
    // A first argument with a path or a dot at its start is a file; what follows are zones.
    let zones =
        blocks.iter().filter_map(|block| block.first()).flat_map(|s| s.arguments().iter().skip(1));
    stated.hosts_zones = zones.map(|zone| (*zone).to_owned()).collect();
    if !text.trim_end().contains('\n') && text.contains("\\n") {
        stated.one_line = Some(true);
    }
}

fn entries(
    source: &Source<'_>,
    key: &str,
    loaded: Option<bool>,
    read: &Corefile<'_>,
) -> Vec<CorednsHost> {
    let lines = read.hosts().flat_map(|at| read.block(at).get(1..).unwrap_or_default());
    let entries = lines.filter(|line| !PROPERTIES.contains(&line.name()));
    let named = entries.flat_map(|line| {
        let names = line.arguments().iter().filter(|name| !matches!(**name, "fallthrough" | "}"));
        names.map(|name| (line.name(), *name))
    });
    named
        .take(MOST_ENTRIES)
        .map(|(address, name)| CorednsHost {
            namespace: source.namespace.map(str::to_owned),
            config_map: source.name.to_owned(),
            key: key.to_owned(),
            loaded,
            address: address.to_owned(),
            is_address: Some(address.parse::<IpAddr>().is_ok()),
            name: Some(name.trim_end_matches('.').to_ascii_lowercase()),
        })
        .collect()
}
