//! The first pass: what is there to replace.

use std::sync::LazyLock;

use kubetriage_model::{Event, Value};
use regex::{Captures, Regex};

use crate::cleaner::Cleaner;
use crate::host;
use crate::known;
use crate::names::{Kind, Names, base};

/// Parts of resource ids of Azure that name something: group, and type with name.
static RESOURCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i-u)/resourcegroups/([a-z0-9._()-]+)|/providers?/[a-z0-9.]+/(?:([a-z]+)/([a-z0-9._-]+))(?:/[a-z]+/([a-z0-9._-]+))?",
    )
    .ok()
});

/// Images of a registry of Azure, which is somebody's.
static IMAGE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i-u)[a-z0-9-]+\.azurecr\.(?:io|cn|us)/([a-z0-9._/-]+)").ok());

/// Parts of paths of registries that name nothing.
const SERVICE_PATHS: &[&str] =
    &["oauth2", "token", "exchange", "manifests", "blobs", "tags", "catalog"];

/// Quoted values behind keys that name objects, as logs print them: `pod="shop/web-1"`, `"namespace":"shop"`.
static KEYED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?i-u)\b(pod|pod_?name|namespace|namespace_?name|deployment|statefulset|daemonset|replicaset|job|node|node_?name|cluster|cluster_?name|resource_?group)\\?"?\s?[=:]\s?\\?"([a-z0-9][a-z0-9._/-]*)\\?""#,
    )
    .ok()
});

/// Options of the Azure command line that name something.
static OPTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i-u)(?:^|\s)(?:--(resource-group|cluster-name|name|acr|registry|login-server|nodepool-name|attach-acr)|-(g))[ =]([a-z0-9._-]+)",
    )
    .ok()
});

/// Labels whose values name something of a customer.
const LABELS: &[&str] = &[
    "app",
    "name",
    "app.kubernetes.io/name",
    "app.kubernetes.io/instance",
    "app.kubernetes.io/part-of",
    "owner",
    "team",
    "project",
    "customer",
    "tenant",
    "k8s-app",
    "agentpool",
    "release",
];

/// Learns what to replace.
#[derive(Debug, Clone, Default)]
pub struct Learner {
    names: Names,
}

impl Learner {
    /// Keeps every word of `text`: what rules look for must not be taken for a name.
    pub fn keep(&mut self, text: &str) {
        self.names.words.keep(text);
    }

    /// Learns the names of what a statement is about; objects in namespaces of the platform keep theirs.
    pub fn event(&mut self, event: &Event) {
        let Value::Map(fields) = event.data.view() else { return };
        let text = |name: &str| field_of(&fields, name);
        let namespace = text("namespace").or_else(|| text("release_namespace"));
        let system = namespace.is_some_and(known::is_system);
        if let Some(namespace) = namespace {
            self.names.learn(namespace, Kind::Namespace);
        }
        let kind = event.data.kind();
        for (field, value) in &fields {
            self.field(kind, field, value, system);
        }
    }

    /// Learns from one field of a statement.
    fn field(&mut self, event: &str, field: &str, value: &Value<'_>, system: bool) {
        match (field, value) {
            ("node" | "host", Value::Text(text)) => self.node(text),
            ("name", Value::Text(text)) if event == "node" => self.node(text),
            ("resource_group" | "node_resource_group", Value::Text(text)) => {
                self.names.learn(text, Kind::Group);
            }
            ("cluster", Value::Text(text)) => {
                self.names.learn(text, Kind::Cluster);
            }
            ("name", Value::Text(text)) if event == "aks_cluster" => {
                self.names.learn(text, Kind::Cluster);
            }
            ("name", Value::Text(text)) if event == "registry" => {
                self.names.learn(text, Kind::Registry);
            }
            ("name", Value::Text(text)) if event == "extension" => {
                drop(self.names.learn(text, Kind::Other));
            }
            _ if system => self.platform(field, value),
            ("name" | "pod" | "container" | "service_account" | "release", Value::Text(text)) => {
                self.workload(text);
            }
            ("image", Value::Text(text)) => self.image(text),
            ("owner" | "object", Value::Map(parts)) => self.object(parts),
            ("image_pull_secrets", Value::List(items)) => {
                items.iter().filter_map(text_of).for_each(|name| self.workload(name));
            }
            ("labels", Value::Map(labels)) => {
                let named = labels.iter().filter(|(key, _)| LABELS.contains(key));
                for value in named.filter_map(|(_, value)| text_of(value)) {
                    self.names.learn(value, Kind::Workload);
                }
            }
            _ => {}
        }
    }

    /// Keeps the names of objects of the platform, also where a capture does not tell their namespace.
    fn platform(&mut self, field: &str, value: &Value<'_>) {
        match (field, value) {
            ("name" | "pod" | "container", Value::Text(text)) => self.names.words.stay(base(text)),
            ("owner" | "object", Value::Map(parts)) => {
                if let Some(name) = field_of(parts, "name") {
                    self.names.words.stay(base(name));
                }
            }
            _ => {}
        }
    }

