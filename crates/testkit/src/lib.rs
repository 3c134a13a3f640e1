//! Shared test helpers; never published.

pub mod big_bundle;
