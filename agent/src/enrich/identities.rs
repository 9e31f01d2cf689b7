//! Which subject each cgroup is: what has been found out, what has been asked, what should be asked again.

use std::collections::HashMap;

use crate::event::Subject;
use crate::status::Table;

/// A provisional answer is asked for again after this long.
const ASK_AGAIN_NS: u64 = 10_000_000_000;

/// See the module's documentation. Keys are cgroup ids ([`lunette_wire::Task::cgroup`]).
pub struct Identities {
    entries: HashMap<u64, Entry>,
    capacity: usize,
    evicted: u64,
}

struct Entry {
    /// `None` until the first answer.
    subject: Option<Subject>,
    /// Another look may find more.
    provisional: bool,
    /// When it was last asked for.
    asked_ns: u64,
    used_ns: u64,
}

/// What is known of a cgroup.
pub struct Lookup<'a> {
    /// `None` while the first answer is out.
    pub subject: Option<&'a Subject>,
    /// It should be asked for now.
    pub ask: bool,
}

impl Identities {
    pub fn new(capacity: usize) -> Self {
        Self { entries: HashMap::new(), capacity, evicted: 0 }
    }

    /// What is known of `cgroup`, and whether to ask; asking is noted.
    pub fn lookup(&mut self, cgroup: u64, now_ns: u64) -> Lookup<'_> {
        let mut ask = false;
        let entry = self.entries.entry(cgroup).or_insert_with(|| {
            ask = true;
            Entry { subject: None, provisional: false, asked_ns: now_ns, used_ns: now_ns }
        });
        entry.used_ns = now_ns;
        if entry.provisional && now_ns.saturating_sub(entry.asked_ns) > ASK_AGAIN_NS {
            entry.asked_ns = now_ns;
            ask = true;
        }
        Lookup { subject: entry.subject.as_ref(), ask }
    }

    /// What is known of `cgroup`, without asking.
    pub fn get(&self, cgroup: u64) -> Option<&Subject> {
        self.entries.get(&cgroup)?.subject.as_ref()
    }

    /// Takes an answer in; a `provisional` one is asked for again later.
    pub fn learn(&mut self, cgroup: u64, subject: Subject, provisional: bool, now_ns: u64) {
        let entry = self.entries.entry(cgroup).or_insert(Entry {
            subject: None,
            provisional: false,
            asked_ns: now_ns,
            used_ns: now_ns,
        });
        entry.subject = Some(subject);
        entry.provisional = provisional;
    }

    /// Makes room: the cgroups that were longest without use are forgotten, and returned.
    pub fn prune(&mut self) -> Vec<u64> {
        if self.entries.len() <= self.capacity {
            return Vec::new();
        }
        let mut by_age: Vec<(u64, u64)> =
            self.entries.iter().map(|(id, entry)| (entry.used_ns, *id)).collect();
        by_age.sort_unstable();
        by_age.truncate(self.entries.len() - self.capacity + self.capacity / 8);
        for (_, id) in &by_age {
            self.entries.remove(id);
        }
        self.evicted += by_age.len() as u64;
        by_age.into_iter().map(|(_, id)| id).collect()
    }

    /// Containers that are known, each once.
    pub fn containers(&self) -> usize {
        self.entries.values().filter(|e| matches!(e.subject, Some(Subject::Container(_)))).count()
    }

    pub fn table(&self) -> Table {
        Table {
            name: "cgroups",
            entries: self.entries.len() as u64,
            capacity: self.capacity as u64,
            evicted: self.evicted,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::event::{Container, Host};

    #[test]
    fn asks_once_and_again_only_for_what_is_provisional() {
        let mut ids = Identities::new(10);
        assert!(ids.lookup(5, 0).ask);
        assert!(!ids.lookup(5, 1).ask);
        ids.learn(5, Subject::Container(Arc::new(Container::default())), true, 2);
        assert!(!ids.lookup(5, 3).ask);
        assert!(ids.lookup(5, 2 * ASK_AGAIN_NS).ask);
        assert!(!ids.lookup(5, 2 * ASK_AGAIN_NS + 1).ask);
        ids.learn(5, Subject::Host(Arc::new(Host::default())), false, 2 * ASK_AGAIN_NS);
        assert!(!ids.lookup(5, 9 * ASK_AGAIN_NS).ask);
    }

    #[test]
    fn forgets_the_longest_unused_first() {
        let mut ids = Identities::new(16);
        for id in 0..20 {
            ids.lookup(id, id);
        }
        ids.lookup(0, 100);
        let gone = ids.prune();
        assert_eq!(gone, [1, 2, 3, 4, 5, 6]);
        assert_eq!(ids.table().entries, 14);
    }
}
