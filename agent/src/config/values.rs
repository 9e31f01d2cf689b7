//! Values that are more than text: address blocks, ports, wildcards, file patterns, dates. Each is checked when read.

use std::fmt;
use std::net::IpAddr;

use bstr::{BStr, BString, ByteSlice};
use ipnet::IpNet;
use jiff::civil;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, de};

use super::sections::NumberOr;
use crate::event::Protocol;

/// An address block, v4 or v6. A bare address is a block of one; a v4-mapped block (`::ffff:10.0.0.0/104`) is its v4
/// one, as addresses in events are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cidr(pub IpNet);

impl Cidr {
    /// # Errors
    /// What is wrong with the text, for the user.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| {
            format!("{text:?} is no address block: write an address (192.0.2.7, 2001:db8::7) or a block (10.0.0.0/8)")
        })?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            None => longest,
            // `parse` alone would let `+8` and `08` pass.
            Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
                match digits.parse::<u8>() {
                    Ok(prefix) if prefix <= longest => prefix,
                    _ => {
                        return Err(format!("{text:?} is no address block: prefix is longer than {longest}"));
                    }
                }
            }
            Some(_) => return Err(format!("{text:?} is no address block: after the / stands a number")),
        };
        let (address, prefix) = match address {
            IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
                Some(v4) if prefix >= 96 => (IpAddr::V4(v4), prefix - 96),
                _ => (address, prefix),
            },
            IpAddr::V4(_) => (address, prefix),
        };
        let block =
            IpNet::new(address, prefix).map_err(|error| format!("{text:?} is no address block: {error}"))?;
        if block.addr() != block.network() {
            let meant = block.trunc();
            return Err(format!(
                "{text:?} has bits set after its prefix: write {meant}, or {address} for that one"
            ));
        }
        Ok(Self(block))
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Cidr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// Ports from `first` to `last`, both included; `443` or `8000-8100` in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PortRange {
    pub first: u16,
    pub last: u16,
}

/// Ports of a destination; empty is every port.
pub type Ports = Vec<PortRange>;

impl PortRange {
    fn single(port: u64) -> Result<Self, String> {
        match u16::try_from(port) {
            Ok(port) if port > 0 => Ok(Self { first: port, last: port }),
            _ => Err(format!("{port} is no port: ports are 1 to 65535")),
        }
    }

    /// # Errors
    /// What is wrong with the text, for the user.
    pub fn parse(text: &str) -> Result<Self, String> {
        let port = |digits: &str| match digits.trim().parse::<u64>() {
            Ok(number) => Self::single(number).map(|range| range.first),
            Err(_) => Err(format!("{text:?} is no port: write 443, or \"8000-8100\"")),
        };
        let (first, last) = match text.split_once('-') {
            Some((first, last)) => (port(first)?, port(last)?),
            None => (port(text)?, port(text)?),
        };
        if first > last {
            return Err(format!("{text:?} is no range of ports: it ends before it begins"));
        }
        Ok(Self { first, last })
    }

    pub fn contains(self, port: u16) -> bool {
        (self.first..=self.last).contains(&port)
    }
}

impl<'de> Deserialize<'de> for PortRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberOr::new("a port or a range of ports", Self::single, Self::parse))
    }
}

/// A transport protocol by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProtocolName {
    #[default]
    Any,
    Tcp,
    Udp,
    Sctp,
}

impl ProtocolName {
    pub fn covers(self, protocol: Protocol) -> bool {
        match self {
            Self::Any => true,
            Self::Tcp => protocol == Protocol::Tcp,
            Self::Udp => protocol == Protocol::Udp,
            Self::Sctp => protocol == Protocol::Sctp,
        }
    }
}

/// A name in which `*` stands for any run of bytes, also an empty one and one with `/` in it, and `?` for any one byte.
/// Everything else is itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wildcard(BString);

impl Wildcard {
    pub fn new(pattern: impl Into<BString>) -> Self {
        Self(pattern.into())
    }

    pub fn as_bstr(&self) -> &BStr {
        self.0.as_bstr()
    }

    /// Allocates nothing. At worst pattern × text steps, and linear unless the pattern has several `*`.
    pub fn matches(&self, text: &[u8]) -> bool {
        let pattern = self.0.as_slice();
        let (mut p, mut t) = (0, 0);
        // Where the last `*` was, and how far into the text it reaches so far.
        let mut star: Option<(usize, usize)> = None;
        while t < text.len() {
            match pattern.get(p) {
                Some(b'*') => {
                    star = Some((p, t));
                    p += 1;
                }
                Some(byte) if *byte == b'?' || *byte == text[t] => {
                    p += 1;
                    t += 1;
                }
                _ => match star {
                    Some((at, reach)) => {
                        star = Some((at, reach + 1));
                        p = at + 1;
                        t = reach + 1;
                    }
                    None => return false,
                },
            }
        }
        pattern[p..].iter().all(|byte| *byte == b'*')
    }
}

