//! The records that the kernel programs write and the agent reads.
//!
//! A record is one fixed `#[repr(C)]` struct, native-endian, followed by a *tail*: the byte strings whose lengths the
//! fixed part names, one after the other, in the order of its `*_len` fields, with nothing between or after them.
//! Every struct has explicit padding, so that no uninitialised byte crosses the border, and its size is asserted here,
//! for both sides.
//!
//! A *path* in a tail is written leaf first: each name followed by a NUL byte (`shadow\0etc\0` is `/etc/shadow`), the
//! way a walk from a dentry to the root finds them.
#![no_std]

pub mod offsets;

/// Version of everything in this crate; stands in each [`Header`] and in recordings.
pub const VERSION: u8 = 1;

/// What a record is about: [`Header::kind`].
pub mod kind {
    pub const EXEC: u8 = 1;
    pub const FORK: u8 = 2;
    pub const EXIT: u8 = 3;
    pub const OPEN: u8 = 4;
    pub const CONNECT: u8 = 5;
    pub const OUTCOME: u8 = 6;
    pub const SEND: u8 = 7;
}

/// Index of a hook in the counters map, and [`Header::hook`].
pub mod hook {
    pub const EXEC: u8 = 0;
    pub const FORK: u8 = 1;
    pub const EXIT: u8 = 2;
    pub const OPEN: u8 = 3;
    pub const CONNECT: u8 = 4;
    pub const OUTCOME: u8 = 5;
    pub const SEND: u8 = 6;
    pub const COUNT: usize = 7;
    pub const NAMES: [&str; COUNT] = ["exec", "fork", "exit", "open", "connect", "outcome", "send"];
}

/// The ring that a record came by.
pub mod ring {
    pub const PROCESS: u8 = 0;
    pub const FILE: u8 = 1;
    pub const NETWORK: u8 = 2;
    pub const COUNT: usize = 3;
    pub const NAMES: [&str; COUNT] = ["process", "file", "network"];
}

/// Longest path, in bytes, that a record carries; a longer one has its `CUT_*` flag.
pub const PATH_MAX: usize = 4096;
/// Longest argument vector, in bytes, that a record carries.
pub const ARGS_MAX: usize = 4096;
/// Longest cgroup path, in bytes, that a record carries.
pub const CGROUP_PATH_MAX: usize = 1024;
/// Longest single name in a path (`NAME_MAX` of Linux).
pub const NAME_MAX: usize = 255;
/// First bytes of an executed file that an [`Exec`] carries.
pub const HEAD_LEN: usize = 128;

/// Begins each record.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// Length of the whole record, tail included.
    pub len: u32,
    /// One of [`kind`].
    pub kind: u8,
    /// One of [`hook`].
    pub hook: u8,
    /// [`VERSION`].
    pub version: u8,
    /// CPU that wrote the record, modulo 256: for diagnostics only.
    pub cpu: u8,
    /// When it happened, in nanoseconds of `CLOCK_BOOTTIME`.
    pub time_ns: u64,
}

/// Who did it: the task that the record is about, as it stood at that moment. Ids are those of the initial namespaces.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// Start of the process (its thread group's leader), nanoseconds of `CLOCK_BOOTTIME` (`task_struct.start_boottime`).
    /// With `tgid` it names a process once and for all: pids are reused, the pair isn't.
    pub start_ns: u64,
    /// The same of the real parent.
    pub parent_start_ns: u64,
    /// Id (kernfs) of the cgroup: the v2 hierarchy's, or the v1 `pids` (else `memory`) controller's, with
    /// [`LEGACY_CGROUP`], where the task is in the v2 root. [`ROOT_CGROUP`] where it is in both roots.
    pub cgroup: u64,
    /// The same of the real parent.
    pub parent_cgroup: u64,
    /// Process id (thread group).
    pub tgid: u32,
    /// Thread id.
    pub tid: u32,
    /// Process id as its own pid namespace has it; 1 is that namespace's init.
    pub ns_tgid: u32,
    /// Process id of the real parent.
    pub ppid: u32,
    pub uid: u32,
    pub gid: u32,
    pub euid: u32,
    pub egid: u32,
    /// Inode numbers of the namespaces (`/proc/PID/ns/*`); 0 where unknown.
    pub mnt_ns: u32,
    pub pid_ns: u32,
    pub net_ns: u32,
    pub user_ns: u32,
    /// `task_struct.comm`: anyone can set it, so never more than a hint.
    pub comm: [u8; 16],
}

