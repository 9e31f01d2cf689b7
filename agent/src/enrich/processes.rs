//! The processes of the node: who runs what, and whose child it is.
//!
//! A process is kept while it lives, while a descendant of it lives (so that ancestry survives parents that exit), and for
//! a while after, for events that come late: a shorter while when very many end. Keys have the start time, so a pid that is used again is another process.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::event::{MAX_ANCESTORS, Process, ProcessKey, ProcessSource};
use crate::status::Table;

/// How long after its exit a process stays known.
const GRACE_NS: u64 = 30_000_000_000;
/// Most processes that are kept for that alone: they outnumber the living where many short ones run.
const WAITING_MAX: usize = 4_096;
/// Most bytes that all programs' names and arguments may have together: somebody may execute nothing but the longest.
const TEXT_MAX: usize = 32 << 20;

/// See the module's documentation.
pub struct Processes {
    entries: HashMap<ProcessKey, Entry>,
    /// Exits in order: when, and who.
    exits: VecDeque<(u64, ProcessKey)>,
    capacity: usize,
    evicted: u64,
    /// Bytes of text of all entries.
    text: usize,
}

struct Entry {
    process: Arc<Process>,
    /// Bytes of text that are this entry's own: a forked process shares its parent's.
    text: usize,
    /// Children in the table.
    children: u32,
    exited: bool,
    /// In `exits`: its time after exit still runs.
    waits: bool,
}

impl Processes {
    pub fn new(capacity: usize) -> Self {
        Self { entries: HashMap::new(), exits: VecDeque::new(), capacity, evicted: 0, text: 0 }
    }

    pub fn get(&self, key: ProcessKey) -> Option<&Arc<Process>> {
        self.entries.get(&key).map(|entry| &entry.process)
    }

    /// Takes a process in, or what it has become by an exec.
    pub fn insert(&mut self, process: Arc<Process>) {
        let key = process.key;
        let text = text_of(&process);
        if let Some(entry) = self.entries.get_mut(&key) {
            self.text = self.text - entry.text + text;
            entry.text = text;
            let before = std::mem::replace(&mut entry.process, Arc::clone(&process));
            if before.parent != process.parent {
                self.release(before.parent);
                self.adopt(process.parent);
            }
            return;
        }
        while self.entries.len() >= self.capacity || self.text + text > TEXT_MAX {
            if !self.make_room() {
                self.evicted += 1;
                return;
            }
        }
        self.text += text;
        self.adopt(process.parent);
        self.entries.insert(key, Entry { process, text, children: 0, exited: false, waits: false });
    }

    /// The process has ended, at `now_ns`.
    pub fn exit(&mut self, key: ProcessKey, now_ns: u64) {
        if let Some(entry) = self.entries.get_mut(&key)
            && !entry.exited
        {
            entry.exited = true;
            entry.waits = true;
            self.exits.push_back((now_ns, key));
            self.expire(now_ns);
        }
    }

    /// Forgets who ended long enough before `now_ns`, or before enough others, and has no descendants left.
    pub fn expire(&mut self, now_ns: u64) {
        while let Some(&(at, key)) = self.exits.front()
            && (now_ns.saturating_sub(at) > GRACE_NS || self.exits.len() > WAITING_MAX)
        {
            self.exits.pop_front();
            if let Some(entry) = self.entries.get_mut(&key) {
                entry.waits = false;
            }
            self.remove_if_childless(key);
        }
    }

    /// Parent first, as far as is known.
    pub fn ancestors(&self, process: &Process) -> Vec<Arc<Process>> {
        let mut line: Vec<Arc<Process>> = Vec::new();
        let mut next = process.parent;
        while let Some(key) = next
            && line.len() < MAX_ANCESTORS
            && let Some(parent) = self.get(key)
        {
            next = parent.parent;
            line.push(Arc::clone(parent));
        }
        line
    }

    pub fn table(&self) -> Table {
        Table {
            name: "processes",
            entries: self.entries.len() as u64,
            capacity: self.capacity as u64,
            evicted: self.evicted,
        }
    }

    fn remove(&mut self, key: ProcessKey) -> Option<Entry> {
        let entry = self.entries.remove(&key)?;
        self.text -= entry.text;
        Some(entry)
    }

    fn adopt(&mut self, parent: Option<ProcessKey>) {
        if let Some(entry) = parent.and_then(|key| self.entries.get_mut(&key)) {
            entry.children += 1;
        }
    }

    /// A child of `parent` is gone; so is the parent, if it had exited and waited only for that.
    fn release(&mut self, parent: Option<ProcessKey>) {
        let Some(key) = parent else { return };
        let Some(entry) = self.entries.get_mut(&key) else { return };
        entry.children = entry.children.saturating_sub(1);
        self.remove_if_childless(key);
    }

    fn remove_if_childless(&mut self, key: ProcessKey) {
        let mut next = Some(key);
        // A loop, not a recursion: a line of exited parents may be long.
        while let Some(key) = next.take() {
            match self.entries.get(&key) {
                Some(entry) if entry.exited && !entry.waits && entry.children == 0 => {}
                _ => return,
            }
            let parent = self.remove(key).and_then(|entry| entry.process.parent);
            if let Some(entry) = parent.and_then(|key| self.entries.get_mut(&key)) {
                entry.children = entry.children.saturating_sub(1);
                next = parent;
            }
        }
    }

