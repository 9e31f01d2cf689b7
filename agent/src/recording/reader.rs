//! Reads a recording, frame by frame. A cut or damaged one gives its good part, and then one error that says where.

use std::io::{BufReader, Read};

use thiserror::Error;

use super::codec::{self, Frame, VERSION};
use super::{FRAME_MAX, MAGIC};
use crate::enrich::origin::Node;
use crate::pipeline::Input;

/// What is wrong with a recording.
#[derive(Debug, Error)]
pub enum RecordingError {
    #[error("it is no recording of Lunette's: it begins otherwise")]
    Foreign,
    #[error("it is a recording of version {0}; this lunette reads version {own}", own = VERSION)]
    Version(u16),
    #[error("it was recorded on a machine of the other byte order")]
    ByteOrder,
    #[error("it holds kernel records of version {0}; this lunette reads version {own}", own = lunette_wire::VERSION)]
    Wire(u8),
    #[error("it is cut at byte {0}: what came before is good, and was read")]
    Cut(u64),
    #[error("it is damaged at byte {at}: {why}; what came before is good, and was read")]
    Damaged { at: u64, why: String },
    #[error("it can't be read at byte {at}: {error}")]
    Io { at: u64, error: std::io::Error },
}

/// Reads from any source of bytes.
pub struct Reader<R> {
    source: BufReader<R>,
    node: Node,
    /// Where the next frame begins.
    at: u64,
    body: Vec<u8>,
    /// Inputs that the recorder lost.
    pub gaps: u64,
    ended: bool,
}

impl<R: Read> Reader<R> {
    /// Reads as far as the frame that says what node it was made on.
    pub fn new(source: R) -> Result<Self, RecordingError> {
        let mut reader = Self {
            source: BufReader::new(source),
            node: Node::default(),
            at: 0,
            body: Vec::new(),
            gaps: 0,
            ended: false,
        };
        let mut head = [0; 12];
        match reader.source.read_exact(&mut head) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                return Err(RecordingError::Foreign);
            }
            Err(error) => return Err(RecordingError::Io { at: 0, error }),
        }
        if head[..8] != MAGIC {
            return Err(RecordingError::Foreign);
        }
        let version = u16::from_le_bytes([head[8], head[9]]);
        if version != VERSION {
            return Err(RecordingError::Version(version));
        }
        if (head[10] == 1) != cfg!(target_endian = "little") {
            return Err(RecordingError::ByteOrder);
        }
        if head[11] != lunette_wire::VERSION {
            return Err(RecordingError::Wire(head[11]));
        }
        reader.at = 12;
        if !reader.read_body()? {
            return Err(RecordingError::Cut(reader.at));
        }
        match codec::decode(&reader.body) {
            Ok(Frame::Node(node)) => reader.node = node,
            Ok(_) => return Err(reader.damaged("it doesn't begin with its node".to_owned())),
            Err(why) => return Err(reader.damaged(why)),
        }
        Ok(reader)
    }

    /// The node that it was made on.
    pub fn node(&self) -> &Node {
        &self.node
    }

    /// The next input; `None` at the recording's own end.
    pub fn next_input(&mut self) -> Result<Option<Input<'_>>, RecordingError> {
        loop {
            if self.ended {
                return Ok(None);
            }
            let at = self.at;
            if !self.read_body()? {
                return Err(RecordingError::Cut(at));
            }
            // The borrow of an input that is given back would last through the loop's other turns.
            match codec::decode(&self.body) {
                Ok(Frame::Input(_)) => break,
                Ok(Frame::Gap(lost)) => self.gaps = self.gaps.saturating_add(lost),
                Ok(Frame::End) => self.ended = true,
                Ok(Frame::Node(_)) => return Err(self.damaged("it has a second node".to_owned())),
                Err(why) => return Err(RecordingError::Damaged { at, why }),
            }
        }
        match codec::decode(&self.body) {
            Ok(Frame::Input(input)) => Ok(Some(input)),
            _ => unreachable!("it was one a moment ago"),
        }
    }

    fn damaged(&self, why: String) -> RecordingError {
        RecordingError::Damaged { at: self.at, why }
    }

    /// Reads one frame's body. False when there is nothing, or not all of it.
    fn read_body(&mut self) -> Result<bool, RecordingError> {
        let at = self.at;
        let mut read = |buffer: &mut [u8]| match self.source.read_exact(buffer) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(RecordingError::Io { at, error }),
        };
        let mut head = [0; 8];
        if !read(&mut head)? {
            return Ok(false);
        }
        let len = u32::from_le_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let sum = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
        if len > FRAME_MAX {
            return Err(RecordingError::Damaged { at, why: format!("a frame of {len} bytes is too long") });
        }
        self.body.resize(len, 0);
        if !read(&mut self.body)? {
            return Ok(false);
        }
        if crc32fast::hash(&self.body) != sum {
            return Err(RecordingError::Damaged { at, why: "a checksum doesn't match".to_owned() });
        }
        self.at += 8 + len as u64;
        Ok(true)
    }
}
