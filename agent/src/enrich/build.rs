//! Wire records → the types of `event`. Pure conversions.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, OnceLock};

use bstr::{BString, ByteSlice as _};
use lunette_wire as wire;
use lunette_wire::{cut, exec_flags, net_flags, open_flags};

use super::runtime::part;
use crate::decode::{self, Body, ExecStrings, Record};
use crate::event::{
    Connect, ConnectResult, Container, Credentials, Deed, Exit, FileId, Flow, Image, ImageFlags, MountRoot,
    Namespaces, Open, Origin, Outcome, Process, ProcessKey, ProcessSource, Protocol, Send, Unknown,
};
use crate::pipeline::Seed;

const AF_INET6: u16 = 10;

pub fn key(task: &wire::Task) -> ProcessKey {
    ProcessKey { pid: task.tgid, start_ns: task.start_ns }
}

/// The parent's key; none for the first process and kernel threads' ancestor.
pub fn parent(task: &wire::Task) -> Option<ProcessKey> {
    (task.ppid != 0).then_some(ProcessKey { pid: task.ppid, start_ns: task.parent_start_ns })
}

pub fn credentials(task: &wire::Task) -> Credentials {
    Credentials { uid: task.uid, gid: task.gid, euid: task.euid, egid: task.egid }
}

pub fn namespaces(task: &wire::Task) -> Namespaces {
    Namespaces { mnt: task.mnt_ns, pid: task.pid_ns, net: task.net_ns, user: task.user_ns }
}

/// A process that has just executed a program.
pub fn executed(exec: &wire::Exec, strings: &ExecStrings<'_>) -> Process {
    let cuts = [(cut::PATH, "exe"), (cut::FILENAME, "filename"), (cut::ARGS, "args"), (cut::CWD, "cwd")];
    let mut incomplete: Vec<&'static str> =
        cuts.iter().filter(|(bit, _)| exec.cut & bit != 0).map(|(_, name)| *name).collect();
    if exec.flags & exec_flags::ARGS_UNREADABLE != 0 {
        incomplete.push("args");
    }
    let set = |value: u32| (value != u32::MAX).then_some(value);
    let flag = |bit| exec.flags & bit != 0;
    let exe = decode::path(strings.exe, decode::exec_rooted(exec));
    let image = Image {
        flags: ImageFlags {
            tty: flag(exec_flags::TTY),
            secure_exec: flag(exec_flags::SECURE),
            memfd: flag(exec_flags::DISCONNECTED) && exe.starts_with(b"memfd:"),
            deleted: flag(exec_flags::DELETED),
            script: flag(exec_flags::SCRIPT),
        },
        exe,
        filename: strings.filename.into(),
        interpreter: (!strings.interp.is_empty()).then(|| strings.interp.into()),
        args: decode::args(strings.args),
        args_cut_from: (exec.cut & cut::ARGS != 0).then_some(exec.args_total),
        cwd: decode::path(strings.cwd, exec.cut & cut::CWD == 0),
        incomplete,
        file: FileId {
            dev: exec.exe_dev,
            ino: exec.exe_ino,
            size: exec.exe_size,
            mode: exec.exe_mode,
            nlink: exec.exe_nlink,
            fs_magic: exec.exe_magic,
        },
        cap_effective: exec.cap_effective,
        cap_permitted: exec.cap_permitted,
        loginuid: set(exec.loginuid),
        sessionid: set(exec.sessionid),
        head: exec.head.as_slice().into(),
        exec_cgroup: exec.task.cgroup,
        exec_mnt_ns: exec.task.mnt_ns,
        kind: OnceLock::new(),
    };
    process(&exec.task, Arc::new(image), ProcessSource::Exec)
}

/// A process that has just been made: it runs its parent's program.
pub fn forked(task: &wire::Task, parent: Option<&Arc<Process>>) -> Process {
    let image = parent.map(|p| Arc::clone(&p.image)).unwrap_or_default();
    process(task, image, if parent.is_some() { ProcessSource::Fork } else { ProcessSource::Record })
}

/// A process of which neither exec nor fork was seen.
pub fn unseen(task: &wire::Task) -> Process {
    process(task, Arc::default(), ProcessSource::Record)
}

/// A process that ran before the agent did.
pub fn seeded(task: &wire::Task, seed: Seed) -> Process {
    let image = Image {
        filename: seed.exe.clone(),
        exe: seed.exe,
        args: seed.args,
        cwd: seed.cwd,
        // Where it executed its program isn't known; that it hasn't moved since is likely.
        exec_cgroup: task.cgroup,
        exec_mnt_ns: 0,
        ..Image::default()
    };
    process(task, Arc::new(image), ProcessSource::Procfs)
}

fn process(task: &wire::Task, image: Arc<Image>, source: ProcessSource) -> Process {
    Process {
        key: key(task),
        parent: parent(task),
        ns_pid: task.ns_tgid,
        cgroup: task.cgroup,
        image,
        origin: Origin::Unknown,
        source,
    }
}

