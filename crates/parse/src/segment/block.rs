//! Cutting lines into blocks: the lines that one command printed.

use kubetriage_model::Command;

use super::{command, dump, header, prompt, solid};
use crate::text::Line;

/// Most physical lines of one typed command.
const CONTINUATIONS: usize = 40;

/// The lines between two prompts, headers or fences.
#[derive(Debug, Default)]
pub(super) struct Block<'t> {
    /// The command that printed the lines, if its line was found.
    pub(super) command: Option<Command>,
    /// True when a prompt stood in front of the command, so that the lines are its output whatever they
    /// look like.
    pub(super) typed: bool,
    /// True when a mark ends the lines, so that no prompt among them does.
    pub(super) marked: bool,
    /// Lines that are the transcript's own: prompts, headers, fences.
    pub(super) frame: Vec<Line<'t>>,
    /// The output.
    pub(super) lines: Vec<Line<'t>>,
}

/// Cuts `lines` at prompts and headers.
pub(super) fn cut<'t>(lines: &[Line<'t>]) -> Vec<Block<'t>> {
    let mut blocks = vec![Block::default()];
    let mut rest = lines;
    while let Some((line, after)) = rest.split_first() {
        let logs = blocks.last().is_some_and(Block::is_log);
        let marked = blocks.last().is_some_and(|block| block.marked);
        // Prompts inside what one program printed are its values.
        let own = if logs { None } else { solid::length(rest) };
        if let Some((own, behind)) = own.and_then(|length| rest.split_at_checked(length)) {
            blocks.last_mut().into_iter().for_each(|block| block.lines.extend_from_slice(own));
            rest = behind;
            continue;
        }
        rest = after;
        if let Some(block) = dump::opened(line) {
            blocks.push(block);
            continue;
        }
        if let Some(head) = Some(line).filter(|_| logs).and_then(dump::closed) {
            extend(&mut blocks, head);
            blocks.push(Block { frame: vec![*line], ..Block::default() });
            continue;
        }
        let started = if marked { None } else { start(line, after, logs) };
        let Some((start, count)) = started else {
            let behind_frame = blocks.last().is_some_and(|block| block.frame_ends_before(line));
            if frame(line.text) || behind_frame && transcript_fact(line.text) {
                push_frame(&mut blocks, *line);
            } else if let Some(block) = blocks.last_mut() {
                block.lines.push(*line);
            }
            continue;
        };
        blocks.push(start);
        rest = after.get(count..).unwrap_or_default();
    }
    blocks
}

impl Block<'_> {
    /// Returns the command whose output stands in the next part: one without output so far, or, in front
    /// of a fence, one that the last sentence names in backticks.
    pub(super) fn open_command(&self, before_fence: bool) -> Option<Command> {
        let last = self.lines.iter().rfind(|line| !line.is_blank());
        match last {
            None => self.command.clone(),
            Some(line) if before_fence => {
                let code = line.text.split('`').skip(1).step_by(2);
                code.filter_map(command::recognize_bare).last()
            }
            Some(_) => None,
        }
    }

    /// True when the line above `line` is a frame.
    fn frame_ends_before(&self, line: &Line<'_>) -> bool {
        self.frame.last().is_some_and(|frame| frame.number + 1 == line.number)
    }

    /// True when the block is the output of `kubectl logs`, whatever its lines look like.
    pub(super) fn is_log(&self) -> bool {
        self.typed && self.command.as_ref().is_some_and(prints_log)
    }
}

/// Returns true for a command that prints a log.
pub(super) fn prints_log(command: &Command) -> bool {
    match command.tool.as_str() {
        "kubectl" => matches!(command.verb.as_str(), "logs" | "log"),
        "docker" | "crictl" | "nerdctl" | "journalctl" | "stern" => {
            command.tool == "journalctl"
                || command.tool == "stern"
                || command.line.contains(" logs ")
        }
        _ => false,
    }
}

fn extend<'t>(blocks: &mut [Block<'t>], lines: Vec<Line<'t>>) {
    if let Some(block) = blocks.last_mut() {
        block.lines.extend(lines);
    }
}

fn push_frame<'t>(blocks: &mut [Block<'t>], line: Line<'t>) {
    if let Some(block) = blocks.last_mut() {
        block.frame.push(line);
    }
}

/// Returns the block that starts at `line`, and how many lines of `after` its command goes on over.
fn start<'t>(line: &Line<'t>, after: &[Line<'t>], logs: bool) -> Option<(Block<'t>, usize)> {
    let (text, by_prompt) = match prompt::typed(line.text) {
        // What a script in a pod traces (`+ kubectl …`) is part of its log.
        Some(_) if logs && line.text.starts_with(['+', '#', '>', '-']) => return None,
        Some(typed) => (typed, true),
        None if logs => return None,
        None => {
            header::announced(line.text)?;
            (line.text, false)
        }
    };
    let mut frame = vec![*line];
    let mut whole = text.to_owned();
    let mut count = 0;
    while let Some(head) = open_end(&whole)
        && let Some(next) = after.get(count)
        && count < CONTINUATIONS
    {
        let next_text = next.text.trim_start();
        let next_text = next_text.trim_start_matches('>').trim_start();
        whole = format!("{} {next_text}", head.trim_end());
        frame.push(*next);
        count += 1;
    }
    let last = frame.last().copied().unwrap_or(*line);
    let glued = glued_output(&last);
    let typed_text = glued
        .as_ref()
        .map_or(whole.as_str(), |output| whole.strip_suffix(output.text).unwrap_or(&whole));
    let mut found =
        if by_prompt { command::recognize(typed_text) } else { header::announced(typed_text) };
    if let Some(command) = found.as_mut().filter(|_| by_prompt) {
        let prompt = line.text.trim_end().strip_suffix(text).unwrap_or_default().trim();
        command.prompt = (!prompt.is_empty()).then(|| prompt.to_owned());
    }
    let lines = glued.into_iter().collect();
    Some((Block { command: found, typed: by_prompt, frame, lines, ..Block::default() }, count))
}

