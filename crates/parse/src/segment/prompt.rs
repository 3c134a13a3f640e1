//! Prompts: what a shell prints in front of the command a user typed.
//!
//! A prompt is recognised by its shape. Shapes that only a shell prints (`PS D:\>`, `user@host:~$`) may
//! stand in front of anything or nothing; a lone symbol (`$ `, `# `, `> `) only counts in front of a
//! program that is known.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, one_of, satisfy};
use nom::combinator::{opt, recognize, rest, verify};
use nom::multi::many0_count;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use super::command;

/// Longest line that is asked for a prompt; prompts are short, log lines need not be.
const LONGEST: usize = 4096;

/// Returns what was typed behind the prompt of `line` (empty for a bare prompt), `None` without prompt.
pub(super) fn typed(line: &str) -> Option<&str> {
    let line = line.trim_end();
    if line.len() > LONGEST || !may_start(line) {
        return None;
    }
    let line = line.trim_start_matches(['╰', '└', '─', '│']);
    if let Ok((_, typed)) = shell(line) {
        return Some(typed.trim());
    }
    symbol(line).or_else(|| fancy(line))
}

/// Returns false for the first bytes of lines that are never prompts: what keeps big texts fast.
fn may_start(line: &str) -> bool {
    match line.as_bytes() {
        [b'$' | b'#' | b'>' | b'%' | b'+' | b'-' | b'~' | b'/' | b'[' | b'(' | 0x80.., ..] => true,
        [first, ..] if first.is_ascii_alphanumeric() || *first == b'_' => {
            let head = line.as_bytes().get(..line.len().min(160)).unwrap_or_default();
            memchr::memchr3(b'$', b'#', b'>', head).is_some()
                || memchr::memchr(b'%', head).is_some()
        }
        _ => false,
    }
}

/// shell = powershell | cmd | bracketed | at-host | versioned | path
fn shell(line: &str) -> IResult<&str, &str> {
    let (line, _) = many0_count(environment).parse(line)?;
    alt((powershell, cmd, bracketed, at_host, versioned, path)).parse(line)
}

/// environment = "(" text ")" " "?        (`(venv) `, `(⎈|ctx:ns) `, `(main) `)
fn environment(line: &str) -> IResult<&str, &str> {
    let inside = verify(take_while1(|c| c != ')'), |text: &str| text.len() < 80);
    let (line, inside) = delimited(char('('), inside, char(')')).parse(line)?;
    let (line, _) = take_while(|c| c == ' ').parse(line)?;
    Ok((line, inside))
}

/// powershell = "\[PS\]"? "PS " path ">" " "? typed
fn powershell(line: &str) -> IResult<&str, &str> {
    let (line, _) = opt(tag("[PS] ")).parse(line)?;
    let (line, _) = alt((recognize((tag("PS "), place)), tag("PS"))).parse(line)?;
    preceded(char('>'), end).parse(line)
}

/// place = drive ":" path | "/" path | "~" path, without ">" and sentence punctuation
fn place(line: &str) -> IResult<&str, &str> {
    let start = alt((
        recognize((satisfy(|c| c.is_ascii_alphabetic()), char(':'))),
        tag("/"),
        tag("~"),
        tag("\\\\"),
        tag("Azure:"),
        tag("Microsoft.PowerShell"),
    ));
    let path =
        verify(take_while(|c| !matches!(c, '>' | '"' | '|' | '<')), |text: &str| text.len() < 200);
    recognize((start, path)).parse(line)
}

/// cmd = drive ":\" path ">" typed
fn cmd(line: &str) -> IResult<&str, &str> {
    let drive = recognize((satisfy(|c| c.is_ascii_uppercase()), tag(":\\")));
    let path =
        verify(take_while(|c| !matches!(c, '>' | '"' | '|' | '<')), |text: &str| text.len() < 200);
    let (line, _) = (drive, path, char('>')).parse(line)?;
    rest(line)
}

/// `bracketed = "[" name "@" host " " path "]" ("$" | "#") typed`
fn bracketed(line: &str) -> IResult<&str, &str> {
    let inside = verify(take_while1(|c| c != ']'), |text: &str| {
        text.len() < 120 && text.contains('@') && !text.contains('"')
    });
    let (line, _) = delimited(char('['), inside, char(']')).parse(line)?;
    preceded((take_while(|c| c == ' '), one_of("$#%")), end).parse(line)
}

/// at-host = name "@" host (":" | " ") path (" (" branch ")")? ("$" | "#" | "%" | ">") typed
fn at_host(line: &str) -> IResult<&str, &str> {
    let (line, _) = (word, char('@'), word).parse(line)?;
    let (line, _) = one_of(": ").parse(line)?;
    let (line, _) =
        take_while(|c: char| !matches!(c, '$' | '#' | '%' | '>' | ' ' | '"')).parse(line)?;
    let (line, _) = opt(preceded(char(' '), environment)).parse(line)?;
    preceded((take_while(|c| c == ' '), one_of("$#%>")), end).parse(line)
}

/// versioned = ("bash" | "sh" | "ash" | "zsh") "-" version ("$" | "#") typed
fn versioned(line: &str) -> IResult<&str, &str> {
    let name = alt((tag("bash"), tag("zsh"), tag("ash"), tag("sh")));
    let version = take_while1(|c: char| c.is_ascii_digit() || c == '.');
    let (line, _) = (name, char('-'), version).parse(line)?;
    preceded(one_of("$#"), end).parse(line)
}

