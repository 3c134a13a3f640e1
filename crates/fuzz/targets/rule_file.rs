//! Rule files: each is loaded or refused with places inside it.
#![no_main]

use kubetriage::prelude::{Catalog, RuleFile};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let file = RuleFile { name: "fuzz/rule.yaml".to_owned(), text: text.to_owned() };
    if let Err(errors) = Catalog::load(&[file], false) {
        for problem in errors.problems() {
            let span = problem.span();
            assert!(span.start <= span.end && span.end <= text.len(), "{span:?} of {}", text.len());
        }
    }
});
