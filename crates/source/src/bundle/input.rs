//! What the user names, and the names under which it is shown.

use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One thing the user hands over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A folder, an archive or a file.
    Path(PathBuf),
    /// Standard input: a text or an archive.
    Stdin,
    /// A text or an archive that is already in memory, as a file of that name.
    Bytes {
        /// Name under which it is shown; its ending may tell what it is, as that of a file.
        name: String,
        /// What it holds, undecoded.
        bytes: Arc<[u8]>,
    },
}

impl Input {
    /// Reads a command-line argument: `-` is standard input, everything else a path.
    pub fn from_argument(argument: impl AsRef<std::ffi::OsStr>) -> Self {
        if argument.as_ref() == "-" { Self::Stdin } else { Self::Path(argument.as_ref().into()) }
    }

    /// Returns the last `count` components of the path, `/`-separated.
    fn tail(&self, count: usize) -> String {
        let path = match self {
            Self::Stdin => return "stdin".to_owned(),
            Self::Bytes { name, .. } => Path::new(name),
            Self::Path(path) => path,
        };
        // A path such as `.` or `..` has no name of its own.
        let whole = match path.file_name() {
            Some(_) => path.to_owned(),
            None => path.canonicalize().unwrap_or_else(|_| path.to_owned()),
        };
        let parts = components(&whole);
        let skip = parts.len().saturating_sub(count);
        parts.into_iter().skip(skip).collect::<Vec<_>>().join("/")
    }
}

/// Returns the shown names of `inputs`: the last component of each path, and more of it where two inputs
/// would be called the same.
pub(super) fn names(inputs: &[Input]) -> Vec<String> {
    let mut names: Vec<String> = inputs.iter().map(|input| input.tail(1)).collect();
    for depth in 2..=8 {
        let before = names.clone();
        for (name, input) in names.iter_mut().zip(inputs) {
            if before.iter().filter(|other| *other == name).count() > 1 {
                *name = input.tail(depth);
            }
        }
    }
    names
}

/// Returns, for each input, the other input that holds it: the same path before it, or a folder around
/// it. What is given twice must count once.
pub(super) fn within(inputs: &[Input]) -> Vec<Option<usize>> {
    let real: Vec<Option<PathBuf>> = inputs
        .iter()
        .map(|input| match input {
            Input::Path(path) => path.canonicalize().ok(),
            Input::Stdin | Input::Bytes { .. } => None,
        })
        .collect();
    let holder = |(index, path): (usize, &Option<PathBuf>)| {
        let path = path.as_ref()?;
        real.iter().enumerate().position(|(other, outer)| {
            let same = outer.as_ref() == Some(path);
            let around = outer.as_ref().is_some_and(|outer| path.starts_with(outer));
            if same { other < index } else { around }
        })
    };
    real.iter().enumerate().map(holder).collect()
}

/// Returns the parts of a path that are names, as text.
pub(super) fn components(path: &Path) -> Vec<String> {
    let names = path.components().filter_map(|component| match component {
        std::path::Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::{Input, names};

    #[test]
    fn names_are_short_and_distinct() {
        let cases: &[(&[&str], &[&str])] = &[
            (&["/tmp/a/pods.txt"], &["pods.txt"]),
            (&["a/pods.txt", "b/pods.txt", "c/x"], &["a/pods.txt", "b/pods.txt", "x"]),
            (&["-", "out/"], &["stdin", "out"]),
        ];
        for (arguments, expected) in cases {
            let inputs: Vec<_> = arguments.iter().map(Input::from_argument).collect();
            assert_eq!(names(&inputs), *expected);
        }
    }
}
