//! Inputs ↔ frames.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use bstr::BString;
use lunette_wire::{Counters, hook};
use serde::{Deserialize, Deserializer, Serialize};

use crate::enrich::identity::{Answer, LookUp};
use crate::enrich::origin::Node;
use crate::enrich::programs::ProgramKey;
use crate::event::{ProgramKind, Subject};
use crate::pipeline::{Input, Seed};

/// Version of the format; readers refuse others.
pub const VERSION: u16 = 1;

/// What a frame holds: its first byte.
pub(super) mod tag {
    pub(in crate::recording) const NODE: u8 = 0;
    pub(in crate::recording) const CLOCK: u8 = 1;
    pub(in crate::recording) const SEED: u8 = 2;
    pub(in crate::recording) const RECORD: u8 = 3;
    pub(in crate::recording) const IDENTITY: u8 = 4;
    pub(in crate::recording) const PROGRAM: u8 = 5;
    pub(in crate::recording) const COUNTERS: u8 = 6;
    pub(in crate::recording) const TICK: u8 = 7;
    pub(in crate::recording) const GAP: u8 = 8;
    pub(in crate::recording) const END: u8 = 9;
}

/// A frame's meaning.
#[derive(Debug)]
pub(super) enum Frame<'a> {
    Node(Node),
    Input(Input<'a>),
    /// Inputs that the recorder couldn't keep up with.
    Gap(u64),
    /// The recording ended by itself.
    End,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentityFrame {
    cgroup: u64,
    path: BString,
    subject: Subject,
    provisional: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProgramFrame {
    key: ProgramKey,
    kind: ProgramKind,
}

/// Appends the body of the frame (tag and payload) of `input`.
pub(super) fn encode(input: &Input<'_>, out: &mut Vec<u8>) {
    match input {
        Input::Clock(offset) => {
            out.push(tag::CLOCK);
            out.extend_from_slice(&offset.to_le_bytes());
        }
        Input::Seed(record, seed) => {
            out.push(tag::SEED);
            out.extend_from_slice(&(record.len() as u32).to_le_bytes());
            out.extend_from_slice(record);
            json(seed, out);
        }
        Input::Record(bytes) => {
            out.push(tag::RECORD);
            out.extend_from_slice(bytes);
        }
        Input::Identity(found) => {
            out.push(tag::IDENTITY);
            let LookUp { answer: Answer { cgroup, path, subject }, provisional } = found.clone();
            json(&IdentityFrame { cgroup, path, subject, provisional }, out);
        }
        Input::Program(key, kind) => {
            out.push(tag::PROGRAM);
            json(&ProgramFrame { key: key.clone(), kind: *kind }, out);
        }
        Input::Counters(counters) => {
            out.push(tag::COUNTERS);
            for c in counters {
                for value in [c.seen, c.filtered, c.repeated, c.submitted, c.dropped] {
                    out.extend_from_slice(&value.to_le_bytes());
                }
            }
        }
        Input::Tick(now) => {
            out.push(tag::TICK);
            out.extend_from_slice(&now.to_le_bytes());
        }
    }
}

/// Appends the body of a node frame.
pub(super) fn encode_node(node: &Node, out: &mut Vec<u8>) {
    out.push(tag::NODE);
    json(node, out);
}

fn json(value: &impl Serialize, out: &mut Vec<u8>) {
    // Into memory, and of types that are all JSON: nothing can fail. If it ever did, the frame would be refused on reading.
    if let Err(error) = serde_json::to_writer(&mut *out, value) {
        tracing::error!(%error, "an input can't be written as JSON");
    }
}

/// Reads the body of a frame; an error says what is wrong with it.
pub(super) fn decode(body: &[u8]) -> Result<Frame<'_>, String> {
    const SHORT: &str = "it is too short for its kind";
    let (tag, payload) = body.split_first().ok_or("it is empty")?;
    let text = |error: serde_json::Error| error.to_string();
    let number = || payload.try_into().map(u64::from_le_bytes).map_err(|_| SHORT);
    Ok(match *tag {
        tag::NODE => Frame::Node(serde_json::from_slice(payload).map_err(text)?),
        tag::CLOCK => Frame::Input(Input::Clock(number()?.cast_signed())),
        tag::SEED => {
            let (len, rest) = payload.split_first_chunk().ok_or(SHORT)?;
            let (record, seed) = rest.split_at_checked(u32::from_le_bytes(*len) as usize).ok_or(SHORT)?;
            let seed: Seed = serde_json::from_slice(seed).map_err(text)?;
            Frame::Input(Input::Seed(record, seed))
        }
        tag::RECORD => Frame::Input(Input::Record(payload)),
        tag::IDENTITY => {
            let IdentityFrame { cgroup, path, subject, provisional } =
                serde_json::from_slice(payload).map_err(text)?;
            let answer = Answer { cgroup, path, subject };
            Frame::Input(Input::Identity(LookUp { answer, provisional }))
        }
        tag::PROGRAM => {
            let ProgramFrame { key, kind } = serde_json::from_slice(payload).map_err(text)?;
            Frame::Input(Input::Program(key, kind))
        }
        tag::COUNTERS => {
            let mut counters = [Counters::default(); hook::COUNT];
            let (words, rest) = payload.as_chunks();
            if words.len() != 5 * hook::COUNT || !rest.is_empty() {
                return Err(SHORT.to_owned());
            }
            for (c, words) in counters.iter_mut().zip(words.chunks(5)) {
                let word = |i: usize| u64::from_le_bytes(words[i]);
                *c = Counters {
                    seen: word(0),
                    filtered: word(1),
                    repeated: word(2),
                    submitted: word(3),
                    dropped: word(4),
                };
            }
            Frame::Input(Input::Counters(counters))
        }
        tag::TICK => Frame::Input(Input::Tick(number()?)),
        tag::GAP => Frame::Gap(number()?),
        tag::END => Frame::End,
        other => return Err(format!("it is of a kind ({other}) that this version doesn't know")),
    })
}

/// For fields that hold one of a few fixed words: the word, kept once. A hostile file can't make it keep many.
pub(crate) fn interned<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    Ok(intern(&String::deserialize(deserializer)?))
}

fn intern(text: &str) -> &'static str {
    const MOST: usize = 256;
    static WORDS: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    let words = words.get_or_insert_default();
    if let Some(word) = words.get(text) {
        return word;
    }
    if words.len() >= MOST || text.len() > MOST {
        return "other";
    }
    let word: &'static str = Box::leak(text.to_owned().into_boxed_str());
    words.insert(word);
    word
}

/// [`interned`] for [`Container::sources`](crate::event::Container::sources).
pub(crate) fn interned_pairs<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<(&'static str, &'static str)>, D::Error> {
    let pairs = Vec::<(String, String)>::deserialize(deserializer)?;
    Ok(pairs.iter().map(|(part, source)| (intern(part), intern(source))).collect())
}

/// [`interned`] for [`Container::missing`](crate::event::Container::missing).
pub(crate) fn interned_keys<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<(&'static str, String)>, D::Error> {
    let pairs = Vec::<(String, String)>::deserialize(deserializer)?;
    Ok(pairs.into_iter().map(|(part, why)| (intern(&part), why)).collect())
}
