//! getent
//!
//! Printed by `getent hosts name`, `getent ahosts name`, `getent ahostsv4 name` of glibc and musl:
//!
//! ```text
//! 10.224.1.20     STREAM contoso.privatelink.azurecr.io
//! 10.224.1.20     DGRAM
//! 10.224.1.20     RAW
//! ```
//!
//! One `dns_answer` per run. `ahosts` is known by its socket words; `hosts` looks like a hosts file and is
//! taken only behind its command. getent prints nothing for a name that does not resolve, and does not say
//! why, so that nothing is stated then.
//!
//! QUIRKS: getent asks the hosts file before DNS; the first name behind an address is the end of the chain.

use kubetriage_model::DnsAnswer;

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::prim::dns::{NOERROR, Signs, add, address, asked, host_name, place};
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "getent", claim, parse };

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?;
    let told = context.command.is_some() && asked(context, "getent").name.is_some();
    let (_, words) = row(first.text)?;
    if !told && words.first() != Some(&"STREAM") {
        return None;
    }
    Some(lines.iter().take_while(|line| row(line.text).is_some()).count())
}

/// Reads `address words…`.
fn row(text: &str) -> Option<(String, Vec<&str>)> {
    if !text.starts_with(|c: char| c.is_ascii_hexdigit() || c == ':') {
        return None;
    }
    let mut words = text.split_whitespace();
    let found = words.next().filter(|word| word.contains(['.', ':'])).and_then(address)?;
    Some((found, words.take(8).collect()))
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let question = asked(context, "getent");
    let mut answer =
        DnsAnswer { name: question.name, status: Some(NOERROR.to_owned()), ..DnsAnswer::default() };
    for (found, words) in lines.iter().filter_map(|line| row(line.text)) {
        add(&mut answer.addresses, found);
        for name in words.iter().filter(|word| !is_socket(word)).filter_map(|word| host_name(word))
        {
            if answer.name.is_none() {
                answer.name = Some(name);
            } else if answer.name.as_ref() != Some(&name) {
                add(&mut answer.chain, name);
            }
        }
    }
    place(&mut answer, context, Signs::default());
    out.event(lines, answer);
}

fn is_socket(word: &str) -> bool {
    matches!(word, "STREAM" | "DGRAM" | "RAW")
}
