//! THE TABLE: every format the crate reads, in the order in which they are asked.

use crate::context::Context;
use crate::emitter::Emitter;
use crate::formats;
use crate::text::Line;

/// One format: how it recognises its own text and how it reads it.
pub(crate) struct Format {
    /// Name, as the report shows it.
    pub(crate) name: &'static str,
    /// Returns how many of the lines belong to a text of this format that starts at the first of them,
    /// `None` when none starts there. Only looks; cheap on a line that is not its own.
    pub(crate) claim: fn(&[Line<'_>], &Context<'_>) -> Option<usize>,
    /// States what the claimed lines say.
    pub(crate) parse: fn(&[Line<'_>], &Context<'_>, &mut Emitter<'_>),
}

/// Formats in the order in which they are asked: the first to claim a line has it.
pub(crate) const FORMATS: &[Format] = &[
    formats::agent_log::FORMAT,
    formats::arc_diagnoser::FORMAT,
    formats::periscope::FORMAT,
    formats::pod_metadata::FORMAT,
    formats::az::FORMAT,
    formats::terraform::FORMAT,
    formats::dig::FORMAT,
    formats::host::FORMAT,
    formats::nslookup::FORMAT,
    formats::resolve_dns_name::FORMAT,
    formats::getent::FORMAT,
    formats::flux_cli::FORMAT,
    formats::helm::FORMAT,
    formats::connectivity::FORMAT,
    formats::argo_cli::FORMAT,
    formats::container_list::FORMAT,
    formats::container_tool::FORMAT,
    formats::cluster_tool::FORMAT,
    formats::config_data::FORMAT,
    formats::kubectl_template::FORMAT,
    formats::manifest::FORMAT,
    formats::status_part::FORMAT,
    formats::kubectl_describe::FORMAT,
    formats::kubectl_top::FORMAT,
    formats::kubectl_get::FORMAT,
    formats::kubectl_error::FORMAT,
    formats::kube_message::FORMAT,
    formats::log::FORMAT,
];

/// Returns the names of all formats, in the order in which they are asked.
pub fn format_names() -> Vec<&'static str> {
    FORMATS.iter().map(|format| format.name).collect()
}
