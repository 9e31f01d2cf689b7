//! What the programs share with the agent, and among themselves. Sizes of the rings are set by the agent at load.

use aya_ebpf::macros::map;
use aya_ebpf::maps::{Array, HashMap, LruHashMap, PerCpuArray, RingBuf};
use lunette_wire::{Counters, MountKey, NameHint, NameKey, Task, hook, ring};

#[map]
pub static PROCESS_RING: RingBuf = RingBuf::with_byte_size(1 << 20, 0);
#[map]
pub static FILE_RING: RingBuf = RingBuf::with_byte_size(1 << 20, 0);
#[map]
pub static NETWORK_RING: RingBuf = RingBuf::with_byte_size(1 << 20, 0);

/// When each ring's reader was last woken, nanoseconds of `CLOCK_BOOTTIME`.
#[map]
pub static WOKEN: Array<u64> = Array::with_max_entries(ring::COUNT as u32, 0);

/// What each hook did, by [`hook`].
#[map]
pub static COUNTERS: PerCpuArray<Counters> = PerCpuArray::with_max_entries(hook::COUNT as u32, 0);

/// What the agent knows of a cgroup, by its id: [`lunette_wire::cgroup_class`].
#[map]
pub static CGROUPS: HashMap<u64, u32> = HashMap::with_max_entries(16_384, 0);

/// File names, and names of directories, whose files the agent wants to hear of.
#[map]
pub static SECRET_NAMES: HashMap<NameKey, u8> = HashMap::with_max_entries(1_024, 0);
#[map]
pub static SECRET_DIRS: HashMap<NameKey, u8> = HashMap::with_max_entries(1_024, 0);

/// What is in the two above, as far as a few bits can say.
#[map]
pub static NAME_HINTS: Array<NameHint> = Array::with_max_entries(lunette_wire::NAME_HINTS, 0);

/// Roots of mounts whose files the agent wants to hear of.
#[map]
pub static SECRET_MOUNTS: HashMap<MountKey, u8> = HashMap::with_max_entries(16_384, 0);

/// cgroups whose path a ring has had already.
#[map]
pub static TOLD: LruHashMap<Told, u8> = LruHashMap::with_max_entries(16_384, 0);

/// Key of [`TOLD`].
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Told {
    pub cgroup: u64,
    pub ring: u64,
}

/// TCP connections that were begun, by the address of their `struct sock`.
#[map]
pub static CONNECTIONS: LruHashMap<u64, Connection> = LruHashMap::with_max_entries(16_384, 0);

/// Value of [`CONNECTIONS`].
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Connection {
    /// Who began it, as it stood then.
    pub task: Task,
    pub conn: u64,
    pub begun_ns: u64,
    /// [`DECIDED`] and [`RETURNED`]: the entry goes when both the outcome and the end of the call have been seen.
    pub state: u32,
    pub pad: u32,
}

/// The outcome is known.
pub const DECIDED: u32 = 1;
/// `connect` has returned.
pub const RETURNED: u32 = 2;

/// Who sent to where lately.
#[map]
pub static SENDS: LruHashMap<SendKey, SendState> = LruHashMap::with_max_entries(16_384, 0);

/// Key of [`SENDS`].
#[repr(C)]
#[derive(Clone, Copy)]
pub struct SendKey {
    pub start_ns: u64,
    pub remote: [u64; 2],
    pub tgid: u32,
    pub remote_port: u16,
    pub protocol: u16,
}

/// Value of [`SENDS`].
#[repr(C)]
#[derive(Clone, Copy)]
pub struct SendState {
    pub told_ns: u64,
    /// Datagrams since then that no record stands for yet.
    pub count: u64,
}
