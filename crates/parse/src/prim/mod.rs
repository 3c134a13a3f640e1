//! Small grammars that several formats share. One way per thing: a second use moves it here.

pub(crate) mod age;
pub(crate) mod coredns;
pub(crate) mod corefile;
pub(crate) mod dns;
pub(crate) mod event_text;
pub(crate) mod exec_noise;
pub(crate) mod json_scan;
pub(crate) mod kind;
pub(crate) mod pod_row;
pub(crate) mod python;
pub(crate) mod quotation;
pub(crate) mod stamp;
pub(crate) mod unescape;
pub(crate) mod yaml_docs;
