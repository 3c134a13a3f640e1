//! Columns that somebody chose (`-o custom-columns=NAME:.metadata.name,…`): the command tells what each one holds.

use kubetriage_model::Command;

use super::header::{Column, Header};

/// Paths of the API that have a column of their own in the tables of the server.
const PATHS: &[(&str, &str)] = &[
    ("metadata.namespace", "NAMESPACE"),
    ("metadata.name", "NAME"),
    ("metadata.labels", "LABELS"),
    ("spec.nodeName", "NODE"),
    ("status.phase", "PHASE"),
    ("status.podIP", "IP"),
    ("status.reason", "REASON"),
    ("status.message", "MESSAGE"),
    ("status.containerStatuses.restartCount", "RESTARTS"),
    ("status.containerStatuses.state.waiting.reason", "STATUS"),
    ("status.nodeInfo.kubeletVersion", "VERSION"),
    ("spec.replicas", "DESIRED"),
    ("status.readyReplicas", "READY"),
    ("status.availableReplicas", "AVAILABLE"),
    ("status.updatedReplicas", "UP-TO-DATE"),
    ("spec.containers.image", "IMAGES"),
    ("spec.template.spec.containers.image", "IMAGES"),
    ("involvedObject.kind", "KIND"),
    ("involvedObject.name", "NAME"),
    ("regarding.kind", "KIND"),
    ("regarding.name", "NAME"),
    ("type", "TYPE"),
    ("reason", "REASON"),
    ("message", "MESSAGE"),
    ("note", "MESSAGE"),
    ("count", "COUNT"),
    ("lastTimestamp", "LAST SEEN"),
    ("firstTimestamp", "FIRST SEEN"),
];

/// Returns the header in `text` under the names that the tables of the server have, if `command` chose it.
pub(super) fn header(text: &str, command: &Command) -> Option<Header> {
    let chosen = command.output.as_deref()?.strip_prefix("custom-columns=")?;
    let chosen: Vec<(&str, &str)> =
        chosen.split(',').filter_map(|column| column.split_once(':')).collect();
    let mut columns = Vec::with_capacity(chosen.len());
    let mut from = 0;
    for (name, path) in chosen {
        let at = from + text.get(from..)?.find(name)?;
        text.get(from..at)?.trim().is_empty().then_some(())?;
        from = at + name.len();
        let start = text.get(..at)?.chars().count();
        columns.push(Column { name: known(path).unwrap_or(name).to_ascii_uppercase(), start });
    }
    text.get(from..)?.trim().is_empty().then_some(())?;
    // An event has a name of its own beside that of its object.
    let own = columns.iter().filter(|column| column.name == "NAME").count();
    if own > 1
        && let Some(first) = columns.iter_mut().find(|column| column.name == "NAME")
    {
        "EVENT NAME".clone_into(&mut first.name);
    }
    columns.iter().any(|column| column.name == "NAME").then_some(Header { columns, aligned: true })
}

/// Returns the column of the server that holds what `path` selects.
fn known(path: &str) -> Option<&'static str> {
    let mut plain = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.trim_matches(['{', '}', '.', ' ', '\'', '"']).chars() {
        inside |= c == '[';
        if !inside {
            plain.push(c);
        }
        inside &= c != ']';
    }
    PATHS.iter().find(|(known, _)| *known == plain).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_names_the_columns() {
        let command =
            |output: &str| Command { output: Some(output.to_owned()), ..Command::default() };
        let pods = "custom-columns=NS:.metadata.namespace,POD:.metadata.name,\
                    WHY:.status.containerStatuses[*].state.waiting.reason,X:.spec.priority";
        let read = header("NS     POD     WHY    X", &command(pods)).unwrap();
        let names: Vec<_> = read.columns.iter().map(|c| (c.name.as_str(), c.start)).collect();
        assert_eq!(names, [("NAMESPACE", 0), ("NAME", 7), ("STATUS", 15), ("X", 22)]);
        assert!(header("NS   NAME   WHY   X", &command(pods)).is_none());
        assert!(header("NAME   READY", &command("wide")).is_none());
    }
}