/// path = ("/" | "~") path " "? ("$" | "#" | "%") typed        (containers: `/ # `, `/app $ `, `~ $ `)
fn path(line: &str) -> IResult<&str, &str> {
    let (line, _) = one_of("/~").parse(line)?;
    let (line, _) =
        take_while(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.'))
            .parse(line)?;
    preceded((opt(char(' ')), one_of("$#%")), end).parse(line)
}

/// word = a user or host name
fn word(line: &str) -> IResult<&str, &str> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '\\' | '+');
    verify(take_while1(part), |text: &str| text.len() < 80).parse(line)
}

/// end = end of line | " " typed
fn end(line: &str) -> IResult<&str, &str> {
    if line.is_empty() { Ok(("", "")) } else { preceded(char(' '), rest).parse(line) }
}

/// Reads a lone symbol in front of a known program.
fn symbol(line: &str) -> Option<&str> {
    const SYMBOLS: &[&str] =
        &["$", "#", ">", "%", "+", "++", "->", "=>", "→", "❯", "λ", "▶", ">>", "»", "›", "~$", "-"];
    let (head, typed) = line.split_once(' ')?;
    if SYMBOLS.contains(&head) || head.trim_matches('#').is_empty() {
        let typed = typed.trim_start();
        // A list item or a heading of a document is a sentence about a command, unless it reads as one.
        let wary = matches!(head, "-" | ">" | "+" | "#") || head.len() > 1 && head.starts_with('#');
        let known = if wary { command::recognize_bare(typed) } else { command::recognize(typed) };
        return known.map(|_| typed);
    }
    // `$kubectl get pods`, `>kubectl get pods`
    let typed = line.strip_prefix(['$', '>', '❯'])?;
    command::recognize_bare(typed).map(|_| typed)
}

/// Reads prompts of decorated shells: a symbol, a few words, then a known program
/// (`➜  app git:(main) ✗ kubectl get pods`, `❯ ~/src kubectl …`).
fn fancy(line: &str) -> Option<&str> {
    let decorated = line.chars().take(3).any(|c| "➜❯λ▶⎈»✗✔±".contains(c));
    if !decorated {
        return None;
    }
    let mut rest = line;
    for _ in 0..7 {
        let (_, after) = rest.split_once(' ')?;
        rest = after.trim_start();
        if command::recognize_bare(rest).is_some() {
            return Some(rest);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn prompts_are_recognised_by_shape_and_program() {
        for (line, wanted) in [
            ("$ kubectl get pods", "kubectl get pods"),
            ("# kubectl get pods -A", "kubectl get pods -A"),
            ("> kubectl get pods", "kubectl get pods"),
            ("$kubectl get pods", "kubectl get pods"),
            ("PS D:\\> kubectl get pods", "kubectl get pods"),
            ("PS C:\\Users\\ann lee> k get po", "k get po"),
            ("PS /home/ann> kubectl get pods", "kubectl get pods"),
            ("PS C:\\>", ""),
            ("C:\\>kubectl get pods", "kubectl get pods"),
            ("C:\\Users\\ann>dir", "dir"),
            ("ann@jump-01:~$ kubectl get pods", "kubectl get pods"),
            ("ann@jump-01:~/src (main)$ ls", "ls"),
            ("azureuser@Azure:~$", ""),
            ("ann@mac ~ % kubectl get pods", "kubectl get pods"),
            ("[root@h ~]# kubectl get pods", "kubectl get pods"),
            ("[root@h ~]#", ""),
            ("root@aks-systempool-00000000-vmss000000:/# chroot /host", "chroot /host"),
            ("❯ kubectl get pods", "kubectl get pods"),
            ("➜  ~ kubectl get pods", "kubectl get pods"),
            ("➜  app git:(main) ✗ kubectl get pods", "kubectl get pods"),
            ("λ kubectl get pods", "kubectl get pods"),
            ("bash-5.1$ ls", "ls"),
            ("sh-4.4# ", ""),
            ("/ # nslookup kubernetes.default", "nslookup kubernetes.default"),
            ("(⎈|ctx:ns) ann@h:~$ k get po", "k get po"),
            ("(venv) ann@h:~$ k get po", "k get po"),
            ("╰─$ kubectl get pods", "kubectl get pods"),
            ("+ kubectl get pods", "kubectl get pods"),
            ("-> kubectl get pods", "kubectl get pods"),
        ] {
            assert_eq!(typed(line), Some(wanted), "{line}");
        }
    }

    #[test]
    fn rows_logs_and_sentences_are_no_prompts() {
        for line in [
            "web-1   1/1   Running   0   5d",
            "# a heading",
            "- kubectl is needed",
            "> quoted text",
            "> server",
            "$ 5.00",
            "[pod/web-1/app] hello",
            "[2026/11/21 10:00:00] [ info] [engine] started",
            "[INFO] 10.0.0.1:3333 - 5 \"A IN x. udp 40 false 512\" NXDOMAIN",
            "PS: remember to call",
            "2026-11-21T10:00:00Z user@example.com: logged in > ok",
            "Name:         web-1",
            "/var/log/pods/x.log",
            "contact ann@example.com: she knows # 5",
            "",
        ] {
            assert_eq!(typed(line), None, "{line}");
        }
    }
}
