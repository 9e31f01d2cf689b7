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
        Self { entries: HashMap::new(), capacity, evicted: 0 }
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
        }
        self.entries.insert(key.clone(), None);
        Lookup::Ask
    }

    /// Takes an answer in. What couldn't be identified may be tried again at its next exec.
    pub fn learn(&mut self, key: ProgramKey, kind: ProgramKind) {
        match kind {
            ProgramKind::Unidentified(_) => {
                self.entries.remove(&key);
            }
            _ => {
                self.entries.insert(key, Some(kind));
            }
        }
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
