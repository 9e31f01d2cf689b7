//! cgroups: what tells one container from another, and what runc puts them in.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::shell::{self, say};

/// Mounts the cgroup file system where no hierarchy is mounted at all.
pub(super) fn mount() -> Result<()> {
    let mounts = fs::read_to_string("/proc/mounts").context("cannot read /proc/mounts: mount /proc")?;
    if has_cgroups(&mounts) {
        return Ok(());
    }
    let place = "/sys/fs/cgroup";
    say(&format!("mounting cgroup2 on {place}"));
    if !Path::new(place).is_dir() {
        anyhow::bail!("{place} is missing: mount /sys, then run the same command again");
    }
    shell::run(Command::new("mount").args(["-t", "cgroup2", "none", place]))
}

/// From the lines of `/proc/mounts`: version 1, 2 or both.
fn has_cgroups(mounts: &str) -> bool {
    mounts.lines().filter_map(|line| line.split(' ').nth(2)).any(|kind| matches!(kind, "cgroup" | "cgroup2"))
}

#[cfg(test)]
mod tests {
    use super::has_cgroups;

    #[test]
    fn sees_either_version() {
        assert!(has_cgroups("proc /proc proc rw 0 0\ncgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n"));
        assert!(has_cgroups("cgroup /sys/fs/cgroup/pids cgroup rw,pids 0 0\n"));
        assert!(!has_cgroups("tmpfs /sys/fs/cgroup tmpfs rw 0 0\n"));
    }
}
