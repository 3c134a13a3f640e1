//! Cluster extensions.

use std::collections::BTreeMap;

use kubetriage_model::{Extension, ExtensionStatus};
use serde_json::{Map, Value};

use super::envelope::innermost;
use super::json::{as_text, deep, flag, member, text};
use super::part_of_id;

/// Reads `az k8s-extension show`, an element of `list`, or the body on the wire.
pub(super) fn read(thing: &Map<String, Value>) -> Extension {
    let id = text(thing, "id");
    let of_id = |kind: &str| id.as_deref().and_then(|id| part_of_id(id, kind));
    let managed = of_id("managedClusters");
    let connected = of_id("connectedClusters");
    let kind = if managed.is_some() { "managedClusters" } else { "connectedClusters" };
    let statuses: Vec<ExtensionStatus> = member(thing, "statuses")
        .and_then(Value::as_array)
        .map(|list| list.iter().filter_map(Value::as_object).map(status).collect())
        .unwrap_or_default();
    let provisioning_state = text(thing, "provisioningState");
    let (code, message) = failure(thing, &statuses, provisioning_state.as_deref());
    Extension {
        name: text(thing, "name"),
        cluster_type: managed.as_ref().or(connected.as_ref()).map(|_| kind.to_owned()),
        cluster: managed.or(connected),
        resource_group: text(thing, "resourceGroup").or_else(|| of_id("resourceGroups")),
        extension_type: text(thing, "extensionType").map(|kind| kind.to_lowercase()),
        version: text(thing, "version"),
        current_version: text(thing, "currentVersion"),
        release_train: text(thing, "releaseTrain"),
        auto_upgrade: flag(thing, "autoUpgradeMinorVersion"),
        system: flag(thing, "isSystemExtension"),
        provisioning_state,
        statuses,
        inner: message.as_deref().and_then(innermost),
        code,
        message,
        release_namespace: deep(thing, "scope", &["cluster", "releaseNamespace"])
            .or_else(|| deep(thing, "scope", &["namespace", "targetNamespace"])),
        settings: settings(thing),
        created: deep(thing, "systemData", &["createdAt"]),
        modified: deep(thing, "systemData", &["lastModifiedAt"]),
        id,
    }
}

fn status(status: &Map<String, Value>) -> ExtensionStatus {
    ExtensionStatus {
        code: text(status, "code"),
        display: text(status, "displayStatus"),
        level: text(status, "level"),
        message: text(status, "message"),
        time: text(status, "time"),
    }
}

/// Returns code and message of the failure: of the error information, else of the first status that is one.
fn failure(
    thing: &Map<String, Value>,
    statuses: &[ExtensionStatus],
    state: Option<&str>,
) -> (Option<String>, Option<String>) {
    if let Some(error) = member(thing, "errorInfo").and_then(Value::as_object)
        && let Some(message) = text(error, "message")
    {
        return (text(error, "code"), Some(message));
    }
    let failed = state.is_some_and(|state| state.eq_ignore_ascii_case("failed"));
    let is_failure = |status: &&ExtensionStatus| {
        let named = status
            .code
            .as_deref()
            .is_some_and(|code| code.contains("Failed") || code.contains("Error"));
        named || status.level.as_deref() == Some("Error") || (failed && status.message.is_some())
    };
    match statuses.iter().find(is_failure) {
        Some(status) => (status.code.clone(), status.message.clone()),
        None => (None, None),
    }
}

fn settings(thing: &Map<String, Value>) -> BTreeMap<String, String> {
    member(thing, "configurationSettings")
        .and_then(Value::as_object)
        .map(|settings| {
            settings
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), as_text(value)?)))
                .collect()
        })
        .unwrap_or_default()
}
