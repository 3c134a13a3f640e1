//! Things of Azure as PowerShell lists them: `az … | ConvertFrom-Json`, `Get-AzKubernetesExtension | Format-List`.
//!
//! ```text
//! extensionType                  : microsoft.web.appservice
//! provisioningState              : Failed
//! ```

use serde_json::{Map, Value};

use super::{connected, extension};
use crate::context::Context;
use crate::emitter::Emitter;
use crate::text::Line;

/// Most lines of one list.
const LONGEST: usize = 200;

/// Returns the length of the list in front, if it is one of Azure's.
pub(super) fn length(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let (first, _) = pair(lines.first()?.text)?;
    let column = column(lines.first()?.text)?;
    let inside = |line: &&Line<'_>| {
        !line.is_blank() && (line.text.starts_with(' ') || self::column(line.text) == Some(column))
    };
    let length = lines.iter().take(LONGEST).take_while(inside).count();
    let thing = read(lines.get(..length)?);
    let known = kind(&thing).is_some() && !first.contains(' ');
    known.then_some(length)
}

/// States the thing.
pub(super) fn state(lines: &[Line<'_>], _context: &Context<'_>, out: &mut Emitter<'_>) {
    let thing = read(lines);
    match kind(&thing) {
        Some(Kind::Extension) => out.event(lines, extension::read(&thing)),
        Some(Kind::Connected) => out.event(lines, connected::read(&thing)),
        None => {}
    }
}

enum Kind {
    Extension,
    Connected,
}

fn kind(thing: &Map<String, Value>) -> Option<Kind> {
    let has = |key: &str| thing.contains_key(key);
    if has("extensionType") && has("provisioningState") {
        return Some(Kind::Extension);
    }
    (has("connectivityStatus") && has("agentVersion")).then_some(Kind::Connected)
}

/// Reads the pairs; what PowerShell shows of objects inside is left out.
fn read(lines: &[Line<'_>]) -> Map<String, Value> {
    let mut thing = Map::new();
    let mut last: Option<String> = None;
    for line in lines {
        if line.text.starts_with(' ') {
            let open = last.as_ref().and_then(|key| thing.get_mut(key));
            if let Some(Value::String(value)) = open {
                value.push_str(line.trimmed());
            }
        } else if let Some((key, value)) = pair(line.text) {
            last = Some(key.clone());
            let object = value.starts_with("@{") || value.starts_with('{');
            if !object && !value.is_empty() {
                thing.insert(key, Value::String(value.to_owned()));
            }
        }
    }
    thing
}

/// Reads `key : value`, the key with a small letter in front as the command line has it.
fn pair(text: &str) -> Option<(String, &str)> {
    let (key, value) = text.split_once(" :")?;
    let key = key.trim_end();
    let plain = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric());
    let mut letters = key.chars();
    let first = letters.next()?.to_ascii_lowercase();
    plain.then(|| (std::iter::once(first).chain(letters).collect(), value.trim()))
}

fn column(text: &str) -> Option<usize> {
    pair(text)?;
    text.find(" :")
}
