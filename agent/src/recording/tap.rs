//! Copies the pipeline's inputs to a file, beside it: the pipeline never waits for the disk.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;

use super::codec::{self, VERSION, tag};
use super::{FRAME_MAX, MAGIC};
use crate::enrich::origin::Node;
use crate::pipeline::Input;

/// Frames' bytes that are handed over together.
const CHUNK: usize = 64 << 10;
/// Chunks that may wait for the disk.
const CHUNKS: usize = 128;

/// The pipeline's end.
#[derive(Default)]
pub struct Tap {
    chunks: Option<SyncSender<Vec<u8>>>,
    chunk: Vec<u8>,
    body: Vec<u8>,
    /// Inputs in `chunk`, and those that were lost since the last that got through.
    frames: u64,
    lost: u64,
}

impl Tap {
    /// Copies `input`, if anybody records.
    pub fn copy(&mut self, input: &Input<'_>) {
        if self.chunks.is_none() {
            return;
        }
        self.body.clear();
        codec::encode(input, &mut self.body);
        if self.body.len() > FRAME_MAX {
            self.lost += 1;
            return;
        }
        frame(&self.body, &mut self.chunk);
        self.frames += 1;
        // A tick ends a chunk, so that the file is never far behind.
        if self.chunk.len() >= CHUNK || matches!(input, Input::Tick(_)) {
            self.send();
        }
    }

    fn send(&mut self) {
        let Some(chunks) = &self.chunks else { return };
        if self.lost > 0 {
            self.body.clear();
            self.body.push(tag::GAP);
            self.body.extend_from_slice(&self.lost.to_le_bytes());
            frame(&self.body, &mut self.chunk);
        }
        let chunk = std::mem::take(&mut self.chunk);
        match chunks.try_send(chunk) {
            Ok(()) => self.lost = 0,
            Err(TrySendError::Full(_)) => self.lost += self.frames,
            Err(TrySendError::Disconnected(_)) => self.chunks = None,
        }
        self.frames = 0;
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        self.body.clear();
        if self.chunks.is_some() {
            frame(&[tag::END], &mut self.chunk);
            self.send();
        }
    }
}

fn frame(body: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(&(body.len() as u32).to_le_bytes());
    out.extend_from_slice(&crc32fast::hash(body).to_le_bytes());
    out.extend_from_slice(body);
}

/// The file's end.
pub struct Recorder {
    writer: JoinHandle<std::io::Result<Recorded>>,
}

/// What a recorder wrote.
#[derive(Clone, Copy, Debug)]
pub struct Recorded {
    pub bytes: u64,
}

impl Recorder {
    /// Records to `file` what goes through the tap, from now on until the tap is dropped.
    pub fn start(file: File, node: &Node) -> std::io::Result<(Self, Tap)> {
        let mut head = MAGIC.to_vec();
        head.extend_from_slice(&VERSION.to_le_bytes());
        head.push(u8::from(cfg!(target_endian = "little")));
        head.push(lunette_wire::VERSION);
        let mut body = Vec::new();
        codec::encode_node(node, &mut body);
        frame(&body, &mut head);
        let (sender, receiver) = sync_channel(CHUNKS);
        let writer = std::thread::Builder::new()
            .name("lunette-record".to_owned())
            .spawn(move || write(BufWriter::new(file), &head, &receiver))?;
        let mut tap = Tap::default();
        tap.chunks = Some(sender);
        Ok((Self { writer }, tap))
    }

    /// Waits until all is written.
    pub fn finish(self) -> std::io::Result<Recorded> {
        self.writer.join().unwrap_or_else(|_| Err(std::io::Error::other("the writer ended")))
    }
}

fn write(mut file: BufWriter<File>, head: &[u8], chunks: &Receiver<Vec<u8>>) -> std::io::Result<Recorded> {
    let mut bytes = head.len() as u64;
    file.write_all(head)?;
    while let Ok(chunk) = chunks.recv() {
        bytes += chunk.len() as u64;
        file.write_all(&chunk)?;
        file.flush()?;
    }
    file.flush()?;
    Ok(Recorded { bytes })
}
