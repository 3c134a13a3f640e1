//! The Corefile of CoreDNS, read as CoreDNS reads it.
//!
//! ```text
//! hosts {                       a directive that opens a block
//!   20.0.0.1 contoso.example    its content
//!   fallthrough
//! }
//! example.org:53 {              a server block, outside of which nothing but server blocks may stand
//! ```
//! A line is cut into words at blanks; `"…"` is one word; a word that starts with `#` ends the line. Only a
//! brace that is a word of its own opens or closes (Caddyfile rules), so `}` behind other words of a line
//! belongs to these words when the plugin reads them.
//!
//! QUIRKS: a text whose line breaks are written `\n` is one line to CoreDNS and stays one here.

use std::collections::BTreeSet;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_till1};
use nom::character::complete::space0;
use nom::multi::many0;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

/// Most statements of one text that are kept.
const MOST_STATEMENTS: usize = 10_000;

/// The plugins of CoreDNS: a word at the start of a line that is none of these names a zone.
const PLUGINS: &[&str] = &[
    "acl",
    "any",
    "auto",
    "autopath",
    "azure",
    "bind",
    "bufsize",
    "cache",
    "cancel",
    "chaos",
    "clouddns",
    "debug",
    "dns64",
    "dnssec",
    "dnstap",
    "erratic",
    "errors",
    "etcd",
    "file",
    "forward",
    "geoip",
    "grpc",
    "header",
    "health",
    "hosts",
    "import",
    "k8s_external",
    "kubernetes",
    "loadbalance",
    "local",
    "log",
    "loop",
    "metadata",
    "minimal",
    "multisocket",
    "nomad",
    "nsid",
    "on",
    "pprof",
    "prometheus",
    "quic",
    "ready",
    "reload",
    "rewrite",
    "root",
    "route53",
    "secondary",
    "sign",
    "template",
    "timeouts",
    "tls",
    "trace",
    "transfer",
    "tsig",
    "view",
    "whoami",
];

/// What a text says, as statements in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Corefile<'t> {
    /// The statements.
    pub(crate) statements: Vec<Statement<'t>>,
    /// Opening braces less closing ones.
    pub(crate) open_braces: i64,
    /// True when an opening brace stands alone on its line.
    pub(crate) brace_on_own_line: bool,
}

/// The words of a line in front of its brace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement<'t> {
    /// How many braces are open around it.
    pub(crate) depth: i64,
    /// The words, at least one.
    pub(crate) words: Vec<&'t str>,
    /// True when a block follows.
    pub(crate) opens: bool,
    /// True when the block, or some of it, stands on the same line.
    pub(crate) one_line: bool,
}

impl Statement<'_> {
    /// Returns the first word.
    pub(crate) fn name(&self) -> &str {
        self.words.first().copied().unwrap_or_default()
    }

    /// Returns the words behind the first.
    pub(crate) fn arguments(&self) -> &[&str] {
        self.words.get(1..).unwrap_or_default()
    }

    /// True when the first word is a plugin of CoreDNS.
    pub(crate) fn is_plugin(&self) -> bool {
        is_plugin(self.name())
    }

    /// Returns the words with one blank between them.
    pub(crate) fn text(&self) -> String {
        self.words.join(" ")
    }
}

/// True for the name of a plugin of CoreDNS.
pub(crate) fn is_plugin(word: &str) -> bool {
    PLUGINS.binary_search(&word).is_ok()
}

impl<'t> Corefile<'t> {
    /// Reads a text; there is no wrong text.
    pub(crate) fn read(text: &'t str) -> Self {
        let mut read = Self::default();
        for line in text.lines() {
            if read.statements.len() >= MOST_STATEMENTS {
                break;
            }
            read.line(&words(line));
        }
        read
    }

