//! Bytes in: what the user hands over becomes artifacts of decoded text.
//!
//! The only library crate that touches the file system. It knows paths and bundle layouts, never formats.
#![expect(clippy::disallowed_methods, reason = "this is the crate that reads files")]

use std::path::{Path, PathBuf};

use kubetriage_model::Hint;

/// One readable thing of a bundle.
#[derive(Debug)]
pub struct Artifact {
    /// Path in the bundle and what it says.
    pub hint: Hint,
    path: PathBuf,
}

/// A newline-aligned piece of decoded text.
#[derive(Debug)]
pub struct Block {
    /// The text.
    pub text: String,
    /// Byte offset in the decoded text of the artifact.
    pub offset: u64,
    /// Number of the first line (1-based).
    pub first_line: u64,
}

/// Opens a file or folder.
pub fn open(input: &Path) -> Vec<Artifact> {
    walkdir::WalkDir::new(input)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| Artifact {
            hint: Hint {
                path: entry
                    .path()
                    .strip_prefix(input)
                    .ok()
                    .filter(|path| !path.as_os_str().is_empty())
                    .unwrap_or(entry.path())
                    .display()
                    .to_string(),
                ..Hint::default()
            },
            path: entry.into_path(),
        })
        .collect()
}

impl Artifact {
    /// Returns the blocks of the artifact.
    pub fn blocks(&self) -> Vec<Block> {
        let bytes = std::fs::read(&self.path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        vec![Block { text, offset: 0, first_line: 1 }]
    }
}
