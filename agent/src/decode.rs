//! Wire bytes → records. Nothing is trusted: lengths, kinds and versions are checked, and what doesn't hold is an error
//! that counts, never a panic. Field by field, in the order of `lunette_wire`; no transmute.

use bstr::{BString, ByteSlice as _};
use lunette_wire as wire;
use lunette_wire::{HEADER_LEN, cut, exec_flags, kind, open_flags};
use thiserror::Error;

/// Why bytes are no record.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum DecodeError {
    #[error("a record is cut short")]
    Short,
    #[error("a record says that it has {said} bytes, and has {has}")]
    Length { said: u32, has: usize },
    #[error("a record has version {0} of the wire format, and this agent reads {own}", own = wire::VERSION)]
    Version(u8),
    #[error("a record is of a kind ({0}) that doesn't exist")]
    Kind(u8),
    #[error("a record comes from a hook ({0}) that doesn't exist")]
    Hook(u8),
}

/// A record, with its strings still where they were.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    pub header: wire::Header,
    pub body: Body<'a>,
    /// cgroup path, leaf first; empty when an earlier record of the ring had it.
    pub cgroup_path: &'a [u8],
    /// [`cut`].
    pub cut: u16,
}

#[derive(Clone, Copy, Debug)]
pub enum Body<'a> {
    Exec(wire::Exec, ExecStrings<'a>),
    Fork(wire::Task),
    Exit(wire::Task, u32),
    Open(wire::Open, OpenStrings<'a>),
    Connect(wire::Connect),
    Outcome(wire::Outcome),
    Send(wire::Send),
}

#[derive(Clone, Copy, Debug)]
pub struct ExecStrings<'a> {
    /// Leaf first.
    pub exe: &'a [u8],
    pub filename: &'a [u8],
    pub interp: &'a [u8],
    /// Each ended by NUL.
    pub args: &'a [u8],
    /// Leaf first.
    pub cwd: &'a [u8],
}

#[derive(Clone, Copy, Debug)]
pub struct OpenStrings<'a> {
    /// Leaf first.
    pub path: &'a [u8],
    /// Leaf first.
    pub mount_root: &'a [u8],
}

impl Record<'_> {
    /// The task that the record is about.
    pub fn task(&self) -> &wire::Task {
        match &self.body {
            Body::Exec(exec, _) => &exec.task,
            Body::Fork(task) | Body::Exit(task, _) => task,
            Body::Open(open, _) => &open.task,
            Body::Connect(connect) => &connect.task,
            Body::Outcome(outcome) => &outcome.task,
            Body::Send(send) => &send.task,
        }
    }
}

