//! Text that is safe and pleasant to print: control characters shown, lines wrapped, figures spelled.

use std::collections::{BTreeMap, HashSet};

use kubetriage_model::{
    Confidence, Evidence, Finding, NotAssessed, NoteKind, Report, Severity, Subject, Verdict,
};

/// Returns `text` on one line, with every control character replaced by a visible one.
///
/// Tabs and line ends become spaces; other controls become their Unicode pictures (`␛` for escape), and
/// invisible characters, which reorder text or hide in it, become `�`. One character in gives one character
/// out, so that columns stay true.
pub fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

/// Returns the printable stand-in of one character, or the character itself.
pub(crate) fn visible_char(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' => ' ',
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('�'),
        '\x7f' => '␡',
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => '�',
        other => other,
    }
}

/// Returns the lines of `text` broken at blanks so that none is wider than `width` characters.
///
/// A word wider than that stays whole: image names and links must be copyable. Empty text gives no lines.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in visible(text).split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += length;
    }
    if used > 0 {
        lines.push(line);
    }
    lines
}

/// Returns `text` cut to `width` characters, with an ellipsis where something was cut.
pub(crate) fn shorten(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(width.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// Returns a count with its noun, in the plural where English wants it (`1 file`, `2 files`).
pub(crate) fn count(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number))
}

