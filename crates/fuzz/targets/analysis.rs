//! The whole way: bytes in, every form of the report out.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    kubetriage_fuzz::analyze("capture.txt", bytes);
});