/// Reads one record, which must be all of `bytes`.
pub fn decode(bytes: &[u8]) -> Result<Record<'_>, DecodeError> {
    let mut r = Reader { bytes };
    let header = r.header()?;
    if header.version != wire::VERSION {
        return Err(DecodeError::Version(header.version));
    }
    if header.len as usize != bytes.len() {
        return Err(DecodeError::Length { said: header.len, has: bytes.len() });
    }
    if header.hook as usize >= wire::hook::COUNT {
        return Err(DecodeError::Hook(header.hook));
    }
    let (body, cgroup_len, cut) = match header.kind {
        kind::EXEC => {
            let e = r.exec(header)?;
            let strings = ExecStrings {
                exe: r.take(e.exe_len)?,
                filename: r.take(e.filename_len)?,
                interp: r.take(e.interp_len)?,
                args: r.take(e.args_len)?,
                cwd: r.take(e.cwd_len)?,
            };
            (Body::Exec(e, strings), e.cgroup_len, e.cut)
        }
        kind::FORK => {
            let task = r.task()?;
            let (cgroup_len, cut) = (r.u16()?, r.u16()?);
            r.skip(4)?;
            (Body::Fork(task), cgroup_len, cut)
        }
        kind::EXIT => {
            let (task, code) = (r.task()?, r.u32()?);
            r.skip(4)?;
            (Body::Exit(task, code), 0, 0)
        }
        kind::OPEN => {
            let o = r.open(header)?;
            let strings = OpenStrings { path: r.take(o.path_len)?, mount_root: r.take(o.mount_root_len)? };
            (Body::Open(o, strings), o.cgroup_len, o.cut)
        }
        kind::CONNECT => {
            let c = wire::Connect {
                header,
                task: r.task()?,
                conn: r.u64()?,
                flow: r.flow()?,
                errno: r.u32()?,
                flags: r.u32()?,
                cgroup_len: r.u16()?,
                cut: r.u16()?,
                pad: r.array()?,
            };
            (Body::Connect(c), c.cgroup_len, c.cut)
        }
        kind::OUTCOME => {
            let o = wire::Outcome {
                header,
                task: r.task()?,
                conn: r.u64()?,
                begun_ns: r.u64()?,
                flow: r.flow()?,
                errno: r.u32()?,
                pad: r.array()?,
            };
            (Body::Outcome(o), 0, 0)
        }
        kind::SEND => {
            let s = wire::Send {
                header,
                task: r.task()?,
                flow: r.flow()?,
                count: r.u64()?,
                errno: r.u32()?,
                flags: r.u32()?,
                cgroup_len: r.u16()?,
                cut: r.u16()?,
                pad: r.array()?,
            };
            (Body::Send(s), s.cgroup_len, s.cut)
        }
        other => return Err(DecodeError::Kind(other)),
    };
    let cgroup_path = r.take(cgroup_len)?;
    if !r.bytes.is_empty() {
        return Err(DecodeError::Length { said: header.len, has: bytes.len() });
    }
    Ok(Record { header, body, cgroup_path, cut })
}

/// Takes a record's fields off the front of its bytes, in order.
struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let (head, rest) = self.bytes.split_first_chunk().ok_or(DecodeError::Short)?;
        self.bytes = rest;
        Ok(*head)
    }

    fn u8(&mut self) -> Result<u8, DecodeError> {
        Ok(u8::from_ne_bytes(self.array()?))
    }

    fn u16(&mut self) -> Result<u16, DecodeError> {
        Ok(u16::from_ne_bytes(self.array()?))
    }

    fn u32(&mut self) -> Result<u32, DecodeError> {
        Ok(u32::from_ne_bytes(self.array()?))
    }

    fn u64(&mut self) -> Result<u64, DecodeError> {
        Ok(u64::from_ne_bytes(self.array()?))
    }

    fn skip(&mut self, n: u16) -> Result<(), DecodeError> {
        self.take(n).map(drop)
    }

    fn take(&mut self, n: u16) -> Result<&'a [u8], DecodeError> {
        let (head, rest) = self.bytes.split_at_checked(n.into()).ok_or(DecodeError::Short)?;
        self.bytes = rest;
        Ok(head)
    }

    fn header(&mut self) -> Result<wire::Header, DecodeError> {
        const { assert!(HEADER_LEN == 16) };
        Ok(wire::Header {
            len: self.u32()?,
            kind: self.u8()?,
            hook: self.u8()?,
            version: self.u8()?,
            cpu: self.u8()?,
            time_ns: self.u64()?,
        })
    }

    fn task(&mut self) -> Result<wire::Task, DecodeError> {
        Ok(wire::Task {
            start_ns: self.u64()?,
            parent_start_ns: self.u64()?,
            cgroup: self.u64()?,
            parent_cgroup: self.u64()?,
            tgid: self.u32()?,
            tid: self.u32()?,
            ns_tgid: self.u32()?,
            ppid: self.u32()?,
            uid: self.u32()?,
            gid: self.u32()?,
            euid: self.u32()?,
            egid: self.u32()?,
            mnt_ns: self.u32()?,
            pid_ns: self.u32()?,
            net_ns: self.u32()?,
            user_ns: self.u32()?,
            comm: self.array()?,
        })
    }

    fn flow(&mut self) -> Result<wire::Flow, DecodeError> {
        Ok(wire::Flow {
            remote: self.array()?,
            local: self.array()?,
            remote_port: self.u16()?,
            local_port: self.u16()?,
            family: self.u16()?,
            protocol: self.u16()?,
        })
    }

    fn exec(&mut self, header: wire::Header) -> Result<wire::Exec, DecodeError> {
        Ok(wire::Exec {
            header,
            task: self.task()?,
            cap_effective: self.u64()?,
            cap_permitted: self.u64()?,
            exe_ino: self.u64()?,
            exe_size: self.u64()?,
            exe_dev: self.u32()?,
            exe_mode: self.u32()?,
            exe_nlink: self.u32()?,
            exe_magic: self.u32()?,
            flags: self.u32()?,
            loginuid: self.u32()?,
            sessionid: self.u32()?,
            args_total: self.u32()?,
            head: self.array()?,
            exe_len: self.u16()?,
            filename_len: self.u16()?,
            interp_len: self.u16()?,
            args_len: self.u16()?,
            cwd_len: self.u16()?,
            cgroup_len: self.u16()?,
            cut: self.u16()?,
            pad: self.array()?,
        })
    }

    fn open(&mut self, header: wire::Header) -> Result<wire::Open, DecodeError> {
        Ok(wire::Open {
            header,
            task: self.task()?,
            ino: self.u64()?,
            mount_ino: self.u64()?,
            dev: self.u32()?,
            magic: self.u32()?,
            flags: self.u32()?,
            mode: self.u32()?,
            inode_mode: self.u32()?,
            reason: self.u32()?,
            mnt_id: self.u32()?,
            path_len: self.u16()?,
            mount_root_len: self.u16()?,
            cgroup_len: self.u16()?,
            cut: self.u16()?,
            seen: self.u32()?,
        })
    }
}

