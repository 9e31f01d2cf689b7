//! How a process came to be in its container.

use bstr::ByteSlice as _;
use serde::{Deserialize, Serialize};

use super::identities::Identities;
use super::processes::Processes;
use crate::event::{Container, MAX_ANCESTORS, Namespaces, Origin, Process, Subject};

/// The node that records come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Its name: the Kubernetes node's, or the host's.
    pub name: String,
    /// Kernel release, as uname(2) has it.
    pub kernel: String,
    /// `/proc/sys/kernel/random/boot_id`.
    pub boot_id: String,
    /// The namespaces of its first process.
    pub namespaces: Namespaces,
}

/// The programs by which runtimes enter a container before they execute the user's.
const RUNTIMES: [&[u8]; 8] = [
    b"runc",
    b"crun",
    b"youki",
    b"conmon",
    b"conmonrs",
    b"containerd-shim-runc-v2",
    b"runsc",
    b"kata-runtime",
];

/// How `process`, which acts in `subject`, came to be there.
pub fn of(
    node: &Node,
    processes: &Processes,
    identities: &Identities,
    process: &Process,
    subject: &Subject,
) -> Origin {
    match subject {
        Subject::Host(_) => Origin::Host,
        Subject::Unknown(_) => Origin::Unknown,
        Subject::Container(container) => in_container(node, processes, identities, process, container, 0),
    }
}

fn in_container(
    node: &Node,
    processes: &Processes,
    identities: &Identities,
    process: &Process,
    container: &Container,
    depth: usize,
) -> Origin {
    let is_in = |cgroup: u64| match identities.get(cgroup) {
        Some(Subject::Container(other)) => Some(other.id == container.id),
        Some(Subject::Host(_)) => Some(false),
        Some(Subject::Unknown(_)) | None => None,
    };
    let image = &process.image;
    // Its program was executed elsewhere, or in here but from the node's own files: it has come in, and is the runtime's
    // helper if it is a runtime's program.
    let executed_outside = image.exec_cgroup != 0 && is_in(image.exec_cgroup) == Some(false);
    let nodes_files = image.exec_mnt_ns != 0 && image.exec_mnt_ns == node.namespaces.mnt;
    if executed_outside || nodes_files {
        return if is_runtime(process) { Origin::Runtime } else { Origin::ExecInto };
    }
    if process.ns_pid == 1 || (container.init_pid != 0 && container.init_pid == process.key.pid) {
        return Origin::Entrypoint;
    }
    let Some(parent_key) = process.parent else { return Origin::Unknown };
    let Some(parent) = processes.get(parent_key) else { return Origin::Unknown };
    match is_in(parent.cgroup) {
        Some(false) => Origin::ExecInto,
        Some(true) => {
            let parents = match parent.origin {
                Origin::Unknown if depth < MAX_ANCESTORS => {
                    in_container(node, processes, identities, parent, container, depth + 1)
                }
                known => known,
            };
            match parents {
                Origin::Entrypoint | Origin::Spawned => Origin::Spawned,
                // A child of the runtime's helper is whom the helper brings in.
                Origin::ExecInto | Origin::Runtime => Origin::ExecInto,
                Origin::Host | Origin::Unknown => Origin::Unknown,
            }
        }
        None => Origin::Unknown,
    }
}

fn is_runtime(process: &Process) -> bool {
    let name = process.image.exe.rsplit(|b| *b == b'/').next().unwrap_or_default();
    // runc before 1.2 runs from a sealed copy of itself.
    RUNTIMES.contains(&name) || name.starts_with_str("memfd:runc") || name.starts_with_str("runc.")
}