    /// Learns the name of an object that a statement points to.
    fn object(&mut self, parts: &[(&str, Value<'_>)]) {
        let text = |wanted: &str| field_of(parts, wanted);
        match (text("kind"), text("name")) {
            (Some("Node"), Some(name)) => self.node(name),
            (Some("Namespace"), Some(name)) => drop(self.names.learn(name, Kind::Namespace)),
            (_, Some(name)) => self.workload(name),
            _ => {}
        }
    }

    /// Learns the name of a workload from that of one of its objects.
    fn workload(&mut self, name: &str) {
        self.names.learn(base(name), Kind::Workload);
    }

    /// Learns the name of a node. One that AKS made keeps its shape: `aks-pool-12345678-vmss000000`.
    fn node(&mut self, name: &str) {
        let name = name.split([',', ' ']).next_back().unwrap_or(name);
        let parts: Vec<&str> = name.split('-').collect();
        if let ["aks", pool @ .., number, machine] = parts.as_slice()
            && machine.starts_with("vmss")
            && number.len() == 8
            && number.chars().all(|c| c.is_ascii_digit())
        {
            let pool = pool.join("-");
            let pool = self.names.learn(&pool, Kind::Other).unwrap_or(pool);
            let group = self.names.learn(&format!("vmss-{number}"), Kind::Node);
            let group = group.unwrap_or_default().replace("node", "");
            self.names.learn_as(name, format!("aks-{pool}-{group:0>8}-{machine}"));
            let set = name.strip_suffix(machine).map(|set| format!("{set}vmss"));
            if let Some(set) = set {
                self.names.learn_as(&set, format!("aks-{pool}-{group:0>8}-vmss"));
            }
            return;
        }
        if name.contains('.') && host::stand_in(name, &mut self.names).is_some() {
            return;
        }
        self.names.learn(name, Kind::Node);
    }

    /// Learns registry and repository of an image, unless everybody can pull it.
    fn image(&mut self, image: &str) {
        let Some((registry, path)) =
            image.split_once('/').filter(|(registry, _)| registry.contains('.'))
        else {
            return;
        };
        let registry = registry.split(':').next().unwrap_or(registry).to_lowercase();
        let rented = known::RENTED.iter().any(|domain| known::is_below(&registry, domain));
        if known::is_known_host(&registry) && !rented {
            return;
        }
        host::stand_in(&registry, &mut self.names);
        let path = path.split(['@', ':']).next().unwrap_or(path);
        self.repository(path);
    }

    /// Learns the parts of the path of an image.
    fn repository(&mut self, path: &str) {
        for part in path.split('/').map(|part| part.trim_end_matches('.')) {
            if !SERVICE_PATHS.contains(&part) {
                self.names.learn(part, Kind::Workload);
            }
        }
    }

    /// Learns hosts, resource ids, images and options from a text.
    pub fn text(&mut self, text: &str) {
        each(&RESOURCE, text, |found| self.resource(found));
        each(&IMAGE, text, |found| self.repository(part(found, 1)));
        each(&OPTION, text, |found| self.option(found));
        each(&KEYED, text, |found| self.keyed(found));
        each(&host::DOTTED, text, |found| {
            host::stand_in(part(found, 0), &mut self.names);
        });
    }

    /// Learns from a part of a resource id: a group, or a type with its name.
    fn resource(&mut self, found: &Captures<'_>) {
        self.names.learn(part(found, 1), Kind::Group);
        let kind = match part(found, 2).to_lowercase().as_str() {
            "managedclusters" | "connectedclusters" => Kind::Cluster,
            "registries" => Kind::Registry,
            "roledefinitions" | "locations" => return,
            _ => Kind::Other,
        };
        self.names.learn(part(found, 3), kind);
        self.names.learn(part(found, 4), kind);
    }

    /// Learns from a quoted value behind a key.
    fn keyed(&mut self, found: &Captures<'_>) {
        let key = part(found, 1).to_lowercase().replace('_', "");
        let value = part(found, 2);
        match key.as_str() {
            "node" | "nodename" => self.node(value),
            "namespace" | "namespacename" => drop(self.names.learn(value, Kind::Namespace)),
            "cluster" | "clustername" => drop(self.names.learn(value, Kind::Cluster)),
            "resourcegroup" => drop(self.names.learn(value, Kind::Group)),
            _ => match value.split_once('/') {
                Some((namespace, name)) if known::is_system(namespace) => {
                    self.names.words.stay(base(name));
                }
                Some((namespace, name)) => {
                    self.names.learn(namespace, Kind::Namespace);
                    self.workload(name);
                }
                None => self.workload(value),
            },
        }
    }

    /// Learns from an option of the Azure command line.
    fn option(&mut self, found: &Captures<'_>) {
        let kind = match part(found, 1).to_lowercase().as_str() {
            "acr" | "registry" | "attach-acr" | "login-server" => Kind::Registry,
            "resource-group" | "" => Kind::Group,
            _ => Kind::Cluster,
        };
        self.names.learn(part(found, 3).split('.').next().unwrap_or_default(), kind);
    }

    /// Learns from a path in a bundle.
    pub fn path(&mut self, path: &str) {
        self.text(path);
    }

    /// Ends the first pass.
    pub fn finish(mut self) -> Cleaner {
        self.names.forget_what_stays();
        Cleaner::new(self.names)
    }
}

/// Calls `with` for every place of a pattern.
fn each(pattern: &LazyLock<Option<Regex>>, text: &str, with: impl FnMut(&Captures<'_>)) {
    if let Some(pattern) = &**pattern {
        let mut with = with;
        for found in pattern.captures_iter(text) {
            with(&found);
        }
    }
}

fn part<'t>(found: &Captures<'t>, index: usize) -> &'t str {
    found.get(index).map_or("", |part| part.as_str())
}

fn text_of<'v>(value: &Value<'v>) -> Option<&'v str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// Returns the text of one field of a record.
fn field_of<'v>(fields: &[(&str, Value<'v>)], wanted: &str) -> Option<&'v str> {
    fields.iter().find(|(field, _)| *field == wanted).and_then(|(_, value)| text_of(value))
}
