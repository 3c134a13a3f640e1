//! One folder per format; the table of formats is in `format.rs`.

pub(crate) mod agent_log;
pub(crate) mod arc_diagnoser;
pub(crate) mod az;
pub(crate) mod cluster_tool;
pub(crate) mod config_data;
pub(crate) mod connectivity;
pub(crate) mod container_list;
pub(crate) mod container_tool;
pub(crate) mod dig;
pub(crate) mod flux_cli;
pub(crate) mod getent;
pub(crate) mod helm;
pub(crate) mod host;
pub(crate) mod kube_message;
pub(crate) mod kubectl_describe;
pub(crate) mod kubectl_error;
pub(crate) mod kubectl_get;
pub(crate) mod kubectl_top;
pub(crate) mod log;
pub(crate) mod manifest;
pub(crate) mod nslookup;
pub(crate) mod periscope;
pub(crate) mod pod_metadata;
pub(crate) mod resolve_dns_name;
pub(crate) mod status_part;
pub(crate) mod terraform;
