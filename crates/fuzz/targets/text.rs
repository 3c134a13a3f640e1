//! Any text: prompts, fences and quotes are found, and formats recognize what they read.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    kubetriage_fuzz::read(text);
});