/// Returns the command without its continuation sign (`\`, a backtick, `^`).
fn open_end(typed: &str) -> Option<&str> {
    let typed = typed.trim_end();
    let head = typed.strip_suffix(['\\', '`', '^'])?;
    // An opening backtick of markdown stands at a word, a continuation behind a blank.
    (head.ends_with([' ', '\t']) && !head.trim().is_empty()).then_some(head)
}

/// Returns the output that a page reader glued behind the command, as a line of its own.
fn glued_output<'t>(line: &Line<'t>) -> Option<Line<'t>> {
    const HEADS: &[&str] = &[
        " Non-authoritative answer:",
        " Name: ",
        " Server: ",
        " NAMESPACE NAME ",
        " NAME READY ",
        " NAME STATUS ",
        " NAME TYPE ",
        " LAST SEEN ",
        " { \"Message\"",
        " {\"Message\"",
        " Error from server",
        " apiVersion: ",
    ];
    let at = HEADS.iter().filter_map(|head| line.text.find(head)).min()? + 1;
    let (_, text) = line.text.split_at_checked(at)?;
    let offset = line.offset + at as u64;
    Some(Line { text, number: line.number, offset })
}

/// Returns true for lines that terminals and recorders add: bare rulers of a PowerShell transcript, the
/// first and last line of `script`, tmux position marks.
fn frame(text: &str) -> bool {
    let text = text.trim();
    match text.as_bytes() {
        [b'*', ..] => text.len() >= 10 && text.bytes().all(|b| b == b'*'),
        [b'S', b'c', ..] => {
            text.starts_with("Script started") || text.starts_with("Script done on ")
        }
        [b'T', ..] => text.starts_with("Transcript started, output file is"),
        [b'W', b'i', ..] => text.starts_with("Windows PowerShell transcript "),
        [b'P', b'o', ..] => text.starts_with("PowerShell transcript "),
        [b'[', .., b']'] => {
            let inside = text.trim_matches(['[', ']']);
            inside.split_once('/').is_some_and(|(at, of)| {
                at.len() < 7 && at.parse::<u32>().is_ok() && of.parse::<u32>().is_ok()
            })
        }
        _ => false,
    }
}

/// True for a line in the head of a PowerShell transcript (`Username: CONTOSO\ann`).
fn transcript_fact(text: &str) -> bool {
    const FACTS: &[&str] = &[
        "Start time",
        "End time",
        "Username",
        "RunAs User",
        "Configuration Name",
        "Machine",
        "Host Application",
        "Process ID",
        "PSVersion",
        "PSEdition",
        "GitCommitId",
        "OS",
        "Platform",
        "PSCompatibleVersions",
        "BuildVersion",
        "CLRVersion",
        "WSManStackVersion",
        "PSRemotingProtocolVersion",
        "SerializationVersion",
    ];
    text.split_once(':').is_some_and(|(name, _)| FACTS.contains(&name))
}

#[cfg(test)]
mod tests {
    use kubetriage_model::ArtifactId;

    use super::cut;
    use crate::text::Text;

    /// Returns `command|output lines joined by /` for each block.
    fn shown(text: &str) -> Vec<String> {
        let text = Text { artifact: ArtifactId(0), text, offset: 0, first_line: 1 };
        cut(&text.lines())
            .iter()
            .filter(|block| block.command.is_some() || !block.lines.is_empty())
            .map(|block| {
                let command = block.command.as_ref().map_or("", |command| command.line.as_str());
                let lines = block.lines.iter().map(|line| line.text).collect::<Vec<_>>();
                format!("{command}|{}", lines.join("/"))
            })
            .collect()
    }

    #[test]
    fn a_transcript_is_cut_at_its_prompts() {
        for (text, wanted) in [
            ("a\nb", &["|a/b"][..]),
            (
                "$ kubectl get po\nrow\n$ kubectl get no\nrow",
                &["kubectl get po|row", "kubectl get no|row"],
            ),
            ("$ kubectl get po \\\n  -n shop\nrow", &["kubectl get po -n shop|row"]),
            ("PS C:\\> kubectl get po `\n>> -n shop\nrow", &["kubectl get po -n shop|row"]),
            ("kubectl get po -A\nNAME READY", &["kubectl get po -A|NAME READY"]),
            (
                "PS D:\\> kubectl exec -it x -- nslookup a.b Name: a.b Address: 10.0.0.1",
                &["kubectl exec -it x -- nslookup a.b|Name: a.b Address: 10.0.0.1"],
            ),
            ("$ kubectl logs x\n+ kubectl get po\nline", &["kubectl logs x|+ kubectl get po/line"]),
            (
                "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Pod\",\n  \"args\": [\n    \"=== kubectl get po ===\"\n  ]\n}",
                &[
                    "|{/  \"apiVersion\": \"v1\",/  \"kind\": \"Pod\",/  \"args\": [/    \"=== kubectl get po ===\"/  ]/}",
                ],
            ),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
