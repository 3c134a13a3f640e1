//! A plan as a POSIX shell script.

use std::io;

use kubetriage_model::Plan;

use super::{FOLDER, Piece, comment, headline, pieces, variables};

/// Writes a script for `sh` that runs the commands and puts the output of each into a file of a folder.
///
/// Every word is quoted, so that nothing in a name is run. What the bundle does not tell is asked for as an
/// environment variable; a command that lacks it is left out. Each file begins with the command behind a
/// prompt, as a transcript does, so that its reader knows what it holds.
///
/// # Errors
/// Those of `out`.
pub fn plan_sh(plan: &Plan, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "#!/bin/sh")?;
    writeln!(out, "# {}. They change nothing.", headline(plan))?;
    writeln!(
        out,
        "# Run it where kubectl and az are signed in; then: kubetriage analyze {FOLDER}"
    )?;
    for name in variables(plan) {
        writeln!(out, "# Set {name} before: the bundle does not tell it.")?;
    }
    write!(
        out,
        r#"set -u
folder=${{1:-{FOLDER}}}
mkdir -p -- "$folder" || exit 1

# capture FILE COMMAND...: keeps what the command prints, errors too
capture() {{
    file=$1
    shift
    for word in "$@"; do
        [ -n "$word" ] || {{ printf 'left out, a value is missing: %s\n' "$*" >&2; return; }}
    done
    printf '%s\n' "$*" >&2
    {{ printf '$ %s\n' "$*"; "$@" </dev/null; }} >"$folder/$file" 2>&1 ||
        echo "  it failed; what it said is in $folder/$file" >&2
}}

"#
    )?;
    for capture in &plan.captures {
        writeln!(out, "# {}", comment(&capture.questions.join(", ")))?;
        let words: Vec<_> = capture.words.iter().map(|word| quoted(word)).collect();
        writeln!(out, "capture {} {}", capture.file, words.join(" "))?;
    }
    Ok(())
}

/// Returns a word for `sh`, quoted unless it is plain.
fn quoted(word: &str) -> String {
    let mut text = String::new();
    for piece in pieces(word) {
        match piece {
            Piece::Variable(name) => {
                // An empty word tells `capture` that a value is missing.
                text.push_str("\"${");
                text.push_str(&name);
                text.push_str(":-}\"");
            }
            Piece::Text(plain) if is_plain(plain) => text.push_str(plain),
            Piece::Text(other) => {
                text.push('\'');
                text.push_str(&other.replace('\'', "'\\''"));
                text.push('\'');
            }
        }
    }
    text
}

/// True for text that means itself to every shell.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,=".contains(c);
    !text.is_empty() && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn every_word_means_itself() {
        let cases = [
            ("get", "get"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("$(reboot)", "'$(reboot)'"),
            ("`id`;|&", "'`id`;|&'"),
            ("", "''"),
            ("~root", "'~root'"),
            ("<cluster>", "\"${KT_CLUSTER:-}\""),
            ("a=<b>", "a=\"${KT_B:-}\""),
        ];
        for (word, expected) in cases {
            assert_eq!(quoted(word), expected);
        }
    }
}
