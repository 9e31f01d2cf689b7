//! Facts about the node, read once.

use std::fs;
use std::os::unix::fs::MetadataExt as _;

use crate::enrich::origin::Node;
use crate::event::Namespaces;

/// Reads them. `name` is the configured one; without it, the host's.
pub fn read(name: Option<&str>) -> Node {
    let line = |path: &str| fs::read_to_string(path).map(|text| text.trim().to_owned()).unwrap_or_default();
    let name = name.map(ToOwned::to_owned).unwrap_or_else(|| line("/proc/sys/kernel/hostname"));
    // A namespace's number is the inode number of its file. Where the first process doesn't let itself be looked at, the
    // kernel's own threads, whose parent is the second, do.
    let namespace = |kind: &str| {
        let file = |pid: u32| fs::metadata(format!("/proc/{pid}/ns/{kind}")).ok();
        file(1).or_else(|| file(2)).map_or(0, |file| file.ino() as u32)
    };
    Node {
        name,
        kernel: line("/proc/sys/kernel/osrelease"),
        boot_id: line("/proc/sys/kernel/random/boot_id"),
        namespaces: Namespaces {
            mnt: namespace("mnt"),
            pid: namespace("pid"),
            net: namespace("net"),
            user: namespace("user"),
        },
    }
}