/// A path from its names, leaf first, each ended by NUL. `rooted` is false for one whose beginning is missing, or that
/// hangs in no directory: it gets no leading `/`.
pub fn path(names: &[u8], rooted: bool) -> BString {
    let mut out = Vec::with_capacity(names.len() + 1);
    for name in names.strip_suffix(b"\0").unwrap_or(names).rsplit(|b| *b == 0) {
        if rooted || !out.is_empty() {
            out.push(b'/');
        }
        out.extend_from_slice(name);
    }
    out.into()
}

/// An argument vector from its bytes, each argument ended by NUL (the last one may be cut).
pub fn args(bytes: &[u8]) -> Vec<BString> {
    if bytes.is_empty() {
        return Vec::new();
    }
    bytes.strip_suffix(b"\0").unwrap_or(bytes).split(|b| *b == 0).map(BString::from).collect()
}

/// `comm`, up to its NUL.
pub fn comm(bytes: &[u8; 16]) -> BString {
    bytes.split(|b| *b == 0).next().unwrap_or_default().as_bstr().to_owned()
}

/// Whether the path of an [`wire::Exec`] begins at a root.
pub fn exec_rooted(exec: &wire::Exec) -> bool {
    exec.flags & exec_flags::DISCONNECTED == 0 && exec.cut & cut::PATH == 0
}

