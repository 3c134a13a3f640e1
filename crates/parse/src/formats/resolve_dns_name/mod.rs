//! Resolve-DnsName of PowerShell
//!
//! Printed by `Resolve-DnsName name [-Type type] [-Server address]` of Windows PowerShell and PowerShell 7:
//!
//! ```text
//! Name                           Type   TTL   Section    NameHost
//! ----                           ----   ---   -------    --------
//! contoso.azurecr.io             CNAME  60    Answer     contoso.privatelink.azurecr.io
//!
//! Name       : contoso.privatelink.azurecr.io
//! QueryType  : A
//! TTL        : 10
//! Section    : Answer
//! IP4Address : 10.224.1.20
//! ```
//!
//! or `Resolve-DnsName : contoso.azurecr.io : DNS name does not exist` with the lines of an error record.
//! One `dns_answer` per asked name; records of the authority section are used without a statement.
//!
//! QUIRKS: long names wrap onto the next line; aliases come as a table, addresses as a table or as a list; the
//! sentences of errors are translated, the id of the error is not.

mod record;

use kubetriage_model::DnsAnswer;

use self::record::{Failure, Record, failure, records, status_of_id};
use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::prim::dns::{NODATA, NOERROR, Signs, add, address, asked, host_name, place};
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "resolve_dns_name", claim, parse };

/// Most lines of one error record.
const ERROR_LINES: usize = 12;

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?;
    if failure(first.text).is_some() {
        return Some(
            1 + lines
                .iter()
                .skip(1)
                .take(ERROR_LINES)
                .take_while(|line| is_error_tail(line))
                .count(),
        );
    }
    let lists = record::is_list_start(lines);
    if !lists && !record::is_header(first.text) {
        return None;
    }
    let mut used = 0;
    for (index, line) in lines.iter().enumerate() {
        if record::belongs(line.text) {
            used = index + 1;
        } else if !line.is_blank() {
            break;
        }
    }
    Some(used)
}

/// True for the lines under the sentence of a PowerShell error.
fn is_error_tail(line: &Line<'_>) -> bool {
    let text = line.trimmed();
    ["At line:", "+ ", "At ", "In "].iter().any(|start| text.starts_with(start))
        || text.contains("FullyQualifiedErrorId")
        || (line.indent() > 0 && !text.is_empty())
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    out.used(lines);
    if let Some(failed) = lines.first().and_then(|line| failure(line.text)) {
        return out.event(lines, failed_answer(failed, lines, context));
    }
    let mut group: Vec<Record> = Vec::new();
    let mut from = 0;
    for record in records(lines) {
        let owner = host_name(&record.name);
        let known = group.is_empty()
            || group.iter().any(|r| host_name(&r.name) == owner || host_name(&r.data) == owner);
        if !known {
            state(&group, lines.get(from..record.at).unwrap_or_default(), context, out);
            from = record.at;
            group.clear();
        }
        if group.len() < 1024 {
            group.push(record);
        }
    }
    state(&group, lines.get(from..).unwrap_or_default(), context, out);
}

fn failed_answer(failed: Failure, lines: &[Line<'_>], context: &Context<'_>) -> DnsAnswer {
    let question = asked(context, "resolve-dnsname");
    let by_id = lines.iter().find_map(|line| status_of_id(line.text));
    let mut answer = DnsAnswer {
        name: question.name.or(failed.name),
        server: question.server,
        status: by_id.or(failed.status).map(str::to_owned),
        ..DnsAnswer::default()
    };
    place(&mut answer, context, Signs { cluster: false, windows: true });
    answer
}

/// States the answer that `group` makes up; nothing when no record is of the answer section.
fn state(group: &[Record], lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let Some(first) = group.first() else { return };
    let question = asked(context, "resolve-dnsname");
    let mut answer = DnsAnswer {
        name: question.name.or_else(|| host_name(&first.name)),
        server: question.server,
        ..DnsAnswer::default()
    };
    let mut records = 0;
    for record in group.iter().filter(|record| record.section == "Answer") {
        match record.kind.as_str() {
            "CNAME" => {
                if let Some(target) = host_name(&record.data) {
                    add(&mut answer.chain, target);
                }
            }
            "A" | "AAAA" => {
                if let Some(found) = address(&record.data) {
                    add(&mut answer.addresses, found);
                }
            }
            _ => records += 1,
        }
    }
    let found = !answer.addresses.is_empty() || records > 0;
    answer.status = Some(if found { NOERROR } else { NODATA }.to_owned());
    place(&mut answer, context, Signs { cluster: false, windows: true });
    let last = lines.iter().rposition(|line| !line.is_blank()).map_or(0, |last| last + 1);
    out.event(lines.get(..last).unwrap_or(lines), answer);
}
