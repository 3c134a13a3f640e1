//! Tables of `az … -o table`: a header, a ruler, rows; the ruler tells where the cells are.

use kubetriage_model::{AksCluster, Extension, Registry, RoleAssignment};

use super::asked::Asked;
use super::role;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::text::Line;

/// The tables that are read, by the cells of their header.
const KNOWN: &[&[&str]] = &[
    &["Principal", "Role", "Scope"],
    &["Name", "ExtensionType", "ProvisioningState"],
    &["Name", "Location", "ResourceGroup", "KubernetesVersion"],
    &["NAME", "RESOURCE GROUP", "LOCATION", "SKU", "LOGIN SERVER"],
];

/// Returns the length of the table in front.
pub(super) fn length(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let header = lines.first()?.text;
    let line = lines.get(1)?.text;
    let ruled = line.starts_with("--") && line.chars().all(|c| c == '-' || c == ' ');
    if !ruled || kind(&cells(header, &columns(line))).is_none() {
        return None;
    }
    Some(2 + lines.iter().skip(2).take_while(|line| !line.is_blank()).count())
}

fn kind(header: &[&str]) -> Option<usize> {
    // What a client lists, and in which order, changes with its version.
    KNOWN.iter().position(|names| names.iter().all(|name| header.contains(name)))
}

/// Returns where the cells start, in characters, from the ruler.
fn columns(ruler: &str) -> Vec<usize> {
    let mut columns = Vec::new();
    let mut before = ' ';
    for (at, c) in ruler.chars().enumerate() {
        if c == '-' && before == ' ' {
            columns.push(at);
        }
        before = c;
    }
    columns
}

/// Cuts a row at the columns of the ruler.
fn cells<'t>(row: &'t str, columns: &[usize]) -> Vec<&'t str> {
    let starts: Vec<usize> = row.char_indices().map(|(at, _)| at).collect();
    let byte = |column: usize| starts.get(column).copied().unwrap_or(row.len());
    let ends = columns.iter().skip(1).copied().map(byte).chain([row.len()]);
    columns
        .iter()
        .zip(ends)
        .map(|(from, to)| row.get(byte(*from)..to).unwrap_or_default().trim())
        .collect()
}

/// Returns the extension of a row; the command tells on which cluster it is.
fn extension(cell: &dyn Fn(&str) -> Option<String>, asked: &Asked) -> Extension {
    Extension {
        name: cell("Name"),
        extension_type: cell("ExtensionType").map(|kind| kind.to_lowercase()),
        version: cell("Version"),
        provisioning_state: cell("ProvisioningState"),
        modified: cell("LastModifiedAt"),
        cluster: asked.cluster.clone(),
        resource_group: asked.resource_group.clone(),
        ..Extension::default()
    }
}

/// States each row.
pub(super) fn state(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let [header, ruler, rows @ ..] = lines else { return };
    let columns = columns(ruler.text);
    let names = cells(header.text, &columns);
    let Some(kind) = kind(&names) else { return };
    if kind == 0 {
        role::cover(lines, rows.iter().map(|line| line.text), context, out);
    }
    let asked = Asked::of(context.command);
    for line in rows {
        let row = cells(line.text, &columns);
        let cell = |name: &str| {
            let at = names.iter().position(|known| known.eq_ignore_ascii_case(name))?;
            row.get(at).filter(|cell| !cell.is_empty()).map(|cell| (*cell).to_owned())
        };
        let own = std::slice::from_ref(line);
        match kind {
            0 => out.event(
                own,
                RoleAssignment {
                    principal: cell("Principal"),
                    role: cell("Role"),
                    scope: cell("Scope"),
                    ..RoleAssignment::default()
                },
            ),
            1 => out.event(own, extension(&cell, &asked)),
            2 => out.event(
                own,
                AksCluster {
                    name: cell("Name"),
                    location: cell("Location"),
                    resource_group: cell("ResourceGroup"),
                    version: cell("CurrentKubernetesVersion").or_else(|| cell("KubernetesVersion")),
                    provisioning_state: cell("ProvisioningState"),
                    fqdn: cell("Fqdn"),
                    ..AksCluster::default()
                },
            ),
            _ => out.event(
                own,
                Registry {
                    name: cell("NAME"),
                    resource_group: cell("RESOURCE GROUP"),
                    location: cell("LOCATION"),
                    sku: cell("SKU"),
                    login_server: cell("LOGIN SERVER"),
                    ..Registry::default()
                },
            ),
        }
    }
}
