//! Every format, behind the command that prints it: the first byte chooses the command.
#![no_main]

use kubetriage_fuzz::{PRELUDES, read};

libfuzzer_sys::fuzz_target!(|input: (u8, &str)| {
    let (choice, text) = input;
    let prelude = PRELUDES[usize::from(choice) % PRELUDES.len()];
    read(&format!("{prelude}{text}"));
});
