//! Tables of `kubectl top` (also `oc adm top`): what nodes, pods and containers use.
//!
//! ```text
//! NAME       CPU(cores)   CPU%   MEMORY(bytes)   MEMORY%
//! worker-0   1893m        99%    4731Mi          103%
//!
//! NAMESPACE   POD     NAME   CPU(cores)   MEMORY(bytes)
//! shop        web-1   app    250m         511Mi
//! ```
//!
//! Each row is one `usage`. `<unknown>` (no metrics yet) states who it is and no amounts.
//!
//! QUIRKS: newer clients write `CPU(%)` and `MEMORY(%)`, and columns of swap behind them; `--sum` adds a row of totals
//! below a ruler, which states nothing.

use kubetriage_model::Usage;

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "kubectl_top", claim, parse };

/// Columns that every such table has.
const COLUMNS: &[&str] = &["CPU(cores)", "MEMORY(bytes)"];

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let columns = header(lines.first()?.text)?;
    let rows = lines.iter().skip(1).take_while(|line| {
        let cells = line.text.split_whitespace().count();
        // The totals have no name in front.
        (cells == columns.len() || is_total(line.text)) && header(line.text).is_none()
    });
    Some(1 + rows.count())
}

/// Returns the columns of a header line.
fn header(text: &str) -> Option<Vec<&str>> {
    let columns: Vec<&str> = text.split_whitespace().collect();
    let first = matches!(*columns.first()?, "NAMESPACE" | "POD" | "NAME");
    (first && COLUMNS.iter().all(|name| columns.contains(name))).then_some(columns)
}

/// True for the ruler above the totals, and for the totals.
fn is_total(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let amounts = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit()) || word.chars().all(|c| c == '_')
    };
    text.starts_with(' ') && words.clone().count() == 2 && words.all(amounts)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    out.used(lines);
    let Some((first, rows)) = lines.split_first() else { return };
    let Some(columns) = header(first.text) else { return };
    for row in rows.iter().filter(|row| !is_total(row.text)) {
        let cells: Vec<&str> = row.text.split_whitespace().collect();
        let get = |name: &str| {
            let index = columns.iter().position(|column| *column == name)?;
            cells.get(index).copied().filter(|cell| *cell != "<unknown>")
        };
        let text = |name: &str| get(name).map(str::to_owned);
        let share = |names: [&str; 2]| {
            names.iter().find_map(|name| get(name)?.trim_end_matches('%').parse().ok())
        };
        let of_containers = columns.contains(&"POD");
        let of_nodes = columns.iter().any(|name| matches!(*name, "CPU%" | "CPU(%)"));
        let kind = if of_nodes { "Node" } else { "Pod" };
        let name = if of_containers { text("POD") } else { text("NAME") };
        let Some(name) = name else { continue };
        let usage = Usage {
            kind: kind.to_owned(),
            namespace: text("NAMESPACE").or_else(|| context.namespace()).filter(|_| !of_nodes),
            name,
            container: text("NAME").filter(|_| of_containers),
            cpu: text("CPU(cores)"),
            memory: text("MEMORY(bytes)"),
            cpu_percent: share(["CPU%", "CPU(%)"]),
            memory_percent: share(["MEMORY%", "MEMORY(%)"]),
        };
        out.event(&[*row], usage);
    }
}
