//! What `kubectl get` prints under a template (`-o jsonpath=…`, `-o go-template=…`): the command tells what each word is.
//!
//! ```text
//! $ kubectl get pods -o jsonpath='{range .items[*]}{.metadata.name}{"\t"}{.status.containerStatuses[*].state.waiting.reason}{"\n"}{end}'
//! web-1   CrashLoopBackOff
//! ```
//!
//! Pods become a `pod` and, for what the template asks of their containers, a `container`; nodes a `node`, events a
//! `kube_event`. A single value needs an object that the command names.
//!
//! Columns that somebody chose (`-o custom-columns=…`) are read here where one shows what no table of the server has: how a
//! container ended, a condition. Other choices are left to the format of tables.
//!
//! Skipped, but counted as read: values of fields that no statement carries.

mod columns;
mod fields;
mod template;

use self::fields::state;
use self::template::{Piece, pieces};
use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::prim::kind::api_kind;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "kubectl_template", claim, parse };

/// Fields that hold others.
const WHOLE: &[&str] =
    &["containerStatuses", "initContainerStatuses", "state", "lastState", "conditions", "spec"];

/// A value and the path that selects it.
type Value<'t> = (String, &'t str);

/// Returns kind and pieces of the template that the command above asks for.
fn asked(context: &Context<'_>) -> Option<(&'static str, Vec<Piece>)> {
    let command = context.command.filter(|command| command.verb.starts_with("get"))?;
    let output = command.output.as_deref()?;
    let (_, template) = output
        .split_once('=')
        .filter(|(form, _)| matches!(*form, "jsonpath" | "go-template" | "template"))?;
    let kind = api_kind(command.resource.as_deref()?)?;
    let known = matches!(kind, "Pod" | "Node" | "Event");
    let pieces = pieces(template).filter(|_| known)?;
    // The value of such a field is JSON.
    let whole = |piece: &Piece| matches!(piece, Piece::Path(path) if path == "status" || WHOLE.iter().any(|end| path.ends_with(end)));
    if matches!(pieces.as_slice(), [one] if whole(one)) {
        return None;
    }
    let named = |piece: &Piece| matches!(piece, Piece::Path(path) if path.rsplit('.').next() == Some("name"));
    (command.name.is_some() || pieces.iter().any(named)).then_some((kind, pieces))
}

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    if let Some(chosen) = columns::chosen(context) {
        return chosen.length(lines);
    }
    let (_, pieces) = asked(context)?;
    let fits = |line: &&Line<'_>| values(line.text, &pieces).is_some();
    let count = lines.iter().take_while(fits).count();
    (count > 0).then_some(count)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    out.used(lines);
    if let Some(chosen) = columns::chosen(context) {
        for (line, values) in chosen.rows(lines) {
            for data in state(chosen.kind, &values, None, context.namespace()) {
                out.event(std::slice::from_ref(line), data);
            }
        }
        return;
    }
    let Some((kind, pieces)) = asked(context) else { return };
    let name = context.command.and_then(|command| command.name.as_deref());
    for line in lines {
        let values = values(line.text, &pieces).unwrap_or_default();
        for data in state(kind, &values, name, context.namespace()) {
            out.event(std::slice::from_ref(line), data);
        }
    }
}

/// Cuts a line at the texts that stand between the paths of the template.
fn values<'t>(line: &'t str, pieces: &[Piece]) -> Option<Vec<Value<'t>>> {
    let mut rest = line;
    let mut found = Vec::new();
    let mut open: Option<&str> = None;
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                let (value, behind) = rest.split_once(text.as_str())?;
                match open.take() {
                    Some(path) => found.push((path.to_owned(), value.trim())),
                    None if !value.trim().is_empty() => return None,
                    None => {}
                }
                rest = behind;
            }
            Piece::Path(path) => open = Some(path),
        }
    }
    if let Some(path) = open {
        found.push((path.to_owned(), rest.trim()));
    }
    let said = found.iter().any(|(_, value)| !value.is_empty() && !value.starts_with(['{', '[']));
    (said && !line.trim().is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::{pieces, values};

    #[test]
    fn lines_are_cut_at_the_texts_of_the_template() {
        let template = r#"{range .items[*]}{.metadata.name}: {.status.phase}{"\t"}{.spec.nodeName}{"\n"}{end}"#;
        let pieces = pieces(template).unwrap();
        let read = |line| {
            let values = values(line, &pieces)?;
            Some(
                values
                    .into_iter()
                    .map(|(path, value)| format!("{path}={value}"))
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(
            read("web-1: Failed\tnode-1"),
            Some(vec![
                "metadata.name=web-1".into(),
                "status.phase=Failed".into(),
                "spec.nodeName=node-1".into()
            ])
        );
        assert_eq!(read("error: something else"), None);
        assert_eq!(read(""), None);
    }
}
