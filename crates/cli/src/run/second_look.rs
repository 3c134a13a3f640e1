//! Suppression files and baselines: what is tolerated and what is known.

use std::fs;
use std::path::Path;

use kubetriage::Report;
use kubetriage::review::{Snapshot, Suppressions, apply_baseline};
use miette::miette;

use crate::second_look_args::SecondLookArgs;

/// Takes tolerated findings out of the report, and marks those that the baseline knows.
pub(super) fn apply(
    args: &SecondLookArgs,
    now: Option<&str>,
    report: &mut Report,
) -> miette::Result<()> {
    let mut suppressions = Suppressions::default();
    for path in &args.suppress {
        let text = read(path)?;
        suppressions.add(&path.to_string_lossy(), &text).map_err(|error| {
            miette!(
                help = "an entry is `- {{rule: image/not-found, reason: why it is tolerated}}`; subject, keys, artifact and until may stand beside",
                "{error}"
            )
        })?;
    }
    suppressions.apply(report, now);
    if let Some(path) = &args.baseline {
        let name = path.to_string_lossy();
        let earlier = Snapshot::from_json(&name, &read(path)?).map_err(|error| {
            miette!(help = "a baseline is what `kubetriage analyze --format json` wrote", "{error}")
        })?;
        apply_baseline(report, &earlier, &name);
    }
    Ok(())
}

/// Reads a file that the user names.
pub(super) fn read(path: &Path) -> miette::Result<String> {
    fs::read_to_string(path).map_err(|error| miette!("cannot read {}: {error}", path.display()))
}