impl<'de> Deserialize<'de> for Wildcard {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.is_empty() {
            return Err(de::Error::custom(
                "an empty pattern matches nothing: leave the key out to match everything",
            ));
        }
        Ok(Self::new(text))
    }
}

/// Longest name that the kernel's filter can hold ([`lunette_wire::NameKey`] and its ending NUL).
const MAX_FILTER_NAME: usize = size_of::<lunette_wire::NameKey>() - 1;

/// One component of a [`FilePattern`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Name(BString),
    /// `*`: any one name.
    Any,
}

/// Files by path, in terms that the kernel's filter can check too: it looks at a file's own name and its directory's,
/// nothing more. So the last component is a name, or it is `*` and the one before it is a name.
///
/// `/etc/shadow` is that file; `/home/*/.netrc` has any one directory in its middle; `**/id_rsa` and `id_rsa` are any
/// file of that name; `**/.aws/credentials` any with that end; `/etc/ssl/private/*` every file right in that directory.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FilePattern {
    /// Begins at the root; else it may begin at any depth.
    pub anchored: bool,
    /// Never empty.
    pub parts: Vec<Part>,
}

impl FilePattern {
    /// # Errors
    /// What is wrong with the pattern, for the user.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (anchored, rest) = match (text.strip_prefix("**/"), text.strip_prefix('/')) {
            (Some(rest), _) => (false, rest),
            (None, Some(rest)) => (true, rest),
            (None, None) if !text.contains('/') => (false, text),
            (None, None) => {
                return Err(format!("{text:?} begins nowhere: write /{text}, or **/{text} for any depth"));
            }
        };
        let part = |name: &str| match name {
            "" | "." | ".." => Err(format!("{text:?} is no clean path: it has an empty, . or .. component")),
            "*" => Ok(Part::Any),
            "**" => Err(format!(
                "{text:?}: the kernel can tell a file's own name and its directory's, not a whole tree: name the \
                 directories one by one, as /dir/*, or the mount under secrets.mounts"
            )),
            name if name.contains(['*', '?', '[']) => Err(format!(
                "{text:?}: the kernel compares whole names, so * stands for a whole name only: list the names"
            )),
            name => Ok(Part::Name(name.into())),
        };
        let parts = rest.split('/').map(part).collect::<Result<Vec<_>, _>>()?;
        let pattern = Self { anchored, parts };
        match pattern.deciding_name() {
            None => {
                Err(format!("{text:?} matches too much: a * at the end needs a named directory before it"))
            }
            Some(name) if name.len() > MAX_FILTER_NAME => Err(format!(
                "{text:?}: {name:?} is longer than the {MAX_FILTER_NAME} bytes that the kernel compares"
            )),
            Some(_) => Ok(pattern),
        }
    }

    /// The name that decides in the kernel: the file's, or its directory's where the last component is `*`.
    pub fn deciding_name(&self) -> Option<&BStr> {
        match self.parts.as_slice() {
            [.., Part::Name(name)] | [.., Part::Name(name), Part::Any] => Some(name.as_bstr()),
            _ => None,
        }
    }

    /// Whether it is every file of a directory.
    pub fn is_directory(&self) -> bool {
        matches!(self.parts.last(), Some(Part::Any))
    }

    /// Allocates nothing; goes through the path once, from its end.
    pub fn matches<'a>(&self, mut components: impl DoubleEndedIterator<Item = &'a [u8]>) -> bool {
        for part in self.parts.iter().rev() {
            match (components.next_back(), part) {
                (None, _) => return false,
                (Some(name), Part::Name(wanted)) if name != wanted.as_slice() => return false,
                (Some(_), _) => {}
            }
        }
        !self.anchored || components.next_back().is_none()
    }
}

impl<'de> Deserialize<'de> for FilePattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// A day, `2026-12-31`: what expires on it still holds until its end, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpiryDate {
    /// The day's end, nanoseconds since 1970-01-01T00:00:00Z.
    pub end_unix_ns: u64,
}

impl<'de> Deserialize<'de> for ExpiryDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || de::Error::custom(format!("{text:?} is no date: write it as 2026-12-31"));
        if text.len() != "2026-12-31".len() {
            return Err(wrong());
        }
        let day: civil::Date = text.parse().map_err(|_| wrong())?;
        let end = day
            .tomorrow()
            .and_then(|next| TimeZone::UTC.to_timestamp(next.to_datetime(civil::Time::midnight())))
            .map_err(|_| wrong())?;
        let end_unix_ns = u64::try_from(end.as_nanosecond()).map_err(|_| wrong())?;
        Ok(Self { end_unix_ns })
    }
}
