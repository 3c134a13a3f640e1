//! Prints what makes a log line worth parsing: the literals of all rules, one a line.
//!
//! ```sh
//! cargo run -q -p kubetriage --example log_literals > literals.txt
//! grep -F -i -f literals.txt huge.log > candidates.log
//! ```
//!
//! A log too big to hand over can be cut down with it first: what is left gives the same findings.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use kubetriage::prelude::Catalog;

fn main() {
    for literal in Catalog::builtin().interest().literals() {
        println!("{literal}");
    }
}
