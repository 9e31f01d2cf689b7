//! Facts about the node, read once.

use std::fs;
use std::os::unix::fs::MetadataExt as _;

use crate::enrich::origin::Node;
use crate::event::Namespaces;

/// Reads them. `name` is the configured one; without it, the host's.
pub fn read(name: Option<&str>) -> Node {
    let line = |path: &str| fs::read_to_string(path).map(|text| text.trim().to_owned()).unwrap_or_default();
    let name = name.map(ToOwned::to_owned).unwrap_or_else(|| line("/proc/sys/kernel/hostname"));
    // A namespace's number is the inode number of its file.
    let namespace =
        |kind: &str| fs::metadata(format!("/proc/1/ns/{kind}")).map_or(0, |file| file.ino() as u32);
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
