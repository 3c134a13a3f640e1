//! Writes a big bundle: `cargo run --release -p kubetriage-testkit --example generate_bundle -- FOLDER MEBIBYTES`.

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().map_or_else(|| PathBuf::from("big-bundle"), PathBuf::from);
    let mebibytes: u64 = args.next().and_then(|text| text.parse().ok()).unwrap_or(1024);
    kubetriage_testkit::big_bundle::write(&folder, mebibytes << 20)
}
