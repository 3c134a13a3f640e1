//! Flux configurations as the Azure service knows them: `az k8s-configuration flux show|list`.

use std::collections::BTreeMap;

use kubetriage_model::{Condition, Object};
use serde_json::{Map, Value};

use super::json::{member, text};

/// Reads the objects that a configuration made in the cluster, each with the conditions it reports.
pub(super) fn read(thing: &Map<String, Value>) -> Vec<Object> {
    let statuses = member(thing, "statuses").and_then(Value::as_array);
    statuses.into_iter().flatten().filter_map(Value::as_object).filter_map(object).collect()
}

fn object(status: &Map<String, Value>) -> Option<Object> {
    let conditions = member(status, "statusConditions").and_then(Value::as_array);
    let conditions: BTreeMap<String, Condition> = conditions
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .filter_map(|told| {
            let condition = Condition {
                status: text(told, "status"),
                reason: text(told, "reason"),
                message: text(told, "message"),
            };
            Some((text(told, "type")?, condition))
        })
        .collect();
    Some(Object {
        kind: text(status, "kind")?,
        namespace: text(status, "namespace"),
        name: text(status, "name")?,
        conditions,
        ..Object::default()
    })
}
