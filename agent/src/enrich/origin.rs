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
        return if is_runtime(processes, process) { Origin::Runtime } else { Origin::ExecInto };
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

/// Of a process that runs one of the node's own files.
fn is_runtime(processes: &Processes, process: &Process) -> bool {
    let mut process = process;
    for _ in 0..4 {
        let exe = process.image.exe.as_bstr();
        let name = exe.rsplit(|b| *b == b'/').next().unwrap_or_default();
        // runc may run from a sealed copy of itself, whose name has a path in it,
        if RUNTIMES.contains(&name) || exe.starts_with_str("memfd:runc") || name.starts_with_str("runc.") {
            return true;
        }
        // or from itself, mounted read-only and in no directory: such a file has no name, and whose it is shows in who
        // started it.
        let (b"", Some(parent)) = (name, process.parent.and_then(|key| processes.get(key))) else {
            return false;
        };
        process = parent;
    }
    false
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::event::{Image, ProcessKey, ProcessSource};

    fn process(pid: u32, parent: u32, exe: &str) -> Arc<Process> {
        let key = |pid| ProcessKey { pid, start_ns: 1 };
        Arc::new(Process {
            key: key(pid),
            parent: Some(key(parent)),
            ns_pid: pid,
            cgroup: 0,
            image: Arc::new(Image { exe: exe.into(), ..Image::default() }),
            origin: Origin::Unknown,
            source: ProcessSource::Exec,
        })
    }

    #[test]
    fn runtimes_by_name_and_by_who_started_them() {
        let mut processes = Processes::new(8);
        for (pid, parent, exe, runtime) in [
            (2, 1, "/usr/bin/runc", true),
            // Its copies: with a name of their own, and without any.
            (3, 2, "memfd:runc_cloned:/proc/self/exe", true),
            (4, 2, "/", true),
            (5, 4, "/", true),
            (6, 1, "/usr/bin/nsenter", false),
            (7, 6, "/", false),
            (8, 99, "/", false),
        ] {
            let process = process(pid, parent, exe);
            processes.insert(Arc::clone(&process));
            assert_eq!(is_runtime(&processes, &process), runtime, "{pid}");
        }
    }
}