    fn line(&mut self, words: &[&'t str]) {
        self.brace_on_own_line |= words == ["{"];
        let mut rest = words;
        while !rest.is_empty() {
            let end = rest.iter().position(|word| opens(word) || *word == "}");
            let (own, behind) = rest.split_at(end.unwrap_or(rest.len()));
            let brace = behind.first().copied();
            let opened = brace.is_some_and(opens);
            rest = behind.get(1..).unwrap_or_default();
            if !own.is_empty() {
                self.statements.push(Statement {
                    depth: self.open_braces,
                    words: own.to_vec(),
                    opens: opened,
                    one_line: opened && (!rest.is_empty() || brace.is_some_and(|word| word != "{")),
                });
            }
            self.open_braces += i64::from(opened) - i64::from(brace.is_some() && !opened);
        }
    }

    /// Returns the statement `at` and those in its block.
    pub(crate) fn block(&self, at: usize) -> &[Statement<'t>] {
        let rest = self.statements.get(at..).unwrap_or_default();
        let Some((first, behind)) = rest.split_first() else { return &[] };
        let inside = behind.iter().take_while(|statement| statement.depth > first.depth).count();
        rest.get(..=inside).unwrap_or_default()
    }

    /// Returns the indices of the blocks of the plugin hosts; a bare `hosts` without a block counts.
    pub(crate) fn hosts(&self) -> impl Iterator<Item = usize> {
        let hosts = |statement: &Statement<'_>| statement.depth < 2 && statement.name() == "hosts";
        self.statements.iter().enumerate().filter(move |(_, s)| hosts(s)).map(|(at, _)| at)
    }

    /// Returns the plugins that stand more than once in the same block, sorted.
    pub(crate) fn repeated(&self) -> BTreeSet<&'t str> {
        let mut repeated = BTreeSet::new();
        let (mut outside, mut inside) = (BTreeSet::new(), BTreeSet::new());
        for statement in &self.statements {
            let Some(name) = statement.words.first().copied() else { continue };
            if statement.depth == 0 && !is_plugin(name) {
                // The next server block.
                inside.clear();
                continue;
            }
            let seen = match statement.depth {
                0 => &mut outside,
                1 => &mut inside,
                _ => continue,
            };
            if is_plugin(name) && !seen.insert(name) {
                repeated.insert(name);
            }
        }
        repeated
    }
}

/// A brace, also one that a line break written as `\n` is glued to.
fn opens(word: &str) -> bool {
    word == "{" || word.starts_with("{\\n")
}

/// Cuts a line into words, without its comment.
fn words(line: &str) -> Vec<&str> {
    let words: IResult<&str, Vec<&str>> = many0(preceded(space0, word)).parse(line);
    let mut words = words.map_or_else(|_| Vec::new(), |(_, words)| words);
    if let Some(comment) = words.iter().position(|word| word.starts_with('#')) {
        words.truncate(comment);
    }
    words
}

fn word(line: &str) -> IResult<&str, &str> {
    let quoted = delimited(tag("\""), take_till(|sign| sign == '"'), tag("\""));
    alt((quoted, take_till1(char::is_whitespace))).parse(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plugins_are_sorted() {
        assert!(PLUGINS.is_sorted());
    }

    #[test]
    fn a_block_of_hosts() {
        let text = "log\nhosts { # comment\n  20.0.0.1 Contoso.example.\n  fallthrough\n}\n";
        let read = Corefile::read(text);
        assert_eq!(read.open_braces, 0);
        assert_eq!(read.hosts().collect::<Vec<_>>(), [1]);
        let block: Vec<_> = read.block(1).iter().map(Statement::text).collect();
        assert_eq!(block, ["hosts", "20.0.0.1 Contoso.example.", "fallthrough"]);
        assert!(read.repeated().is_empty());
    }

    #[test]
    fn a_block_on_one_line() {
        for text in ["hosts { 20.0.0.1 a.example fallthrough }", r"hosts {\n 20.0.0.1 a.example\n}"]
        {
            let read = Corefile::read(text);
            assert!(read.statements.first().is_some_and(|first| first.one_line), "{text}");
        }
    }

    #[test]
    fn braces_are_counted() {
        for (text, open, alone) in [
            ("hosts {\n a b\n", 1, false),
            ("hosts\n{\n a b\n}\n", 0, true),
            ("hosts {\n}\n}\n", -1, false),
            ("rewrite name regex (.*)\\.a {1}.b", 0, false),
            ("template ANY ANY x {\n match \"^(?:[^.]+\\.){4,}\"\n}", 0, false),
        ] {
            let read = Corefile::read(text);
            assert_eq!((read.open_braces, read.brace_on_own_line), (open, alone), "{text}");
        }
    }

    #[test]
    fn what_stands_twice() {
        for (text, twice) in [
            ("hosts {\n}\nhosts a {\n}\n", vec!["hosts"]),
            (".:53 {\n cache 30\n cache 5\n}\n", vec!["cache"]),
            ("a.example {\n cache 30\n}\nb.example {\n cache 5\n}\n", vec![]),
        ] {
            assert_eq!(Corefile::read(text).repeated().into_iter().collect::<Vec<_>>(), twice);
        }
    }
}