/// A program was executed (`sched_process_exec`). Tail: exe path, file name, interpreter, arguments, working directory,
/// cgroup path.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Exec {
    pub header: Header,
    pub task: Task,
    /// Effective capabilities after the exec (`cred.cap_effective`).
    pub cap_effective: u64,
    pub cap_permitted: u64,
    /// Inode number and size in bytes of the executed file.
    pub exe_ino: u64,
    pub exe_size: u64,
    /// Its device, as the kernel has it (`major << 20 | minor`).
    pub exe_dev: u32,
    /// Its mode (`i_mode`): type and permission bits, set-uid included.
    pub exe_mode: u32,
    /// Links to it; 0 is a file with no name left.
    pub exe_nlink: u32,
    /// `f_path`'s file system: `super_block.s_magic`.
    pub exe_magic: u32,
    /// [`exec_flags`].
    pub flags: u32,
    /// Audit login uid; `u32::MAX` is unset.
    pub loginuid: u32,
    /// Audit session id; `u32::MAX` is unset.
    pub sessionid: u32,
    /// Length of all arguments in bytes, as the kernel laid them out; more than `args_len` when cut.
    pub args_total: u32,
    /// First bytes of the executed file (`linux_binprm.buf`): for a script those of its interpreter.
    pub head: [u8; HEAD_LEN],
    /// Real path of the executed file (for a script, its interpreter), leaf first.
    pub exe_len: u16,
    /// The name that was passed to the kernel (`linux_binprm.filename`): a plain string, no leading path resolved.
    pub filename_len: u16,
    /// `linux_binprm.interp`, where it is another than the file name: a plain string.
    pub interp_len: u16,
    /// Arguments, each ended by NUL.
    pub args_len: u16,
    /// Working directory, leaf first.
    pub cwd_len: u16,
    /// cgroup path, leaf first; empty when an earlier record of the same ring had it.
    pub cgroup_len: u16,
    /// [`cut`].
    pub cut: u16,
    pub pad: [u8; 2],
}

/// [`Exec::flags`].
pub mod exec_flags {
    /// The process has a controlling terminal.
    pub const TTY: u32 = 1;
    /// `linux_binprm.secureexec`: set-uid, set-gid or file capabilities took effect.
    pub const SECURE: u32 = 2;
    /// The file's dentry is in no directory: a memfd or an unnamed temporary file.
    pub const DISCONNECTED: u32 = 4;
    /// The arguments couldn't be read from the new process's memory.
    pub const ARGS_UNREADABLE: u32 = 8;
    /// The kernel called another file to run this one: a script, or a binfmt_misc handler.
    pub const SCRIPT: u32 = 16;
    /// The file has no name any more: deleted, though it may still have other links.
    pub const DELETED: u32 = 32;
}

/// Strings of a record that are shorter than the real thing.
pub mod cut {
    pub const PATH: u16 = 1;
    pub const FILENAME: u16 = 2;
    pub const ARGS: u16 = 4;
    pub const CWD: u16 = 8;
    pub const CGROUP: u16 = 16;
    pub const MOUNT_ROOT: u16 = 32;
}

/// A process was made (`sched_process_fork`, threads left out); `task` is the child. Tail: cgroup path.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Fork {
    pub header: Header,
    pub task: Task,
    pub cgroup_len: u16,
    pub cut: u16,
    pub pad: [u8; 4],
}

/// A process ended: its last thread did (`sched_process_exit`). No tail.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Exit {
    pub header: Header,
    pub task: Task,
    /// As `wait(2)` has it: exit status << 8 | signal.
    pub code: u32,
    pub pad: [u8; 4],
}

