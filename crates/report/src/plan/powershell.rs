//! A plan as a PowerShell script.

use std::io;

use kubetriage_model::Plan;

use super::{FOLDER, Piece, comment, headline, pieces, variables};

/// Writes a script for PowerShell 5.1 and later that does what [`plan_sh`](super::plan_sh) does.
///
/// # Errors
/// Those of `out`.
pub fn plan_powershell(plan: &Plan, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "# {}. They change nothing.", headline(plan))?;
    writeln!(
        out,
        "# Run it where kubectl and az are signed in; then: kubetriage analyze {FOLDER}"
    )?;
    for name in variables(plan) {
        writeln!(out, "# Set $env:{name} before: the bundle does not tell it.")?;
    }
    write!(
        out,
        r#"param([string]$Folder = '{FOLDER}')
New-Item -ItemType Directory -Force -Path $Folder | Out-Null

# Capture FILE, WORDS: keeps what the command prints, errors too
function Capture([string]$File, [string[]]$Words) {{
    if ($Words -contains '') {{
        Write-Warning "left out, a value is missing: $Words"
        return
    }}
    Write-Host ($Words -join ' ')
    $rest = @($Words | Select-Object -Skip 1)
    $lines = @('$ ' + ($Words -join ' '))
    try {{ $lines += @(& $Words[0] @rest 2>&1 | ForEach-Object {{ "$_" }}) }}
    catch {{ $lines += "$_" }}
    $lines | Out-File -FilePath (Join-Path $Folder $File) -Encoding utf8
}}

"#
    )?;
    for capture in &plan.captures {
        writeln!(out, "# {}", comment(&capture.questions.join(", ")))?;
        let words: Vec<_> = capture.words.iter().map(|word| quoted(word)).collect();
        writeln!(out, "Capture '{}' @({})", capture.file, words.join(", "))?;
    }
    Ok(())
}

/// Returns a word as an expression of PowerShell.
fn quoted(word: &str) -> String {
    let part = |piece: Piece<'_>| match piece {
        Piece::Variable(name) => format!("[string]$env:{name}"),
        // PowerShell takes typographic quotes for quotes too; doubled they stand for themselves.
        Piece::Text(text) => {
            let mut quoted = String::from("'");
            for letter in text.chars() {
                if "'\u{2018}\u{2019}\u{201a}\u{201b}".contains(letter) {
                    quoted.push(letter);
                }
                quoted.push(letter);
            }
            quoted.push('\'');
            quoted
        }
    };
    let parts: Vec<_> = pieces(word).into_iter().map(part).collect();
    match parts.as_slice() {
        [one] => one.clone(),
        parts => format!("({})", parts.join(" + ")),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn every_word_means_itself() {
        let cases = [
            ("get", "'get'"),
            ("it's", "'it''s'"),
            ("$(reboot)", "'$(reboot)'"),
            ("a\u{2019}b", "'a\u{2019}\u{2019}b'"),
            ("<cluster>", "[string]$env:KT_CLUSTER"),
            ("a=<b>", "('a=' + [string]$env:KT_B)"),
        ];
        for (word, expected) in cases {
            assert_eq!(quoted(word), expected);
        }
    }
}
