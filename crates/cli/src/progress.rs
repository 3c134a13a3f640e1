//! A sign of life on the terminal for work that takes longer than a second.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use kubetriage::Watch;

use crate::size;

/// Time before the first sign.
const PAUSE: Duration = Duration::from_secs(1);

/// Time between signs.
const TICK: Duration = Duration::from_millis(250);

/// Shows how far the work is until it is dropped; nothing at all unless standard error is a terminal.
#[derive(Debug)]
pub(crate) struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to wait for the second after which the first sign is due.
    ///
    /// What was read so far is told where somebody counts it.
    pub(crate) fn start(doing: &'static str, watch: Option<&Arc<Watch>>) -> Self {
        if !io::stderr().is_terminal() {
            return Self { running: None };
        }
        let (stop, stopped) = mpsc::channel();
        let (begun, watch) = (Instant::now(), watch.cloned());
        let ticker = thread::spawn(move || {
            let mut shown = false;
            let mut wait = PAUSE;
            while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                // "Erase to the end of the line" behind what may be shorter than before.
                let line = line(doing, watch.as_deref(), begun.elapsed());
                shown |= write!(io::stderr(), "\r{line}\x1b[K").is_ok();
                wait = TICK;
            }
            if shown {
                let _ = write!(io::stderr(), "\r\x1b[K");
            }
        });
        Self { running: Some((stop, ticker)) }
    }
}

/// Returns what is done, what was read so far, and how fast.
fn line(doing: &str, watch: Option<&Watch>, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    let Some(watch) = watch else { return format!("{doing} … {seconds} s") };
    let (files, bytes) = (watch.artifacts(), watch.bytes());
    let millis = elapsed.as_millis().max(1);
    let rate = u64::try_from(u128::from(bytes) * 1000 / millis).unwrap_or(u64::MAX);
    let plural = if files == 1 { "" } else { "s" };
    let (bytes, rate) = (size::spelled(bytes), size::spelled(rate));
    format!("{doing}: {files} file{plural}, {bytes}, {rate}/s, {seconds} s")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_files_bytes_and_rate() {
        let told = line("reading", Some(&Watch::default()), Duration::from_secs(2));
        assert_eq!(told, "reading: 0 files, 0 B, 0 B/s, 2 s");
        assert_eq!(line("cleaning", None, Duration::from_secs(2)), "cleaning … 2 s");
    }
}
