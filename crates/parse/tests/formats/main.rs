//! Golden tests of the formats, and what holds for all of their fixtures.
//!
//! A case is a folder `testdata/formats/<format>/<case>` with `input.txt`, the command that printed it in
//! `command.txt` where the case needs one (`key: value` lines), and what was stated in `expected.snap`.
//! `INSTA_UPDATE=always cargo test -p kubetriage-parse --test formats` rewrites what is expected.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::string_slice,
    reason = "a broken fixture should fail loudly"
)]

mod describe;
mod disguises;
mod harness;
mod logs;
mod manifest;
mod tables;
mod tools;
