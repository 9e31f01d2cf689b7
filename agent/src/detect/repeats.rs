//! Findings that were made already: their ids, and how often each came.

use std::fmt::Write;

use lru::LruCache;
use sha2::{Digest, Sha256};

use crate::event::{Container, Finding};
use crate::status::Table;

/// Most findings that are remembered. One that had to go and comes again counts from 1 anew.
const CAPACITY: usize = 8192;

/// What makes two findings the same: rule, container, and what the rule adds.
pub(crate) struct Key(Sha256);

impl Key {
    pub(crate) fn new(rule: &str, container: &Container) -> Self {
        let mut key = Self(Sha256::new());
        key.add(rule.as_bytes());
        match &container.pod {
            // A container that restarts in its pod has a new id, and is the same one for those who look after it.
            Some(pod) if !pod.uid.is_empty() && !container.name.is_empty() => {
                key.add(pod.uid.as_bytes());
                key.add(container.name.as_bytes());
            }
            _ => key.add(container.id.as_bytes()),
        }
        key
    }

    /// The length goes in too, so that no two lists of parts run into the same bytes.
    pub(crate) fn add(&mut self, part: &[u8]) {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    fn finish(self) -> [u8; 16] {
        let mut id = [0; 16];
        id.copy_from_slice(&self.0.finalize()[..16]);
        id
    }
}

/// The first few repeats are told at once. After that one is told this long after the last time, then after twice as long,
/// and so on to [`LONGEST_NS`]; in between it only counts. Who repeats quickest would otherwise fill every queue and disk with the same finding.
const SHORTEST_NS: u64 = 1_000_000_000;
const LONGEST_NS: u64 = 60_000_000_000;
const AT_ONCE: u64 = 5;
/// Counts that wait to be told, at most; beyond, repeats are told at once.
const HELD: usize = 1024;

struct Entry {
    count: u64,
    first_unix_ns: u64,
    told_unix_ns: u64,
    pause_ns: u64,
    /// The latest repeat, when it hasn't been told.
    held: Option<Box<Finding>>,
}

impl Entry {
    fn due(&self, unix_ns: u64) -> bool {
        unix_ns == u64::MAX || unix_ns.saturating_sub(self.told_unix_ns) >= self.pause_ns
    }

    fn told(&mut self, unix_ns: u64) {
        self.told_unix_ns = unix_ns;
        if self.count >= AT_ONCE {
            self.pause_ns = (self.pause_ns * 2).clamp(SHORTEST_NS, LONGEST_NS);
        }
        self.held = None;
    }
}

impl Repeat {
    /// For [`Repeats::tell`].
    pub(crate) fn key(&self) -> [u8; 16] {
        self.key
    }
}

/// The finding that a key stands for, this time included.
pub(crate) struct Repeat {
    /// 32 hexadecimal digits.
    pub id: String,
    pub count: u64,
    pub first_unix_ns: u64,
    key: [u8; 16],
}

pub(crate) struct Repeats {
    seen: LruCache<[u8; 16], Entry>,
    /// Keys of entries that hold a repeat.
    held: Vec<[u8; 16]>,
    evicted: u64,
}

impl Repeats {
    pub(crate) fn new() -> Self {
        // Bounded by hand: a bounded cache takes all of its memory at once.
        Self { seen: LruCache::unbounded(), held: Vec::new(), evicted: 0 }
    }

    pub(crate) fn count(&mut self, key: Key, unix_ns: u64) -> Repeat {
        let key = key.finish();
        let new = || Entry { count: 0, first_unix_ns: unix_ns, told_unix_ns: 0, pause_ns: 0, held: None };
        let entry = self.seen.get_or_insert_mut(key, new);
        entry.count += 1;
        let (count, first_unix_ns) = (entry.count, entry.first_unix_ns);
        if self.seen.len() > CAPACITY && self.seen.pop_lru().is_some() {
            self.evicted += 1;
        }
        let mut id = String::with_capacity(32);
        for byte in key {
            // Writing to a String can't fail.
            let _ = write!(id, "{byte:02x}");
        }
        Repeat { id, count, first_unix_ns, key }
    }

    /// Gives the finding back when it is time to tell it; else keeps it, in place of the one before.
    pub(crate) fn tell(&mut self, repeat: &[u8; 16], finding: Finding) -> Option<Finding> {
        let Some(entry) = self.seen.peek_mut(repeat) else { return Some(finding) };
        if entry.due(finding.last_unix_ns) || (entry.held.is_none() && self.held.len() >= HELD) {
            entry.told(finding.last_unix_ns);
            return Some(finding);
        }
        if entry.held.replace(Box::new(finding)).is_none() {
            self.held.push(*repeat);
        }
        None
    }

    /// Those that were kept, and whose time has come at `unix_ns`; all of them at `u64::MAX`.
    pub(crate) fn due(&mut self, unix_ns: u64) -> Vec<Finding> {
        let mut due = Vec::new();
        let seen = &mut self.seen;
        self.held.retain(|key| {
            // Forgotten, or told with a later repeat.
            let Some(entry) = seen.peek_mut(key).filter(|entry| entry.held.is_some()) else { return false };
            if !entry.due(unix_ns) {
                return true;
            }
            let held = entry.held.take();
            entry.told(unix_ns);
            due.extend(held.map(|finding| *finding));
            false
        });
        due
    }

    pub(crate) fn table(&self) -> Table {
        Table {
            name: "findings",
            entries: self.seen.len() as u64,
            capacity: CAPACITY as u64,
            evicted: self.evicted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(parts: &[&str]) -> Key {
        let mut key = Key::new("r", &Container { id: "c".into(), ..Container::default() });
        parts.iter().for_each(|part| key.add(part.as_bytes()));
        key
    }

    #[test]
    fn ids_are_the_same_on_every_run() {
        // A change here makes every finding of an upgraded node a new one.
        assert_eq!(Repeats::new().count(key(&["a", "bc"]), 1).id, "f9d343d98ad4ae06823715d6688a39f9");
    }

    #[test]
    fn parts_dont_run_together() {
        let mut repeats = Repeats::new();
        assert_ne!(repeats.count(key(&["a", "bc"]), 1).id, repeats.count(key(&["ab", "c"]), 1).id);
    }

    #[test]
    fn counts_and_stays_bounded() {
        let mut repeats = Repeats::new();
        repeats.count(key(&["x"]), 5);
        let again = repeats.count(key(&["x"]), 9);
        assert_eq!((again.count, again.first_unix_ns), (2, 5));
        for number in 0..CAPACITY as u64 + 10 {
            repeats.count(key(&[&number.to_string()]), number);
        }
        let table = repeats.table();
        assert_eq!((table.entries, table.evicted), (CAPACITY as u64, 11));
        assert_eq!(repeats.count(key(&["x"]), 99).count, 1);
    }
}
