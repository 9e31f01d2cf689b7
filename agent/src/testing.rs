//! Wire records for tests, laid out as the kernel programs lay them out: the structs' own memory, then the tail.

use lunette_wire as wire;
use lunette_wire::{Header, VERSION, hook, kind};

/// A record of any kind as bytes.
pub(crate) fn bytes<T: Copy>(mut fixed: T, tail: &[&[u8]]) -> Vec<u8> {
    let len = size_of::<T>() + tail.iter().map(|t| t.len()).sum::<usize>();
    // SAFETY: each record is a `repr(C)` struct of integers that begins with a header and has no hidden padding.
    let memory = unsafe {
        (&raw mut fixed).cast::<u32>().write(len as u32);
        std::slice::from_raw_parts((&raw const fixed).cast::<u8>(), size_of::<T>())
    };
    let mut out = memory.to_vec();
    for part in tail {
        out.extend_from_slice(part);
    }
    out
}

pub(crate) fn header(kind: u8, hook: u8, time_ns: u64) -> Header {
    Header { len: 0, kind, hook, version: VERSION, cpu: 0, time_ns }
}

/// A task of process `pid`, which started at time `pid`, a child of `ppid`.
pub(crate) fn task(pid: u32, ppid: u32, cgroup: u64) -> wire::Task {
    wire::Task {
        start_ns: pid.into(),
        parent_start_ns: ppid.into(),
        cgroup,
        parent_cgroup: 0,
        tgid: pid,
        tid: pid,
        ns_tgid: pid,
        ppid,
        uid: 1000,
        gid: 1001,
        euid: 1002,
        egid: 1003,
        mnt_ns: 11,
        pid_ns: 12,
        net_ns: 13,
        user_ns: 14,
        comm: *b"comm\0\0\0\0\0\0\0\0\0\0\0\0",
    }
}

/// Leaf first, as in a tail.
pub(crate) fn leaf_first(path: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for name in path.split('/').rev().filter(|name| !name.is_empty()) {
        out.extend_from_slice(name.as_bytes());
        out.push(0);
    }
    out
}

pub(crate) fn fork(task: wire::Task, time_ns: u64, cgroup_path: &str) -> Vec<u8> {
    let path = leaf_first(cgroup_path);
    let fixed = wire::Fork {
        header: header(kind::FORK, hook::FORK, time_ns),
        task,
        cgroup_len: path.len() as u16,
        cut: 0,
        pad: [0; 4],
    };
    bytes(fixed, &[&path])
}

pub(crate) fn exit(task: wire::Task, time_ns: u64) -> Vec<u8> {
    let header = header(kind::EXIT, hook::EXIT, time_ns);
    bytes(wire::Exit { header, task, code: 7 << 8, pad: [0; 4] }, &[])
}

/// An exec of `exe` with one argument: its own path.
pub(crate) fn exec(task: wire::Task, time_ns: u64, exe: &str, cgroup_path: &str) -> Vec<u8> {
    let (exe_names, cgroup) = (leaf_first(exe), leaf_first(cgroup_path));
    let mut args = exe.as_bytes().to_vec();
    args.push(0);
    let fixed = wire::Exec {
        header: header(kind::EXEC, hook::EXEC, time_ns),
        task,
        cap_effective: 1,
        cap_permitted: 2,
        exe_ino: 3,
        exe_size: 4,
        exe_dev: 5,
        exe_mode: 6,
        exe_nlink: 7,
        exe_magic: 8,
        flags: 0,
        loginuid: u32::MAX,
        sessionid: 9,
        args_total: args.len() as u32,
        head: [0x7f; wire::HEAD_LEN],
        exe_len: exe_names.len() as u16,
        filename_len: exe.len() as u16,
        interp_len: 0,
        args_len: args.len() as u16,
        cwd_len: 0,
        cgroup_len: cgroup.len() as u16,
        cut: 0,
        pad: [0; 2],
    };
    bytes(fixed, &[&exe_names, exe.as_bytes(), &args, &cgroup])
}

pub(crate) fn flow() -> wire::Flow {
    let mut remote = [0; 16];
    remote[..4].copy_from_slice(&[203, 0, 113, 1]);
    wire::Flow { remote, local: [0; 16], remote_port: 443, local_port: 0, family: 2, protocol: 6 }
}

pub(crate) fn connect(task: wire::Task, time_ns: u64, flow: wire::Flow) -> Vec<u8> {
    let fixed = wire::Connect {
        header: header(kind::CONNECT, hook::CONNECT, time_ns),
        task,
        conn: 77,
        flow,
        errno: 0,
        flags: 0,
        cgroup_len: 0,
        cut: 0,
        pad: [0; 4],
    };
    bytes(fixed, &[])
}

pub(crate) fn outcome(task: wire::Task, time_ns: u64, errno: u32) -> Vec<u8> {
    let header = header(kind::OUTCOME, hook::OUTCOME, time_ns);
    bytes(wire::Outcome { header, task, conn: 77, begun_ns: 5, flow: flow(), errno, pad: [0; 4] }, &[])
}

pub(crate) fn open(task: wire::Task, time_ns: u64, path: &str) -> Vec<u8> {
    let names = leaf_first(path);
    let fixed = wire::Open {
        header: header(kind::OPEN, hook::OPEN, time_ns),
        task,
        ino: 1,
        mount_ino: 2,
        dev: 3,
        magic: 4,
        flags: 5,
        mode: 6,
        inode_mode: 7,
        reason: 1,
        mnt_id: 8,
        path_len: names.len() as u16,
        mount_root_len: 0,
        cgroup_len: 0,
        cut: 0,
        seen: 0,
    };
    bytes(fixed, &[&names])
}

pub(crate) fn send(task: wire::Task, time_ns: u64) -> Vec<u8> {
    let fixed = wire::Send {
        header: header(kind::SEND, hook::SEND, time_ns),
        task,
        flow: flow(),
        count: 3,
        errno: 0,
        flags: 0,
        cgroup_len: 0,
        cut: 0,
        pad: [0; 4],
    };
    bytes(fixed, &[])
}