/// Returns a number with commas between thousands (`12,345`).
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Returns a size in bytes with a binary unit and one decimal (`1.2 MiB`), whole below 1 KiB.
pub(crate) fn size(bytes: u64) -> String {
    let units = [("GiB", 1_u64 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    let Some((unit, one)) = units.into_iter().find(|(_, one)| bytes >= *one) else {
        return count(bytes, "byte");
    };
    let tenths = u128::from(bytes) * 10 / u128::from(one);
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

/// Returns `used` of `total` in whole percent, rounded down so that 100 means all; nothing of nothing is 100.
pub(crate) fn percent(used: u64, total: u64) -> u64 {
    if total == 0 {
        return 100;
    }
    u64::try_from(u128::from(used) * 100 / u128::from(total)).unwrap_or(100)
}

/// Returns `Kind namespace/name` from what is known, `(unknown object)` when nothing is.
pub(crate) fn subject(subject: &Subject) -> String {
    let place = match (&subject.namespace, &subject.name) {
        (Some(namespace), Some(name)) => format!("{namespace}/{name}"),
        (Some(namespace), None) => format!("in namespace {namespace}"),
        (None, Some(name)) => name.clone(),
        (None, None) => String::new(),
    };
    let words = [subject.kind.clone().unwrap_or_default(), place].join(" ");
    let words = visible(words.trim());
    if words.is_empty() { "(unknown object)".to_owned() } else { words }
}

/// Returns `path:line` of a place.
pub(crate) fn place(evidence: &Evidence) -> String {
    format!("{}:{}", visible(&evidence.artifact), evidence.line)
}

/// True for a finding that holds at the time of the bundle.
pub(crate) fn is_live(verdict: Verdict) -> bool {
    verdict != Verdict::Healed
}

/// Returns a length as the model counts.
pub(crate) fn number(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}

/// Returns the word for a severity.
pub(crate) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Returns the word for a confidence.
pub(crate) const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    }
}

/// Returns what a label says: the signal in words, and its time where the line does not show it.
pub(crate) fn label(evidence: &Evidence) -> String {
    let signal = visible(&evidence.signal).replace(['_', '-'], " ");
    match &evidence.time {
        Some(time) if !evidence.excerpt.contains(time.as_str()) => {
            format!("{signal} at {}", visible(time))
        }
        _ => signal,
    }
}

/// Returns a time as the capture prints it; an age (`3h12m`) with what it counts back from.
pub(crate) fn moment(time: &str) -> String {
    let is_age = time.ends_with(['s', 'm', 'h', 'd', 'y'])
        && time.starts_with(|c: char| c.is_ascii_digit())
        && time.chars().all(|c| c.is_ascii_digit() || "smhdy".contains(c));
    if is_age { format!("{time} before the capture") } else { time.to_owned() }
}

/// Returns how often and when a finding was seen (`36 times, from … to …`); empty if nothing is known.
pub(crate) fn seen(finding: &Finding) -> String {
    let mut seen = Vec::new();
    if finding.count > 1 {
        seen.push(count(finding.count, "time"));
    }
    match (&finding.first_seen, &finding.last_seen) {
        (Some(first), Some(last)) if first != last => {
            seen.push(format!("from {} to {}", moment(first), moment(last)));
        }
        (Some(time), _) | (None, Some(time)) => seen.push(moment(time)),
        (None, None) => {}
    }
    visible(&seen.join(", "))
}

/// Returns the objects concerned: the subject too, where it is one of them rather than a region or an image.
pub(crate) fn objects(finding: &Finding) -> Vec<&Subject> {
    let about = &finding.subject;
    let others: Vec<_> = finding.affected.iter().filter(|other| *other != about).collect();
    let alike = others.is_empty() || others.iter().any(|other| other.kind == about.kind);
    let about = (alike && about.name.is_some()).then_some(about);
    about.into_iter().chain(others).collect()
}

/// Returns what is missing for an answer and why (`dns answer (not captured)`).
pub(crate) fn missing(question: &NotAssessed) -> String {
    let names = question.missing.iter().map(|name| name.replace('_', " ")).collect::<Vec<_>>();
    let names = if names.is_empty() { "evidence".to_owned() } else { names.join(", ") };
    visible(&format!("{names} ({})", question.reason.trim_end_matches('.')))
}

/// Returns the word for a class of notes, as the JSON report spells it.
pub(crate) fn note_class(kind: NoteKind) -> String {
    let name = serde_json::to_value(kind).ok();
    name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Returns what was read in one line: files, bytes, lines understood, notes by class.
pub(crate) fn coverage(report: &Report) -> String {
    let used: u64 = report.artifacts.iter().map(|artifact| artifact.used).sum();
    let skipped: u64 = report.artifacts.iter().map(|artifact| artifact.skipped).sum();
    let total = used.saturating_add(skipped);
    format!(
        "{}, {}, {} % of {} understood{}",
        count(report.bundle.artifacts, "file"),
        size(report.bundle.bytes),
        percent(used, total),
        count(total, "line"),
        notes(report),
    )
}

/// What a bundle should hold, with the event kinds that speak of it.
const HOLDINGS: &[(&str, &[&str])] = &[
    ("node", &["node"]),
    ("pod", &["pod"]),
    ("workload", &["workload"]),
    ("event", &["kube_event"]),
    ("log", &["log", "agent_log"]),
];

/// Returns what of a cluster the bundle holds, and which of the things that most questions need is missing
/// (`3 nodes, 41 pods, 120 events; no logs`).
pub(crate) fn holdings(report: &Report) -> String {
    let (mut there, mut missing) = (Vec::new(), Vec::new());
    for (name, kinds) in HOLDINGS {
        let of = report.captured.iter().filter(|captured| kinds.contains(&captured.kind.as_str()));
        match of.map(|captured| captured.count).max() {
            None if *name == "workload" => {}
            None => missing.push(format!("{name}s")),
            // How many of them nobody can tell from what was of interest in them.
            Some(_) if *name == "log" => there.push("logs".to_owned()),
            Some(number) => there.push(count(number, name)),
        }
    }
    let others: u64 = report
        .captured
        .iter()
        .filter(|captured| {
            !HOLDINGS.iter().any(|(_, kinds)| kinds.contains(&captured.kind.as_str()))
        })
        .filter(|captured| captured.kind != "container")
        .map(|captured| captured.count)
        .sum();
    if others > 0 {
        there.push(count(others, "other statement"));
    }
    // Who hands over two lookups did not forget the rest.
    let asked = !report.bundle.layouts.is_empty() || there.len() > 1;
    let missing = (asked && !missing.is_empty()).then(|| format!("no {}", missing.join(", no ")));
    let there = (!there.is_empty()).then(|| there.join(", "));
    there.into_iter().chain(missing).collect::<Vec<_>>().join("; ")
}

/// Returns the notes counted by class (`, 3 notes: 1 truncated, 2 encoding`).
fn notes(report: &Report) -> String {
    let mut classes: BTreeMap<NoteKind, u64> = BTreeMap::new();
    for note in report.artifacts.iter().flat_map(|artifact| &artifact.notes) {
        *classes.entry(note.kind).or_default() += 1;
    }
    let total: u64 = classes.values().sum();
    if total == 0 {
        return String::new();
    }
    let each: Vec<_> = classes
        .iter()
        .map(|(kind, number)| format!("{} {}", grouped(*number), note_class(*kind)))
        .collect();
    format!(", {}: {}", count(total, "note"), each.join(", "))
}

/// Returns the counts of a report in words, those of nothing left out.
pub(crate) fn totals(report: &Report) -> String {
    let each = counts(report);
    let told = each.into_iter().filter(|(number, ..)| *number > 0).map(|(_, text, _)| text);
    told.collect::<Vec<_>>().join(", ")
}

/// What a count is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    /// Live findings of this weight.
    Live(Severity),
    /// Nothing was found.
    Nothing,
    /// Healed findings and clear rules.
    Well,
    /// Open questions, unexplained objects, findings not listed.
    Open,
    /// Findings that somebody tolerates.
    Tolerated,
}

/// Returns the counts of a report: the number, its words, what it is about.
pub(crate) fn counts(report: &Report) -> [(u64, String, Counted); 10] {
    let summary = &report.summary;
    let live = summary.error + summary.warning + summary.note;
    let understood = report.artifacts.iter().any(|artifact| artifact.used > 0);
    let none = if understood { "no findings" } else { "no findings: nothing was recognized" };
    let unexplained = number(report.unexplained.len());
    let suppressed: u64 = summary.suppressed.values().sum();
    let left_out: u64 = summary.left_out.values().sum();
    let weighed = |number, word, severity| (number, count(number, word), Counted::Live(severity));
    let counted =
        |number, words: &str, about| (number, format!("{} {words}", grouped(number)), about);
    let clear = format!("{} clear", count(summary.clear, "rule"));
    [
        weighed(summary.error, "error", Severity::Error),
        weighed(summary.warning, "warning", Severity::Warning),
        weighed(summary.note, "note", Severity::Note),
        (u64::from(live == 0), none.to_owned(), Counted::Nothing),
        counted(summary.healed, "healed", Counted::Well),
        counted(summary.not_assessed, "not assessed", Counted::Open),
        counted(unexplained, "unexplained", Counted::Open),
        (summary.clear, clear, Counted::Well),
        counted(suppressed, "suppressed", Counted::Tolerated),
        counted(left_out, "of the findings not listed", Counted::Open),
    ]
}

/// Returns the commands of all open questions, each once, in order of first mention.
pub(crate) fn commands(questions: &[NotAssessed]) -> Vec<&str> {
    let mut seen = HashSet::new();
    let all = questions.iter().flat_map(|question| &question.collect).map(String::as_str);
    all.filter(|command| seen.insert(*command)).collect()
}

/// Returns the word for a verdict.
pub(crate) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Confirmed => "confirmed",
        Verdict::Likely => "likely",
        Verdict::Healed => "healed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_visible_one_for_one() {
        let raw = "a\x1b[31mb\tc\r\n\u{202e}d\u{9b}e\x7f\0\u{200b}f\u{e0041}";
        let shown = visible(raw);
        assert_eq!(shown, "a␛[31mb c  �d�e␡␀�f�");
        assert_eq!(shown.chars().count(), raw.chars().count());
    }

    #[test]
    fn wrapping_keeps_words_whole() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap("a contoso.azurecr.io/web:1 b", 5), ["a", "contoso.azurecr.io/web:1", "b"]);
        assert_eq!(wrap(" \n ", 5), Vec::<String>::new());
    }

    #[test]
    fn figures_read_well() {
        let cases = [(0, "0 bytes"), (1, "1 byte"), (1023, "1,023 bytes"), (1536, "1.5 KiB")];
        for (bytes, shown) in cases {
            assert_eq!(size(bytes), shown);
        }
        assert_eq!(size(u64::MAX), "17179869183.9 GiB");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!([percent(0, 0), percent(999, 1000), percent(7, 7)], [100, 99, 100]);
        assert_eq!(shorten("abcdef", 4), "abc…");
    }
}
