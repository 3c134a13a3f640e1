//! A sign of life on the terminal for work that takes longer than a second.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Time before the first sign, and between signs.
const PAUSE: Duration = Duration::from_secs(1);

/// Shows that work goes on until it is dropped; nothing at all unless standard error is a terminal.
#[derive(Debug)]
pub(crate) struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to wait for the second after which the sign is due.
    pub(crate) fn start(doing: &'static str) -> Self {
        if !io::stderr().is_terminal() {
            return Self { running: None };
        }
        let (stop, stopped) = mpsc::channel();
        let begun = Instant::now();
        let ticker = thread::spawn(move || {
            let mut shown = false;
            while stopped.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                let seconds = begun.elapsed().as_secs();
                shown |= write!(io::stderr(), "\r{doing} … {seconds} s").is_ok();
            }
            if shown {
                // Carriage return and "erase to the end of the line".
                let _ = write!(io::stderr(), "\r\x1b[K");
            }
        });
        Self { running: Some((stop, ticker)) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, ticker)) = self.running.take() {
            drop(stop);
            // A ticker that panicked has nothing left to clear.
            let _ = ticker.join();
        }
    }
}
