//! What kind of program each executed file is, by content: what has been found out, and what should be looked at.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::event::{FileId, Image, ProgramKind};
use crate::status::Table;

/// Identity of a file's content, as far as the kernel program sees it: where it is, its size, and how it begins. A file
/// rewritten in place with the same beginning and size is taken for the old one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProgramKey {
    pub file: FileId,
    /// First bytes ([`lunette_wire::HEAD_LEN`]).
    pub head: Box<[u8]>,
}

impl ProgramKey {
    pub fn of(image: &Image) -> Self {
        // Another name for the same file changes its links, not its content.
        let file = FileId { nlink: 0, mode: 0, ..image.file };
        Self { file, head: image.head.clone() }
    }
}

/// See the module's documentation.
pub struct Programs {
    /// `None` while it is being looked at.
    entries: HashMap<ProgramKey, Option<ProgramKind>>,
    /// By beginning and size alone: what a copy is whose own file can't be reached any more (a memfd, a deleted file).
    contents: HashMap<(Box<[u8]>, u64), ProgramKind>,
    capacity: usize,
    evicted: u64,
}

/// What is known of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    Known(ProgramKind),
    /// It is being looked at.
    Asked,
    /// It should be looked at now.
    Ask,
}

impl Programs {
    pub fn new(capacity: usize) -> Self {
        Self { entries: HashMap::new(), contents: HashMap::new(), capacity, evicted: 0 }
    }

    /// What is known of a file. When it should be looked at now, that is noted.
    pub fn lookup(&mut self, key: &ProgramKey) -> Lookup {
        match self.entries.get(key) {
            Some(Some(kind)) => return Lookup::Known(*kind),
            Some(None) => return Lookup::Asked,
            None => {}
        }
        if self.entries.len() >= self.capacity {
            // Rare enough (thousands of different programs on one node) for starting over.
            self.evicted += self.entries.len() as u64;
            self.entries.clear();
            self.contents.clear();
        }
        self.entries.insert(key.clone(), None);
        Lookup::Ask
    }

    /// Takes an answer in, and says what the file is by all that is known. What couldn't be identified may be tried again
    /// at its next exec.
    pub fn learn(&mut self, key: ProgramKey, kind: ProgramKind) -> ProgramKind {
        let content = (key.head.clone(), key.file.size);
        if let ProgramKind::Unidentified(_) = kind {
            self.entries.remove(&key);
            return self.contents.get(&content).copied().unwrap_or(kind);
        }
        self.contents.insert(content, kind);
        self.entries.insert(key, Some(kind));
        kind
    }

    pub fn table(&self) -> Table {
        Table {
            name: "programs",
            entries: self.entries.len() as u64,
            capacity: self.capacity as u64,
            evicted: self.evicted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(ino: u64, head: u8) -> ProgramKey {
        ProgramKey { file: FileId { ino, size: 9, ..FileId::default() }, head: vec![head].into() }
    }

    #[test]
    fn looks_once_and_again_only_for_what_is_unidentified() {
        let mut programs = Programs::new(10);
        assert_eq!(programs.lookup(&key(1, 7)), Lookup::Ask);
        assert_eq!(programs.lookup(&key(1, 7)), Lookup::Asked);
        programs.learn(key(1, 7), ProgramKind::Unidentified("gone"));
        assert_eq!(programs.lookup(&key(1, 7)), Lookup::Ask);
        programs.learn(key(1, 7), ProgramKind::Shell("dash"));
        assert_eq!(programs.lookup(&key(1, 7)), Lookup::Known(ProgramKind::Shell("dash")));
    }

    #[test]
    fn a_copy_that_is_gone_is_known_by_its_content() {
        let mut programs = Programs::new(10);
        programs.learn(key(1, 7), ProgramKind::Shell("dash"));
        assert_eq!(programs.learn(key(2, 7), ProgramKind::Unidentified("gone")), ProgramKind::Shell("dash"));
        assert_eq!(
            programs.learn(key(2, 8), ProgramKind::Unidentified("gone")),
            ProgramKind::Unidentified("gone")
        );
    }
}
