//! Archives: whatever is packed, the reader comes to an end within its limits.
#![no_main]

use std::sync::Arc;

use kubetriage::prelude::{Input, Limits};
use kubetriage::source::open;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        archive_members: 256,
        member_bytes: 1 << 20,
        archive_bytes: 8 << 20,
        ..Limits::default()
    };
    let input = Input::Bytes { name: "bundle.tar.gz".to_owned(), bytes: Arc::from(bytes) };
    let bundle = open(&[input], &limits).expect("bytes can always be opened");
    let mut total = 0;
    for mut artifact in bundle {
        let mut parts = artifact.hint.path.split('/');
        assert!(parts.all(|part| part != ".."), "a path that leaves the bundle");
        total += artifact.blocks().map(|block| block.text.len()).sum::<usize>();
    }
    // Decoding may turn a byte into a replacement of three.
    assert!(total <= 3 * (8 << 20) + 3 * bytes.len(), "{total} bytes of {}", bytes.len());
});
