//! The sections that are plain settings: where things are, and how large.

use std::fmt;
use std::marker::PhantomData;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, de};

/// `node`: what this machine is called in events and findings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Node {
    /// `None` is the host's name.
    pub name: Option<String>,
}

/// `grpc`: where the API listens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Grpc {
    /// Path of the unix socket, mode 0600.
    pub socket: PathBuf,
}

impl Default for Grpc {
    fn default() -> Self {
        Self { socket: PathBuf::from("/run/lunette/lunette.sock") }
    }
}

/// `metrics`: where Prometheus may ask.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Metrics {
    /// Address and port, or `off`.
    pub listen: OrOff<SocketAddr>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { listen: OrOff(Some(SocketAddr::from(([127, 0, 0, 1], 9469)))) }
    }
}

/// A value, or `off` ([`None`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrOff<T>(pub Option<T>);

impl<'de, T: FromStr> Deserialize<'de> for OrOff<T>
where
    T::Err: fmt::Display,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "off" {
            return Ok(Self(None));
        }
        let value =
            text.parse().map_err(|error| de::Error::custom(format!("{text:?}: {error}, nor is it `off`")))?;
        Ok(Self(Some(value)))
    }
}

/// `rings`: how much may wait in the kernel for the agent, a ring each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rings {
    pub process: RingSize,
    pub file: RingSize,
    pub network: RingSize,
}

impl Default for Rings {
    fn default() -> Self {
        // An exec is the largest record and the one that must not be lost: 4 MiB hold some 4,000 at a usual 1 KiB.
        Self { process: RingSize(4 << 20), file: RingSize(1 << 20), network: RingSize(1 << 20) }
    }
}

/// A ring's size in bytes: a power of two, at least a page, as the kernel asks
/// (`BPF_MAP_TYPE_RINGBUF`, `ringbuf_map_alloc`). Written as a number of bytes or as `512 KiB`, `4 MiB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RingSize(pub u32);

/// Smallest ring: the largest record (some 22 KiB) has to fit. It is a multiple of every page size Linux has.
const MIN_RING: u64 = 64 << 10;
const MAX_RING: u64 = 256 << 20;

impl RingSize {
    fn check(bytes: u64) -> Result<Self, String> {
        if !(MIN_RING..=MAX_RING).contains(&bytes) {
            return Err(format!("a ring has from {} KiB to {} MiB", MIN_RING >> 10, MAX_RING >> 20));
        }
        if !bytes.is_power_of_two() {
            let up = bytes.next_power_of_two();
            return Err(format!("a ring's size is a power of two; the nearest are {} and {up}", up / 2));
        }
        Ok(Self(bytes as u32))
    }
}

/// Smallest file of findings: a finding with its ancestors takes some 10 KiB.
const MIN_FILE: u64 = 64 << 10;

/// A number of bytes, or text with a unit.
fn parse_bytes(text: &str) -> Result<u64, String> {
    let wrong = || format!("{text:?} is no size: write bytes, or a number with KiB, MiB or GiB");
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let shift = match unit.trim() {
        "" | "B" => 0,
        "KiB" => 10,
        "MiB" => 20,
        "GiB" => 30,
        _ => return Err(wrong()),
    };
    let number: u64 = number.parse().map_err(|_| wrong())?;
    number.checked_mul(1 << shift).ok_or_else(wrong)
}

impl<'de> Deserialize<'de> for RingSize {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = size_in_bytes(deserializer)?;
        Self::check(bytes).map_err(de::Error::custom)
    }
}

/// For `#[serde(deserialize_with)]`: a size that has room for a finding.
fn file_size<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    match size_in_bytes(deserializer)? {
        bytes if bytes < MIN_FILE => {
            Err(de::Error::custom(format!("a file has at least {} KiB", MIN_FILE >> 10)))
        }
        bytes => Ok(bytes),
    }
}

/// A size in bytes.
fn size_in_bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    deserializer.deserialize_any(NumberOr::new("a size, as 1048576 or 1 MiB", Ok, parse_bytes))
}

/// Reads what may be written as a bare number or as text.
pub(super) struct NumberOr<N, T, V> {
    expected: &'static str,
    number: N,
    text: T,
    value: PhantomData<V>,
}

impl<N, T, V> NumberOr<N, T, V> {
    pub(super) fn new(expected: &'static str, number: N, text: T) -> Self {
        Self { expected, number, text, value: PhantomData }
    }
}

impl<N, T, V> de::Visitor<'_> for NumberOr<N, T, V>
where
    N: FnOnce(u64) -> Result<V, String>,
    T: FnOnce(&str) -> Result<V, String>,
{
    type Value = V;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<V, E> {
        (self.number)(value).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<V, E> {
        match u64::try_from(value) {
            Ok(value) => self.visit_u64(value),
            Err(_) => Err(E::custom(format!("{value} is negative"))),
        }
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<V, E> {
        (self.text)(value).map_err(E::custom)
    }
}

/// `findings`: where findings go besides the API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Findings {
    pub file: FindingsFile,
}

/// `findings.file`: JSON lines, rotated by size.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FindingsFile {
    /// Path, or `off`.
    pub path: OrOff<PathBuf>,
    /// Size at which the file is put aside and a new one begun.
    #[serde(deserialize_with = "file_size")]
    pub max_bytes: u64,
    /// How many put-aside files are kept.
    pub keep: u32,
}

impl Default for FindingsFile {
    fn default() -> Self {
        Self {
            path: OrOff(Some(PathBuf::from("/var/log/lunette/findings.jsonl"))),
            max_bytes: 64 << 20,
            keep: 4,
        }
    }
}

/// `log`: the agent's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    pub level: LogLevel,
    /// The kernel programs' own diagnostics as well.
    pub kernel: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    Error,
    Warn,
    #[default]
    Info,
    Debug,
    Trace,
}

impl LogLevel {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}
