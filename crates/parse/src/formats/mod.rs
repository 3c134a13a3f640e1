//! One folder per format; the table of formats is in `format.rs`.

pub(crate) mod kubectl_describe;
pub(crate) mod kubectl_error;
pub(crate) mod kubectl_get;
pub(crate) mod log;
pub(crate) mod manifest;
pub(crate) mod nslookup;
