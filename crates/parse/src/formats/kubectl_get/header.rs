//! Header lines: which columns a table has, and where they start.

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// Name, upper case, in the spelling of today's servers (`LASTSEEN` gives `LAST SEEN`).
    pub(super) name: String,
    /// First code point of the column in the header line (0-based); 0 when unknown.
    pub(super) start: usize,
}

/// A header line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The columns, from left to right.
    pub(super) columns: Vec<Column>,
    /// True when the columns are padded, so that offsets mean something.
    pub(super) aligned: bool,
}

/// Column names with blanks inside, as words.
const UNITS: &[&[&str]] = &[
    &["ACCESS", "MODES"],
    &["ALLOWED", "DISRUPTIONS"],
    &["CREATED", "AT"],
    &["FIRST", "SEEN"],
    &["HEALTH", "STATUS"],
    &["LAST", "SCHEDULE"],
    &["LAST", "SEEN"],
    &["MAX", "UNAVAILABLE"],
    &["MIN", "AVAILABLE"],
    &["NODE", "SELECTOR"],
    &["NOMINATED", "NODE"],
    &["READINESS", "GATES"],
    &["RECLAIM", "POLICY"],
    &["REFRESH", "INTERVAL"],
    &["SYNC", "STATUS"],
];

/// Words that start the header of a table of objects.
const FIRST: &[&str] = &["NAMESPACE", "NAME", "LAST", "LASTSEEN", "FIRSTSEEN", "EVENT", "POD"];

/// Columns that no other program's table has beside NAME; one of them is asked for.
const TELLING: &[&str] = &[
    "AGE",
    "PF", // k9s: whether a port is forwarded
    "READY",
    "STATUS",
    "RESTARTS",
    "ROLES",
    "NODE",
    "REASON",
    "MESSAGE",
    "LAST SEEN",
    "OBJECT",
    "PHASE",
    "CREATED AT",
    "DESIRED",
    "IMAGE",
    "IMAGES",
    "TAINTS",
    "IP",
    "LABELS",
    "HEALTH STATUS",
    "DEGRADED",
    "ROBUSTNESS",
    "HEALTH",
];

/// Columns of other programs' tables (helm, `kubectl api-resources`, `config get-contexts`).
const FOREIGN: &[&str] =
    &["REVISION", "CHART", "APP", "UPDATED", "SHORTNAMES", "APIVERSION", "NAMESPACED", "AUTHINFO"];

impl Header {
    /// Reads a header line, `None` for any other line.
    ///
    /// Upper case is asked for, except when every word is a well-known column name.
    pub(super) fn read(text: &str) -> Option<Self> {
        let first = text.split_whitespace().next()?;
        if !FIRST.iter().any(|word| word.eq_ignore_ascii_case(first)) || !is_header_text(text) {
            return None;
        }
        let (columns, aligned) = columns(text);
        let telling = columns.iter().any(|column| TELLING.contains(&column.name.as_str()));
        // What Flux, Argo CD and OpenShift print has such columns too.
        let own = columns
            .iter()
            .any(|c| matches!(c.name.as_str(), "SUSPENDED" | "SYNC STATUS" | "DEGRADED"));
        let foreign = columns.iter().any(|column| FOREIGN.contains(&column.name.as_str())) && !own;
        (columns.len() > 1 && telling && !foreign).then_some(Self { columns, aligned })
    }

    /// Reads a header that a terminal or a mail client broke into `text` and `next`, and what both say
    /// together. Names of objects are never upper case, so that `next` is no row.
    pub(super) fn read_wrapped(text: &str, next: &str) -> Option<Self> {
        let header = Self::read(text)?;
        let (more, _) = columns(next);
        let upper = is_upper(next) && Self::read(next).is_none();
        let known = more.iter().all(|c| WIDE.contains(&c.name.as_str()));
        let long = text.chars().count() >= NARROWEST;
        if !upper || more.is_empty() || !(known || long) || header.has("MESSAGE") {
            return None;
        }
        let known = |header: &Self| header.columns.iter().all(|column| is_known(&column.name));
        let apart = Self::read(&format!("{} {}", text.trim_end(), next.trim_start()));
        let broken = |glued: &Self| !known(glued) && apart.as_ref().is_some_and(known);
        let glued = Self::read(&format!("{text}{next}"));
        glued.filter(|glued| !broken(glued)).or(apart)
    }

    /// Returns true when there is a column called `name`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column.name == name)
    }
}

/// Narrowest width at which a header is broken anywhere.
const NARROWEST: usize = 60;

fn is_known(name: &str) -> bool {
    const OTHER: &str = "NAMESPACE|NAME|TYPE|COUNT|UP-TO-DATE|AVAILABLE|CURRENT|CLUSTER-IP|PORT(S)|VOLUME|\
                         CAPACITY|ACCESS MODES|STORAGECLASS|SUBOBJECT|SOURCE|FIRST SEEN|COMPLETIONS|\
                         DURATION|KIND";
    [WIDE, TELLING].iter().any(|names| names.contains(&name)) || OTHER.split('|').any(|n| n == name)
}

/// Columns that stand at the end of wide tables, where terminals wrap.
const WIDE: &[&str] = &[
    "AGE",
    "IP",
    "NODE",
    "NOMINATED NODE",
    "READINESS GATES",
    "LABELS",
    "SELECTOR",
    "IMAGES",
    "CONTAINERS",
    "CONTAINER-RUNTIME",
    "KERNEL-VERSION",
    "OS-IMAGE",
    "EXTERNAL-IP",
    "INTERNAL-IP",
    "VERSION",
    "MESSAGE",
    "GATES",
];

