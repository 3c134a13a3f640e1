//! `dig +short`: the chain with final dots, then addresses, one a line.

use kubetriage_model::DnsAnswer;

use crate::context::Context;
use crate::emitter::Emitter;
use crate::prim::dns::{NODATA, NOERROR, Signs, add, address, asked, host_name, place};
use crate::text::Line;

/// Most lines of one short answer.
const LONGEST: usize = 64;

/// Returns the length of a `+short` answer: alias lines and then at least one address, or, when the command
/// says that it is one, any of both.
pub(super) fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let told = context
        .command
        .is_some_and(|command| command.line.contains("dig") && command.line.contains("+short"));
    let lines = lines.get(..lines.len().min(LONGEST)).unwrap_or_default();
    let aliases = lines.iter().take_while(|line| is_alias(line.text)).count();
    let addresses = lines.iter().skip(aliases).take_while(|line| is_address(line.text)).count();
    let sure = aliases > 0 && addresses > 0;
    (sure || (told && aliases + addresses > 0)).then_some(aliases + addresses)
}

/// States the answer.
pub(super) fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let question = asked(context, "dig");
    let mut answer =
        DnsAnswer { name: question.name, server: question.server, ..DnsAnswer::default() };
    for line in lines {
        if let Some(found) = address(line.text) {
            add(&mut answer.addresses, found);
        } else if let Some(alias) = host_name(line.text) {
            add(&mut answer.chain, alias);
        }
    }
    let status = if answer.addresses.is_empty() { NODATA } else { NOERROR };
    answer.status = Some(status.to_owned());
    place(&mut answer, context, Signs::default());
    out.event(lines, answer);
}

fn is_alias(text: &str) -> bool {
    text.ends_with('.') && text.matches('.').count() > 1 && host_name(text).is_some()
}

fn is_address(text: &str) -> bool {
    text.contains(['.', ':']) && address(text).is_some()
}
