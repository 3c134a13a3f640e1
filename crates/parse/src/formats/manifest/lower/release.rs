//! Releases of helm, as helm keeps them in Secrets `sh.helm.release.v1.<release>.v<revision>`.
//!
//! The value is base64 of base64 of gzip of JSON: what was installed, when and how it ended, beside the whole
//! chart and the values somebody set. Only the former is read. Where the value is masked or damaged, the labels
//! still tell release, revision and status.

use std::io::Read;

use flate2::read::GzDecoder;
use kubetriage_model::Helm;
use serde::Deserialize;

use crate::formats::helm::failure_of;
use crate::formats::manifest::schema::{Meta, Texts};

/// Most bytes that a release may unpack to; the API allows 1 MiB for the packed object.
const MOST: u64 = 64 << 20;
/// Type of such a Secret.
const TYPE: &str = "helm.sh/release.v1";

/// What is read of a release.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Release {
    name: Option<String>,
    namespace: Option<String>,
    version: Option<i64>,
    info: Info,
    chart: Chart,
}

/// `info`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Info {
    status: Option<String>,
    description: Option<String>,
    last_deployed: Option<String>,
}

/// `chart`: its name alone, not its files and values.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Chart {
    metadata: Option<ChartMeta>,
}

/// `chart.metadata`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ChartMeta {
    name: Option<String>,
    version: Option<String>,
    app_version: Option<String>,
}

/// Returns the release that a Secret of that name and type keeps.
pub(super) fn of(name: &str, r#type: Option<&str>, meta: &Meta, data: &Texts) -> Option<Helm> {
    let own = r#type == Some(TYPE) || name.starts_with("sh.helm.release.v1.");
    own.then_some(())?;
    let packed = data.get("release").and_then(Option::as_ref);
    let release = packed.and_then(|text| unpack(&text.0)).unwrap_or_default();
    let label = |key: &str| Some(meta.labels.as_ref()?.get(key)?.as_ref()?.0.clone());
    let Release { name: told, namespace, version, info, chart } = release;
    let of_name = || {
        let (release, revision) = name.strip_prefix("sh.helm.release.v1.")?.rsplit_once(".v")?;
        Some((release.to_owned(), revision.parse().ok()))
    };
    let (from_name, revision) = of_name().unzip();
    let chart = chart.metadata.unwrap_or_default();
    let described = info.description.filter(|text| !text.is_empty());
    Some(Helm {
        release: told.or_else(|| label("name")).or(from_name),
        namespace,
        revision: version.or_else(|| label("version")?.parse().ok()).or(revision.flatten()),
        status: info.status.or_else(|| label("status")),
        chart: chart.name.map(|name| match chart.version {
            Some(version) => format!("{name}-{version}"),
            None => name,
        }),
        app_version: chart.app_version,
        message: described.as_deref().and_then(failure_of),
        description: described,
        updated: info.last_deployed,
        ..Helm::default()
    })
}

/// Unpacks the value of the key `release`.
fn unpack(text: &str) -> Option<Release> {
    let inner = String::from_utf8(base64(text)?).ok()?;
    let bytes = base64(&inner)?;
    // Helm 2 and small releases are not packed.
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return serde_json::from_slice(&bytes).ok();
    }
    serde_json::from_reader(std::io::BufReader::new(GzDecoder::new(bytes.as_slice()).take(MOST)))
        .ok()
}

/// Decodes base64 (RFC 4648, standard alphabet); line breaks are skipped.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut bits = 0_u32;
    let mut held = 0;
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xFF).ok()?);
        }
    }
    Some(bytes)
}
