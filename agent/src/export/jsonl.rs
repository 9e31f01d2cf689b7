//! Findings as lines of JSON in a file.
//!
//! Each line is a `lunette.v1.WatchResponse` in proto JSON, as `lunette watch --json` prints it: a finding, or a word that
//! findings were lost. A line that can't be written is tried again until it can, while the findings after it wait in the
//! subscription's queue.

use std::future::Future;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lunette_proto::lunette::v1 as pb;
use tokio::time::{Instant, timeout_at};

use super::bus::{Bus, Message, Subscription, TooManySubscribers};
use super::filter::Filter;
use super::{grpc, json, rotate};

/// Findings that wait for the file while it can't be written.
const QUEUE: usize = 4096;
/// First and longest wait between two tries.
const RETRY: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(10));
/// How often the log tells of one trouble that lasts.
const REMIND: Duration = Duration::from_secs(60);

/// Where findings are written, and how much of them is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    pub path: PathBuf,
    /// The file is put aside as `PATH.1` before it grows beyond this many bytes.
    pub max_bytes: u64,
    /// How many files put aside are kept: `PATH.1`, the newest, to `PATH.N`. With 0 the file begins anew.
    pub keep: u32,
}

/// What came of the findings so far; a clone shows the same.
#[derive(Clone, Debug, Default)]
pub struct Stats(Arc<Mutex<pb::FindingsFile>>);

impl Stats {
    pub fn get(&self) -> pb::FindingsFile {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut pb::FindingsFile)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// The findings file: subscribed from [`FindingsFile::subscribe`] on, written by [`FindingsFile::run`].
#[derive(Debug)]
pub struct FindingsFile {
    subscription: Subscription,
    options: Options,
    /// Away while a write is under way.
    file: Option<rotate::File>,
    stats: Stats,
    reminded: Option<Instant>,
    /// When the log was last told of findings that were lost.
    told_loss: Option<Instant>,
}

impl FindingsFile {
    pub fn subscribe(bus: &Bus, options: Options) -> Result<Self, TooManySubscribers> {
        let subscription = bus.subscribe("findings-file", Filter::findings(), QUEUE)?;
        let stats = Stats::default();
        stats.change(|stats| stats.path = options.path.display().to_string());
        Ok(Self { subscription, options, file: None, stats, reminded: None, told_loss: None })
    }

    pub fn stats(&self) -> Stats {
        self.stats.clone()
    }

    /// Writes until the bus is closed and everything is written. Once `give_up` has come (the agent ends), the first line
    /// that can't be written is the last that is tried.
    pub async fn run(mut self, give_up: impl Future<Output = ()> + Send) {
        tokio::pin!(give_up);
        while let Some(message) = self.subscription.recv().await {
            let is_finding = matches!(message, Message::Finding(_));
            let line = match line(&message) {
                Ok(line) => Arc::<[u8]>::from(line),
                Err(error) => {
                    // No type of the API refuses to be JSON; if one ever does, say so and go on.
                    tracing::error!("a finding can't be written as JSON: {error}");
                    self.stats.change(|stats| stats.lost += u64::from(is_finding));
                    continue;
                }
            };
            if let Message::Lost(lost) = message {
                self.tell_of_loss(lost.total_findings);
            }
            let mut pause = RETRY.0;
            while !self.try_write(&line).await {
                tokio::select! {
                    biased;
                    () = &mut give_up => return self.abandon(is_finding),
                    // Nothing tells when a disk has room again.
                    () = tokio::time::sleep(pause) => pause = (pause * 2).min(RETRY.1),
                }
            }
            self.stats.change(|stats| stats.written += u64::from(is_finding));
        }
        self.sync().await;
    }

    async fn try_write(&mut self, line: &Arc<[u8]>) -> bool {
        let mut file = self.file.take().unwrap_or_else(|| rotate::File::new(self.options.clone()));
        let line = Arc::clone(line);
        // A disk can take any time.
        let tried = tokio::task::spawn_blocking(move || {
            let result = file.write_line(&line);
            (file, result)
        });
        match tried.await {
            Ok((file, result)) => {
                self.note(&file, result.as_ref().err());
                self.file = Some(file);
                result.is_ok()
            }
            Err(error) => {
                tracing::error!("the findings file's writer died: {error}");
                false
            }
        }
    }

    fn note(&mut self, file: &rotate::File, error: Option<&io::Error>) {
        let path = file.path().display();
        let was_failing = self.reminded.is_some();
        match error {
            Some(error) => {
                if self.reminded.is_none_or(|reminded| reminded.elapsed() >= REMIND) {
                    tracing::error!(
                        "can't write findings to {path}: {error}; trying again, up to {QUEUE} findings wait meanwhile"
                    );
                    self.reminded = Some(Instant::now());
                }
            }
            None => {
                if was_failing {
                    tracing::info!("findings are written to {path} again");
                }
                self.reminded = None;
            }
        }
        self.stats.change(|stats| {
            stats.errors += u64::from(error.is_some());
            // A file that couldn't be written is closed, and as long as it was.
            if error.is_none() {
                stats.bytes = file.bytes();
            }
            stats.error = error.map(ToString::to_string).unwrap_or_default();
            stats.rotations = file.rotations();
        });
    }

    /// In a flood each line is followed by a loss: the log has a word of it now and then, the file and the counters all.
    fn tell_of_loss(&mut self, total: u64) {
        if self.told_loss.is_none_or(|told| told.elapsed() >= REMIND) {
            tracing::warn!("{total} findings lost so far: the findings file couldn't be written fast enough");
            self.told_loss = Some(Instant::now());
        }
    }

    /// The agent ends, and the file can't be written.
    fn abandon(&mut self, is_finding: bool) {
        let mut lost = u64::from(is_finding);
        while let Some(message) = self.subscription.try_recv() {
            lost += u64::from(matches!(message, Message::Finding(_)));
        }
        self.stats.change(|stats| stats.lost += lost);
        let path = self.stats.get().path;
        tracing::error!("{lost} findings are not in {path}: it couldn't be written until the end");
    }

    async fn sync(&mut self) {
        if let Some(file) = self.file.take() {
            let synced = tokio::task::spawn_blocking(move || file.sync());
            // A disk may take its time, the agent's end may not.
            let deadline = Instant::now() + Duration::from_secs(1);
            if let Ok(Ok(Err(error))) = timeout_at(deadline, synced).await {
                tracing::warn!("the last findings may not be on the disk: {error}");
            }
        }
    }
}

/// A message as one line, with its newline.
fn line(message: &Message) -> serde_json::Result<Vec<u8>> {
    let mut line = json::line(&grpc::response(grpc::told(message)))?;
    line.push('\n');
    Ok(line.into_bytes())
}

#[cfg(test)]
#[path = "jsonl_tests.rs"]
mod tests;