/// A regular file was opened for reading, and might matter. Tail: path, root of its mount, cgroup path.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Open {
    pub header: Header,
    pub task: Task,
    /// Inode number of the file, and of the root of the mount that it was reached through.
    pub ino: u64,
    pub mount_ino: u64,
    /// Device of both, as the kernel has it (`major << 20 | minor`).
    pub dev: u32,
    /// `super_block.s_magic`.
    pub magic: u32,
    /// `file.f_flags`: the `O_*` flags.
    pub flags: u32,
    /// `file.f_mode`: `FMODE_*`.
    pub mode: u32,
    /// `inode.i_mode`.
    pub inode_mode: u32,
    /// Why the kernel let it pass: [`open_reason`].
    pub reason: u32,
    /// Id of the mount (`mount.mnt_id`).
    pub mnt_id: u32,
    /// The path from the root of the mount namespace that the file's mount is in, leaf first.
    pub path_len: u16,
    /// Path, inside its own file system, of the root of the mount (field 4 of `/proc/PID/mountinfo`), leaf first.
    pub mount_root_len: u16,
    pub cgroup_len: u16,
    pub cut: u16,
    /// [`open_flags`].
    pub seen: u32,
}

/// [`Open::reason`].
pub mod open_reason {
    /// Its name is on the list of names.
    pub const NAME: u32 = 1;
    /// The name of its directory is on the list of directories.
    pub const DIRECTORY: u32 = 2;
    /// Its mount is on the list of mounts.
    pub const MOUNT: u32 = 4;
    /// It is on a volume of a cgroup that the agent hasn't said anything about yet.
    pub const NEW_CGROUP: u32 = 8;
}

/// [`Open::seen`].
pub mod open_flags {
    /// The file's dentry is in no directory.
    pub const DISCONNECTED: u32 = 1;
    /// The mount is in no mount namespace any more, or never was.
    pub const DETACHED: u32 = 2;
    /// The file has no name any more.
    pub const DELETED: u32 = 4;
}

/// Addresses and ports of one end of a socket or the other.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Flow {
    /// Remote and local address; v4 in the first four bytes, the rest 0.
    pub remote: [u8; 16],
    pub local: [u8; 16],
    /// Ports, host byte order; a local port of 0 wasn't chosen yet.
    pub remote_port: u16,
    pub local_port: u16,
    /// `AF_INET` (2) or `AF_INET6` (10).
    pub family: u16,
    /// `IPPROTO_*`.
    pub protocol: u16,
}

/// A TCP connection was begun (`inet_sock_set_state` CLOSE → SYN_SENT), or failed before it could be (`connect` returned
/// an error and no SYN was sent). Tail: cgroup path.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Connect {
    pub header: Header,
    pub task: Task,
    /// Names the connection; the [`Outcome`] has it too.
    pub conn: u64,
    pub flow: Flow,
    /// 0 when begun; an `errno` when it couldn't be.
    pub errno: u32,
    /// [`net_flags`].
    pub flags: u32,
    pub cgroup_len: u16,
    pub cut: u16,
    pub pad: [u8; 4],
}

/// [`Connect::flags`], [`Send::flags`].
pub mod net_flags {
    /// The remote address was read from the caller's memory at the end of the call: another thread may have changed it.
    pub const CALLERS_WORD: u32 = 1;
    /// The socket was connected: the address is the socket's.
    pub const CONNECTED: u32 = 2;
}

/// How a connection that was begun came out. It may be noticed in some other task's time, so `task` is the connecting one
/// as it stood at the [`Connect`]. No tail.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    pub header: Header,
    pub task: Task,
    pub conn: u64,
    /// When the connection was begun.
    pub begun_ns: u64,
    pub flow: Flow,
    /// 0 established; otherwise the socket's `errno` (111 refused, 110 timed out, 113 and 101 unreachable, …). A socket
    /// closed by its owner before the answer has `ECANCELED` (125).
    pub errno: u32,
    pub pad: [u8; 4],
}