/// What the record says was done. `key` is the process of its task.
pub fn deed(record: &Record<'_>, key: ProcessKey) -> Deed {
    match &record.body {
        Body::Exec(..) => Deed::Exec,
        Body::Fork(_) => Deed::Fork(key),
        Body::Exit(_, code) => Deed::Exit(exit(*code)),
        Body::Open(open, strings) => Deed::Open(Open {
            path: decode::path(strings.path, decode::open_rooted(open)),
            mount_root: if strings.mount_root.is_empty() {
                BString::from("/")
            } else {
                decode::path(strings.mount_root, record.cut & cut::MOUNT_ROOT == 0)
            },
            flags: open.flags,
            file: FileId {
                dev: open.dev,
                ino: open.ino,
                size: 0,
                mode: open.inode_mode,
                nlink: u32::from(open.seen & open_flags::DELETED == 0),
                fs_magic: open.magic,
            },
            mount_ino: open.mount_ino,
            cut: record.cut & (cut::PATH | cut::MOUNT_ROOT) != 0,
            // Decided when the container is known.
            on_secret_mount: false,
            detached: open.seen & open_flags::DETACHED != 0,
            deleted: open.seen & open_flags::DELETED != 0,
        }),
        Body::Connect(connect) => Deed::Connect(Connect {
            conn: connect.conn,
            flow: flow(&connect.flow),
            error: (connect.errno != 0).then_some(connect.errno),
            callers_word: connect.flags & net_flags::CALLERS_WORD != 0,
        }),
        Body::Outcome(outcome) => Deed::Outcome(Outcome {
            conn: outcome.conn,
            flow: flow(&outcome.flow),
            result: result(outcome.errno),
            took_ns: outcome.header.time_ns.saturating_sub(outcome.begun_ns),
        }),
        Body::Send(send) => Deed::Send(Send {
            flow: flow(&send.flow),
            count: send.count,
            error: (send.errno != 0).then_some(send.errno),
            callers_word: send.flags & net_flags::CALLERS_WORD != 0,
        }),
    }
}

/// A container that ended before anybody could be asked whose it is.
pub fn unidentified(cgroup: u64, unknown: &Unknown) -> Container {
    let last = unknown.cgroup_path.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    // runc calls a container's cgroup by the container's id, unless told otherwise.
    let (id, source) = match last {
        b"" => (format!("cgroup-{cgroup}"), "cgroup-number"),
        name => (name.to_str_lossy().into_owned(), "cgroup-name"),
    };
    let missing =
        [part::NAME, part::RUNTIME, part::IMAGE, part::IMAGE_DIGEST, part::LABELS, part::POD, part::MOUNTS];
    Container {
        id,
        sources: vec![(part::ID, source)],
        missing: missing.map(|part| (part, unknown.reason.clone())).into(),
        ..Container::default()
    }
}

/// Is it the file of one of the container's mounts that hold secrets, whatever its path?
pub fn is_on_secret_mount(open: &Open, container: &Container) -> bool {
    let through = MountRoot { dev: open.file.dev, ino: open.mount_ino };
    container.mounts.iter().any(|mount| mount.secret.is_some() && mount.root == Some(through))
}

/// An exit code as `wait(2)` has it: status << 8 | core flag | signal.
fn exit(code: u32) -> Exit {
    match (code & 0x7f) as u8 {
        0 => Exit { status: Some((code >> 8) as u8), signal: None },
        signal => Exit { status: None, signal: Some(signal) },
    }
}

fn result(errno: u32) -> ConnectResult {
    match errno {
        0 => ConnectResult::Established,
        // ECONNREFUSED, ETIMEDOUT, ENETUNREACH and EHOSTUNREACH, ECANCELED (ours).
        111 => ConnectResult::Refused,
        110 => ConnectResult::TimedOut,
        101 | 113 => ConnectResult::Unreachable,
        125 => ConnectResult::Abandoned,
        other => ConnectResult::Failed(other),
    }
}

fn flow(flow: &wire::Flow) -> Flow {
    Flow {
        protocol: match flow.protocol {
            6 => Protocol::Tcp,
            17 => Protocol::Udp,
            132 => Protocol::Sctp,
            other => Protocol::Other(other),
        },
        remote: address(flow.family, &flow.remote),
        remote_port: flow.remote_port,
        local: address(flow.family, &flow.local),
        local_port: flow.local_port,
    }
}

/// v4-mapped v6 addresses become v4.
fn address(family: u16, bytes: &[u8; 16]) -> IpAddr {
    if family == AF_INET6 {
        IpAddr::V6(Ipv6Addr::from(*bytes)).to_canonical()
    } else {
        IpAddr::V4(Ipv4Addr::new(bytes[0], bytes[1], bytes[2], bytes[3]))
    }
}
