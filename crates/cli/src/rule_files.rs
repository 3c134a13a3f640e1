//! Own rules: reading the YAML files that the user names.

use std::fs;
use std::path::{Path, PathBuf};

use kubetriage::rules::RuleFile;
use miette::miette;

/// Reads rule files; a folder stands for all `.yaml` and `.yml` files below it, sorted by path.
///
/// # Errors
/// When a path cannot be read, or a folder holds no rule file at all.
pub(crate) fn read(paths: &[PathBuf]) -> miette::Result<Vec<RuleFile>> {
    let mut files = Vec::new();
    for path in paths {
        let mut found = find(path)?;
        if found.is_empty() {
            return Err(miette!(
                help = "rules are files whose names end in .yaml, such as image/not-found.yaml",
                "no rule files in {}",
                path.display()
            ));
        }
        found.sort();
        for file in found {
            files.push(read_file(&file)?);
        }
    }
    Ok(files)
}

/// Returns the rule files below a folder, or the path itself if it is none.
fn find(path: &Path) -> miette::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(&folder, &error))?;
            // The type of the entry itself: links to folders are not followed, so there are no circles.
            let kind = entry.file_type().map_err(|error| unreadable(&entry.path(), &error))?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if is_rule_file(&entry.path()) {
                files.push(entry.path());
            }
        }
    }
    Ok(files)
}

/// True for names that rule files have.
fn is_rule_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Reads one rule file under the name that messages will show.
fn read_file(path: &Path) -> miette::Result<RuleFile> {
    let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    let name = path.to_string_lossy().replace('\\', "/");
    Ok(RuleFile { name, text })
}

/// Returns the error of a path that cannot be read.
fn unreadable(path: &Path, error: &std::io::Error) -> miette::Report {
    miette!(
        help =
            "--rules takes a folder of rule files; check the path and that this user may read it",
        "cannot read {}: {error}",
        path.display()
    )
}