    /// Throws out whoever exited first, descendants or not. False when everybody lives.
    fn make_room(&mut self) -> bool {
        while let Some((_, key)) = self.exits.pop_front() {
            if let Some(entry) = self.remove(key) {
                self.evicted += 1;
                self.release(entry.process.parent);
                return true;
            }
        }
        // Exited ancestors that only wait for their descendants aren't in the queue any more.
        let waiting = self.entries.iter().find(|(_, entry)| entry.exited).map(|(key, _)| *key);
        if let Some(entry) = waiting.and_then(|key| self.remove(key)) {
            self.evicted += 1;
            self.release(entry.process.parent);
            return true;
        }
        false
    }
}

/// Bytes of text that a process brings along.
fn text_of(process: &Process) -> usize {
    if process.source == ProcessSource::Fork {
        return 0;
    }
    let image = &process.image;
    // An argument costs its pointer, length and capacity as well.
    let args: usize = image.args.iter().map(|arg| arg.len() + 24).sum();
    args + image.exe.len() + image.filename.len() + image.cwd.len() + image.head.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::event::{Image, Origin};

    fn key(pid: u32, start_ns: u64) -> ProcessKey {
        ProcessKey { pid, start_ns }
    }

    fn process(key: ProcessKey, parent: Option<ProcessKey>) -> Arc<Process> {
        Arc::new(Process {
            key,
            parent,
            ns_pid: 0,
            cgroup: 1,
            image: Arc::new(Image::default()),
            origin: Origin::Unknown,
            source: ProcessSource::Fork,
        })
    }

    #[test]
    fn ancestry_survives_parents_that_exit_and_ends_with_their_last_descendant() {
        let mut table = Processes::new(100);
        let (a, b, c) = (key(1, 1), key(2, 2), key(3, 3));
        table.insert(process(a, None));
        table.insert(process(b, Some(a)));
        table.insert(process(c, Some(b)));
        table.exit(a, 10);
        table.exit(b, 20);
        table.expire(20 + 2 * GRACE_NS);
        let line: Vec<_> = table.ancestors(table.get(c).unwrap()).iter().map(|p| p.key).collect();
        assert_eq!(line, [b, a]);
        table.exit(c, 30 + 2 * GRACE_NS);
        table.expire(31 + 4 * GRACE_NS);
        assert_eq!(table.table().entries, 0);
    }

    #[test]
    fn a_pid_used_again_is_another_process() {
        let mut table = Processes::new(100);
        table.insert(process(key(7, 1), Some(key(1, 0))));
        table.exit(key(7, 1), 5);
        table.insert(process(key(7, 9), None));
        assert_eq!(table.get(key(7, 9)).unwrap().parent, None);
        assert_eq!(table.get(key(7, 1)).unwrap().parent, Some(key(1, 0)));
    }

    #[test]
    fn the_longest_arguments_make_room_for_one_another() {
        let mut table = Processes::new(100_000);
        let image = Arc::new(Image { args: vec![vec![b'x'; 1 << 20].into()], ..Image::default() });
        for pid in 0..200 {
            let mut one = (*process(key(pid, 0), None)).clone();
            one.image = Arc::clone(&image);
            one.source = ProcessSource::Exec;
            table.insert(Arc::new(one));
            table.exit(key(pid, 0), u64::from(pid));
            assert!(table.text <= TEXT_MAX);
        }
        assert_eq!(table.table().entries, 31);
        table.expire(1_000 + 2 * GRACE_NS);
        assert_eq!((table.text, table.table().entries), (0, 0));
    }

    #[test]
    fn many_short_lives_make_room_for_one_another() {
        let mut table = Processes::new(100_000);
        table.insert(process(key(1, 0), None));
        for start in 1..=20_000 {
            table.insert(process(key(2, start), Some(key(1, 0))));
            table.exit(key(2, start), start);
        }
        assert_eq!(table.table().entries, WAITING_MAX as u64 + 1);
        assert_eq!(table.table().evicted, 0);
        assert!(table.get(key(2, 20_000)).is_some() && table.get(key(2, 1)).is_none());
    }

    proptest! {
        #[test]
        fn never_holds_more_than_its_capacity_and_always_ends_empty(
            steps in prop::collection::vec((0_u32..40, 0_u32..40, any::<bool>()), 0..400),
        ) {
            let mut table = Processes::new(16);
            let mut now = 0;
            for (pid, parent, exits) in steps {
                now += GRACE_NS / 5;
                if exits {
                    table.exit(key(pid, 0), now);
                } else {
                    table.insert(process(key(pid, 0), (parent != pid).then(|| key(parent, 0))));
                }
                table.expire(now);
                prop_assert!(table.table().entries <= 16);
            }
            for pid in 0..40 {
                table.exit(key(pid, 0), now);
            }
            table.expire(now + 2 * GRACE_NS);
            // Two processes can't be each other's parents in life; in this test they can, and wait for one another.
            let mut left: Vec<_> = table.entries.values().filter(|e| e.children == 0).collect();
            left.retain(|e| e.exited);
            prop_assert!(left.is_empty());
        }
    }
}
