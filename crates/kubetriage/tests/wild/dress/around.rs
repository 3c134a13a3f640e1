//! What stands around a capture: fences, prompts, quote marks, boxes, clocks, sentences.

use super::{Form, form, told};
use crate::captures::{Capture, Kind};
use crate::dressed::Dressed;

pub(super) const FORMS: &[Form] = &[
    form(1, "fenced", |c| Some(plain(c).under(&["```"]).over(&["```"]))),
    form(1, "fenced as console", |c| Some(plain(c).under(&["```console"]).over(&["```"]))),
    form(1, "fenced with tildes", |c| Some(plain(c).under(&["~~~text"]).over(&["~~~"]))),
    form(1, "fence never closed", |c| Some(plain(c).under(&["```bash"]))),
    form(1, "only the closing fence", |c| Some(plain(c).over(&["```"]))),
    form(1, "fenced and indented, in a list", |c| {
        let inside = Dressed::each(&c.text, |_, line| format!("   {line}"));
        Some(inside.under(&["1. This is the output:", "", "   ```"]).over(&["   ```", ""]))
    }),
    form(1, "fence between sentences", |c| {
        Some(plain(c).under(&["Hi, we see this:", "", "```"]).over(&["```", "", "Any idea?"]))
    }),
    told(3, "bash prompt", |c| typed(c, "ann@jump-01:~$ ")),
    told(3, "dollar", |c| typed(c, "$ ")),
    told(3, "root's prompt", |c| typed(c, "[root@jump-01 ~]# ")),
    told(3, "PowerShell's prompt", |c| typed(c, "PS C:\\Users\\ann> ")),
    told(3, "cmd's prompt", |c| typed(c, "C:\\Users\\ann>")),
    told(3, "fancy prompt", |c| typed(c, "➜  ~ ")),
    told(3, "angle as prompt", |c| typed(c, "> ")),
    told(3, "lambda", |c| typed(c, "λ ")),
    told(3, "bare prompt behind", |c| {
        Some(typed(c, "ann@jump-01:~$ ")?.over(&["ann@jump-01:~$ "]))
    }),
    told(18, "CI clock of Azure DevOps", |c| clocked(c, "2026-11-21T10:00:00.7486813Z ")),
    told(18, "CI clock in brackets", |c| clocked(c, "[2026-11-21T10:00:00.748Z] ")),
    told(18, "short CI clock", |c| clocked(c, "18:23:33  ")),
    told(18, "two CI clocks", |c| {
        clocked(c, "2026-11-21T10:00:00.7486813Z 2026-11-21T10:00:00.7480000Z ")
    }),
    told(18, "CI clock with job and step", |c| {
        clocked(c, "build\tShow pods\t2026-11-21T10:00:00.7486813Z ")
    }),
    form(19, "quoted", |c| Some(plain(c).again(|line| format!("> {line}")))),
    form(19, "quoted without blank", |c| Some(plain(c).again(|line| format!(">{line}")))),
    form(19, "quoted twice", |c| Some(plain(c).again(|line| format!("> > {line}")))),
    form(19, "quoted twice, tight", |c| Some(plain(c).again(|line| format!(">> {line}")))),
    form(19, "quoted and indented", |c| Some(plain(c).again(|line| format!(">     {line}")))),
    form(19, "quoted under a sentence", |c| {
        let quoted = plain(c).again(|line| format!("> {line}").trim_end().to_owned());
        Some(quoted.under(&["Ann wrote:", ""]).over(&["", "Thanks!"]))
    }),
    form(19, "fence within a quotation", |c| {
        let fenced = plain(c).under(&["```"]).over(&["```"]);
        Some(fenced.again(|line| format!("> {line}")))
    }),
    form(20, "Chinese around", |c| {
        Some(
            plain(c)
                .under(&["你好，我们的集群出现了以下问题：", ""])
                .over(&["", "请问应该怎么处理？谢谢。"]),
        )
    }),
    form(20, "Russian around", |c| {
        Some(plain(c).under(&["Добрый день, у нас не стартует под:", ""]).over(&["", "Спасибо!"]))
    }),
    form(20, "Hebrew around", |c| {
        Some(plain(c).under(&["שלום, זה הפלט שקיבלנו:", ""]).over(&["", "תודה"]))
    }),
    form(22, "in single backticks", |c| {
        let last = c.lines().len().saturating_sub(1);
        Some(Dressed::each(&c.text, |index, line| {
            let front = if index == 0 { "`" } else { "" };
            let back = if index == last { "`" } else { "" };
            format!("{front}{line}{back}")
        }))
    }),
    form(22, "each line in backticks", |c| {
        Some(Dressed::each(&c.text, |_, line| {
            if line.is_empty() { String::new() } else { format!("`{line}`") }
        }))
    }),
    form(25, "pre element", |c| Some(escaped(c).under(&["<pre>"]).over(&["</pre>"]))),
    form(25, "pre and code element", |c| {
        Some(escaped(c).under(&["<pre><code>"]).over(&["</code></pre>"]))
    }),
    form(29, "box", |c| Some(boxed(c, "│ ", " │", "┌", "┐", "└", "┘"))),
    form(29, "k9s box with a title", |c| {
        let mut boxed = boxed(c, "│ ", " │", "┌", "┐", "└", "┘");
        if let Some((first, _)) = boxed.lines.first_mut() {
            "┌──────────────── Describe(kube-system/web) ────────────────┐".clone_into(first);
        }
        Some(boxed)
    }),
    form(29, "left border only", |c| {
        let inside = plain(c).again(|line| format!("│ {line}").trim_end().to_owned());
        Some(inside.under(&["╷"]).over(&["╵"]))
    }),
    form(29, "ASCII box", |c| Some(boxed(c, "| ", " |", "+", "+", "+", "+"))),
    form(28, "position mark of tmux", |c| Some(plain(c).over(&["[36/197]"]))),
];

fn plain(capture: &Capture) -> Dressed {
    Dressed::plain(&capture.text)
}

#[expect(clippy::unnecessary_wraps, reason = "all forms are dressed in one way")]
fn typed(capture: &Capture, prompt: &str) -> Option<Dressed> {
    let line = format!("{prompt}{}", capture.command);
    Some(Dressed::plain(&capture.text).under(&[&line]))
}

fn clocked(capture: &Capture, clock: &str) -> Option<Dressed> {
    // In front of the lines of a log a time is a time of that log.
    if capture.kind == Kind::Log {
        return None;
    }
    let command = format!("##[command]{}", capture.command);
    Some(plain(capture).under(&[&command]).again(|line| format!("{clock}{line}")))
}

/// Returns a capture as the source of a page holds it.
fn escaped(capture: &Capture) -> Dressed {
    Dressed::each(&capture.text, |_, line| {
        line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    })
}

#[expect(clippy::too_many_arguments, reason = "the six pieces of a box")]
fn boxed(
    capture: &Capture,
    left: &str,
    right: &str,
    a: &str,
    b: &str,
    c: &str,
    d: &str,
) -> Dressed {
    let width = capture.lines().iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let ruler = if a == "+" { "-" } else { "─" }.repeat(width + 2);
    let inside = plain(capture).again(|line| format!("{left}{line:width$}{right}"));
    inside.under(&[&format!("{a}{ruler}{b}")]).over(&[&format!("{c}{ruler}{d}")])
}
