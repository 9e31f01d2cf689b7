//! Recordings: every input of the pipeline in a file, so that what happened on one machine can be looked at, tested
//! against and judged by other rules on any other. `docs/recording.md` describes the format.

mod codec;
mod reader;
mod tap;

pub use codec::VERSION;
pub(crate) use codec::{interned, interned_keys, interned_pairs};
pub use reader::{Reader, RecordingError};
pub use tap::{Recorded, Recorder, Tap};

/// Begins each recording; the line ends and the high byte show what a transfer as text has broken.
const MAGIC: [u8; 8] = *b"\x89LNT\r\n\x1a\n";
/// Longest frame: a record at its longest, or an identity with many labels.
const FRAME_MAX: usize = 4 << 20;

#[cfg(test)]
mod tests;