fn is_upper(text: &str) -> bool {
    let ok = |c: char| {
        c.is_ascii_uppercase() || c.is_ascii_digit() || c.is_whitespace() || "-_()/.:%#".contains(c)
    };
    text.contains(|c: char| c.is_ascii_uppercase()) && text.chars().all(ok)
}

/// True for upper-case lines and for lines of at least three well-known names in any case.
fn is_header_text(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    if is_upper(text) {
        return true;
    }
    if text.len() > 400 || !is_upper(&upper) {
        return false;
    }
    let (columns, _) = columns(&upper);
    let known = |name: &str| {
        matches!(name, "NAME" | "NAMESPACE" | "TYPE" | "COUNT") || TELLING.contains(&name)
    };
    columns.len() > 2 && columns.iter().all(|column| known(&column.name))
}

/// Splits a header line at runs of two blanks and at tabs; a line of single blanks word by word.
fn columns(text: &str) -> (Vec<Column>, bool) {
    let chunks = chunks(text);
    let aligned = chunks.len() > 1;
    let mut columns = Vec::new();
    for (start, chunk) in chunks {
        if aligned && !splits_into_known(chunk) {
            columns.push(Column { name: canonical(chunk), start });
        } else {
            words(chunk, start, &mut columns);
        }
    }
    (columns, aligned)
}

/// True for a chunk that is several well-known columns with single blanks between them.
fn splits_into_known(chunk: &str) -> bool {
    let mut columns = Vec::new();
    words(chunk, 0, &mut columns);
    columns.len() > 1
        && columns.iter().all(|c| {
            matches!(c.name.as_str(), "NAME" | "NAMESPACE" | "TYPE")
                || TELLING.contains(&c.name.as_str())
        })
}

/// Returns the chunks of `text` between runs of two blanks or tabs, with their code-point offsets.
pub(super) fn chunks(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start: Option<(usize, usize)> = None;
    let mut gap = 0_usize;
    let mut end = 0;
    for (point, (byte, c)) in text.char_indices().enumerate() {
        if c.is_whitespace() {
            gap += if c == '\t' { 2 } else { 1 };
            continue;
        }
        if gap >= 2
            && let Some((at, from)) = start.take()
        {
            found.push((at, text.get(from..end).unwrap_or_default()));
        }
        start.get_or_insert((point, byte));
        gap = 0;
        end = byte + c.len_utf8();
    }
    if let Some((at, from)) = start {
        found.push((at, text.get(from..end).unwrap_or_default()));
    }
    found
}

/// Splits a chunk at single blanks, keeping the names that have blanks inside together.
fn words(chunk: &str, start: usize, columns: &mut Vec<Column>) {
    let mut rest = chunk;
    let mut at = start;
    while !rest.is_empty() {
        let upper = rest.to_ascii_uppercase();
        let unit = UNITS.iter().map(|unit| unit.join(" ")).find(|unit| {
            upper.strip_prefix(unit.as_str()).is_some_and(|r| r.is_empty() || r.starts_with(' '))
        });
        let len =
            unit.map_or_else(|| rest.find(char::is_whitespace).unwrap_or(rest.len()), |u| u.len());
        let (word, tail) = rest.split_at_checked(len).unwrap_or((rest, ""));
        columns.push(Column { name: canonical(word), start: at });
        rest = tail.trim_start();
        at += word.chars().count() + (tail.len() - rest.len());
    }
}

/// Returns the name in today's spelling.
fn canonical(name: &str) -> String {
    let upper = name.to_ascii_uppercase();
    let words = upper.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.as_str() {
        "LASTSEEN" => "LAST SEEN".to_owned(),
        "FIRSTSEEN" => "FIRST SEEN".to_owned(),
        "ACCESSMODES" => "ACCESS MODES".to_owned(),
        "RECLAIMPOLICY" => "RECLAIM POLICY".to_owned(),
        "NODE-SELECTOR" => "NODE SELECTOR".to_owned(),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Option<String> {
        Header::read(text).map(|header| {
            header.columns.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join("|")
        })
    }

    #[test]
    fn headers_are_read_in_every_spelling() {
        let pods = Some("NAMESPACE|NAME|READY|STATUS|RESTARTS|AGE".to_owned());
        for text in [
            "NAMESPACE     NAME   READY   STATUS    RESTARTS      AGE",
            "NAMESPACE NAME READY STATUS RESTARTS AGE",
            "NAMESPACE\tNAME\tREADY\tSTATUS\tRESTARTS\tAGE",
            "Namespace Name Ready Status Restarts Age",
            "NAMESPACE   NAME READY   STATUS RESTARTS   AGE",
        ] {
            assert_eq!(names(text), pods, "{text}");
        }
    }

    #[test]
    fn names_with_blanks_stay_together() {
        assert_eq!(
            names("LAST SEEN TYPE REASON OBJECT MESSAGE").as_deref(),
            Some("LAST SEEN|TYPE|REASON|OBJECT|MESSAGE")
        );
        assert_eq!(
            names("NAME   READY   LAST UPDATE   AGE").as_deref(),
            Some("NAME|READY|LAST UPDATE|AGE")
        );
    }

    #[test]
    fn other_lines_are_refused() {
        for text in [
            "NAME    NAMESPACE       REVISION        UPDATED STATUS  CHART   APP VERSION",
            "NAME  SHORTNAMES   APIVERSION   NAMESPACED   KIND",
            "NAME   CPU(cores)   MEMORY(bytes)",
            "NAME: web",
            "Name:         web-1",
            "Name and status of the pods",
            "",
        ] {
            assert_eq!(names(text), None, "{text}");
        }
    }
}