/// A datagram was sent. Repeats of one process to one destination within a second are counted, not written. Tail: cgroup
/// path.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Send {
    pub header: Header,
    pub task: Task,
    pub flow: Flow,
    /// Datagrams that this record stands for, itself included.
    pub count: u64,
    /// 0 when handed to the network; an `errno` when refused.
    pub errno: u32,
    /// [`net_flags`].
    pub flags: u32,
    pub cgroup_len: u16,
    pub cut: u16,
    pub pad: [u8; 4],
}

/// What a hook did, on one CPU. `seen = filtered + repeated + submitted + dropped`, always.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Deeds that came to the hook.
    pub seen: u64,
    /// Of those, the ones that nothing asked for.
    pub filtered: u64,
    /// The ones that a later record's `count` stands for.
    pub repeated: u64,
    /// Records written to the ring.
    pub submitted: u64,
    /// Records lost because the ring was full.
    pub dropped: u64,
}

/// Set in the id of a cgroup that is a v1 controller's: the hierarchies number their cgroups each for itself.
pub const LEGACY_CGROUP: u64 = 1 << 63;
/// Id of the root cgroup, of v2 and of v1 alike: processes in it belong to the node itself.
pub const ROOT_CGROUP: u64 = 1;

/// What the agent has found out about a cgroup: the value in the `CGROUPS` map. A cgroup that is not in the map is one
/// that it hasn't seen yet.
pub mod cgroup_class {
    /// No container: its file opens are of no interest.
    pub const HOST: u32 = 1;
    /// A container whose mounts aren't known yet: each open on one of its volumes is passed on.
    pub const PENDING: u32 = 2;
    /// A container whose secret mounts are in the `SECRET_MOUNTS` map.
    pub const READY: u32 = 3;
}

/// Key of the `SECRET_MOUNTS` map: the root of a mount.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MountKey {
    pub ino: u64,
    /// As the kernel has it (`major << 20 | minor`).
    pub dev: u32,
    pub pad: u32,
}

/// Key of the `SECRET_NAMES` and `SECRET_DIRS` maps: a file name of at most 31 bytes, the rest 0.
pub type NameKey = [u8; 32];

/// Value of the `NAME_HINTS` array: what names of as many bytes as its index says are in the `SECRET_NAMES` and
/// `SECRET_DIRS` maps, each with its [`hint_bit`]. Most names can be told apart from all of these by that alone.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameHint {
    pub names: u64,
    pub dirs: u64,
}

/// Entries of the `NAME_HINTS` array.
pub const NAME_HINTS: u32 = size_of::<NameKey>() as u32;

/// The bit of a name in a [`NameHint`], by its first byte.
#[inline(always)]
pub fn hint_bit(first: u8) -> u64 {
    1 << (first & 63)
}

/// Begins a process's record of each kind, in bytes: what a decoder needs before it can look at anything.
pub const HEADER_LEN: usize = size_of::<Header>();
/// Longest record: an [`Exec`] with everything at its longest.
pub const RECORD_MAX: usize = size_of::<Exec>() + 4 * PATH_MAX + ARGS_MAX + CGROUP_PATH_MAX;

const _: () = {
    assert!(size_of::<Header>() == 16);
    assert!(size_of::<Task>() == 96);
    assert!(size_of::<Exec>() == 112 + 64 + 128 + 16);
    assert!(size_of::<Fork>() == 120);
    assert!(size_of::<Exit>() == 120);
    assert!(size_of::<Open>() == 112 + 16 + 28 + 8 + 4);
    assert!(size_of::<Flow>() == 40);
    assert!(size_of::<Connect>() == 112 + 8 + 40 + 16);
    assert!(size_of::<Outcome>() == 112 + 16 + 40 + 8);
    assert!(size_of::<Send>() == 112 + 40 + 24);
    assert!(size_of::<Counters>() == 40);
    assert!(size_of::<MountKey>() == 16);
    assert!(size_of::<NameHint>() == 16);
    // The length of a record's strings fits its u16 fields, and a record its own.
    assert!(PATH_MAX < u16::MAX as usize);
    assert!(ARGS_MAX < u16::MAX as usize);
};