/// Whether the path of an [`wire::Open`] begins at a root.
pub fn open_rooted(open: &wire::Open) -> bool {
    open.seen & open_flags::DISCONNECTED == 0 && open.cut & cut::PATH == 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing;

    fn samples() -> Vec<Vec<u8>> {
        let task = testing::task(5, 4, 9);
        vec![
            testing::exec(task, 1, "/usr/bin/busybox", "/kubepods/x"),
            testing::fork(task, 2, "/a/b"),
            testing::exit(task, 3),
            testing::open(task, 4, "/app/creds/token"),
            testing::connect(task, 5, testing::flow()),
            testing::outcome(task, 6, 111),
            testing::send(task, 7),
        ]
    }

    #[test]
    fn every_field_comes_out_where_the_struct_has_it() {
        let task = testing::task(5, 4, 9);
        for (i, bytes) in samples().iter().enumerate() {
            let record = decode(bytes).unwrap();
            assert_eq!(record.header.time_ns, i as u64 + 1);
            assert_eq!(format!("{:?}", record.task()), format!("{task:?}"));
        }
        let samples = samples();
        let Body::Exec(exec, strings) = decode(&samples[0]).unwrap().body else { panic!() };
        assert_eq!((exec.cap_effective, exec.cap_permitted, exec.exe_ino, exec.exe_size), (1, 2, 3, 4));
        assert_eq!((exec.exe_dev, exec.exe_mode, exec.exe_nlink, exec.exe_magic), (5, 6, 7, 8));
        assert_eq!((exec.loginuid, exec.sessionid, exec.head), (u32::MAX, 9, [0x7f; wire::HEAD_LEN]));
        assert_eq!(path(strings.exe, true), "/usr/bin/busybox");
        assert_eq!(strings.filename, b"/usr/bin/busybox");
        assert_eq!(args(strings.args), ["/usr/bin/busybox"]);
        let Body::Open(open, strings) = decode(&samples[3]).unwrap().body else { panic!() };
        assert_eq!((open.ino, open.mount_ino, open.dev, open.magic), (1, 2, 3, 4));
        assert_eq!((open.flags, open.mode, open.inode_mode, open.reason, open.mnt_id), (5, 6, 7, 1, 8));
        assert_eq!(path(strings.path, true), "/app/creds/token");
        let Body::Outcome(outcome) = decode(&samples[5]).unwrap().body else { panic!() };
        assert_eq!((outcome.conn, outcome.begun_ns, outcome.errno), (77, 5, 111));
        let Body::Send(send) = decode(&samples[6]).unwrap().body else { panic!() };
        assert_eq!((send.count, send.flow.remote_port, send.flow.family), (3, 443, 2));
        assert_eq!(path(decode(&samples[1]).unwrap().cgroup_path, true), "/a/b");
    }

    #[test]
    fn what_no_kernel_program_writes_is_an_error() {
        let good = samples().remove(1);
        let with = |at: usize, byte: u8| {
            let mut bytes = good.clone();
            bytes[at] = byte;
            decode(&bytes).map(drop)
        };
        assert_eq!(with(4, 99), Err(DecodeError::Kind(99)));
        assert_eq!(with(5, 99), Err(DecodeError::Hook(99)));
        assert_eq!(with(6, 99), Err(DecodeError::Version(99)));
        assert!(matches!(with(0, 1), Err(DecodeError::Length { .. })));
        assert_eq!(decode(&good[..10]).map(drop), Err(DecodeError::Short));
    }

    #[test]
    fn paths() {
        assert_eq!(path(b"", true), "/");
        assert_eq!(path(b"shadow\0etc\0", true), "/etc/shadow");
        assert_eq!(path(b"memfd:x\0", false), "memfd:x");
        assert_eq!(path(b"c\0b\0", false), "b/c");
        assert_eq!(args(b""), Vec::<BString>::new());
        assert_eq!(args(b"a\0\0b\0"), ["a", "", "b"]);
        assert_eq!(args(b"a\0cut"), ["a", "cut"]);
    }

    proptest! {
        #[test]
        fn never_panics_on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..700)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn never_panics_on_damaged_records(which in 0_usize..7, at in 0_usize..600, with in any::<u8>(), cut in 0_usize..600) {
            let mut bytes = samples().swap_remove(which);
            let len = bytes.len();
            bytes[at % len] = with;
            bytes.truncate(len - cut % len);
            let _ = decode(&bytes);
        }

        #[test]
        fn paths_come_back(names in prop::collection::vec("[^/\0]{1,20}", 1..30)) {
            let text = format!("/{}", names.join("/"));
            prop_assert_eq!(path(&testing::leaf_first(&text), true), text.as_str());
        }

        #[test]
        fn argument_vectors_come_back(all in prop::collection::vec("[^\0]{0,20}", 1..30)) {
            let mut bytes = Vec::new();
            for arg in &all {
                bytes.extend_from_slice(arg.as_bytes());
                bytes.push(0);
            }
            let all: Vec<BString> = all.into_iter().map(BString::from).collect();
            prop_assert_eq!(args(&bytes), all);
        }
    }
}
