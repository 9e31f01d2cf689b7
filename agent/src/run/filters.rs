//! What the kernel is told: which cgroups are the node's own, and where secrets are mounted.

use std::collections::HashMap;

use lunette_wire::{MountKey, NameKey, ROOT_CGROUP, cgroup_class};

use crate::event::Subject;
use crate::kernel::load::Filters;

/// Keeps the kernel's filter maps in step with what is known. Every error leaves the kernel passing on more than it must,
/// never less.
pub struct KernelFilters {
    maps: Filters,
    /// Secret mounts of each cgroup, and how many cgroups each mount belongs to.
    mounts: HashMap<u64, Vec<MountKey>>,
    users: HashMap<MountKey, u32>,
    /// While the agent checks that it sees its own opens, no cgroup is called the node's: `Some` has those to be told after.
    held: Option<Vec<u64>>,
}

impl KernelFilters {
    pub fn new(mut maps: Filters, names: &[NameKey], dirs: &[NameKey]) -> anyhow::Result<Self> {
        for name in names {
            maps.add_name(*name)?;
        }
        for dir in dirs {
            maps.add_dir(*dir)?;
        }
        Ok(Self { maps, mounts: HashMap::new(), users: HashMap::new(), held: Some(vec![ROOT_CGROUP]) })
    }

    /// From now on the node's own opens are left out.
    pub fn release_host(&mut self) {
        for cgroup in self.held.take().unwrap_or_default() {
            self.classify(cgroup, cgroup_class::HOST);
        }
    }

    /// A cgroup has become known. `mounts` are the roots of its secret mounts, `None` where they couldn't be had.
    pub fn learn(&mut self, cgroup: u64, subject: &Subject, mounts: Option<Vec<MountKey>>) {
        match subject {
            Subject::Host(_) => match &mut self.held {
                Some(held) => held.push(cgroup),
                None => self.classify(cgroup, cgroup_class::HOST),
            },
            Subject::Container(_) => {
                let mut ready = mounts.is_some();
                for key in mounts.unwrap_or_default() {
                    ready &= self.add_mount(cgroup, key);
                }
                self.classify(cgroup, if ready { cgroup_class::READY } else { cgroup_class::PENDING });
            }
            Subject::Unknown(_) => {}
        }
    }

    pub fn forget(&mut self, cgroups: &[u64]) {
        for cgroup in cgroups {
            self.maps.forget_cgroup(*cgroup);
            for key in self.mounts.remove(cgroup).unwrap_or_default() {
                if let Some(users) = self.users.get_mut(&key) {
                    *users -= 1;
                    if *users == 0 {
                        self.users.remove(&key);
                        self.maps.forget_mount(key);
                    }
                }
            }
        }
    }

    fn add_mount(&mut self, cgroup: u64, key: MountKey) -> bool {
        let of_cgroup = self.mounts.entry(cgroup).or_default();
        if of_cgroup.contains(&key) {
            return true;
        }
        if !self.users.contains_key(&key)
            && let Err(error) = self.maps.add_mount(key)
        {
            tracing::warn!(%error, "the kernel's table of secret mounts takes no more");
            return false;
        }
        of_cgroup.push(key);
        *self.users.entry(key).or_default() += 1;
        true
    }

    fn classify(&mut self, cgroup: u64, class: u32) {
        if let Err(error) = self.maps.set_cgroup(cgroup, class) {
            tracing::warn!(%error, cgroup, "the kernel's table of cgroups takes no more");
        }
    }
}
