//! Where records are built, and how they leave.
//!
//! A record is built in per-CPU memory, because its length is known only at its end, and then copied to its ring. Each
//! program has a slot of its own: the kernel never runs a program on a CPU where that same program is running already
//! (it counts a miss instead), so nothing can write into a slot that is in use.

use aya_ebpf::bindings::{BPF_RB_FORCE_WAKEUP, BPF_RB_NO_WAKEUP};
use aya_ebpf::helpers::generated::{bpf_get_smp_processor_id, bpf_ktime_get_boot_ns, bpf_ringbuf_output};
use aya_ebpf::macros::map;
use aya_ebpf::maps::{PerCpuArray, RingBuf};
use lunette_wire::{ARGS_MAX, CGROUP_PATH_MAX, Counters, Exec, Header, PATH_MAX, VERSION, ring};

use crate::maps::{COUNTERS, FILE_RING, NETWORK_RING, PROCESS_RING, WOKEN};

/// Room for the fixed part of the longest record.
pub const HEAD: usize = size_of::<Exec>();
/// Room for the tail: everything at its longest, and one more string that may be begun before the limit is noticed.
pub const TAIL: usize = 4 * PATH_MAX + ARGS_MAX + CGROUP_PATH_MAX + PATH_MAX;
/// After a wake-up, its ring's reader looks again by itself for at least this long (`agent/src/run/reader.rs`), so
/// that it needs no other. A wake-up costs more than the record that it is for.
const QUIET_NS: u64 = 5_000_000;

/// Where a program builds its record: the fixed part ends where the tail begins.
#[repr(C)]
pub struct Slot {
    pub head: [u8; HEAD],
    pub tail: [u8; TAIL],
    pub walk: Walk,
    pub scratch: Scratch,
}

/// Where the beginnings of kernel structures are read to: there is more of them than fits on the stack.
#[repr(C)]
pub struct Scratch {
    /// Of a `struct file`, up to `f_path`.
    pub file: [u64; 10],
    /// Of a `struct dentry`, up to `d_sb`.
    pub dentry: [u64; 14],
    /// Of a `struct sock`: all of its `sock_common` that matters.
    pub sock: [u64; 11],
}

/// State of a walk to a root; in memory that the verifier makes no assumptions about, so that one look at a step of the
/// walk covers them all.
#[repr(C)]
pub struct Walk {
    /// The dentry or kernfs node where the walk is.
    pub at: *const u8,
    /// The mount (`struct vfsmount`) that it is in; null when mounts are of no interest.
    pub mnt: *const u8,
    /// Root of that mount.
    pub mnt_root: *const u8,
    /// Where the next name goes in the tail.
    pub pos: u32,
    /// Where the string must end.
    pub limit: u32,
    pub flags: u32,
    pub pad: u32,
}

// SAFETY: each CPU has a copy of its own; the pointers are the kernel's, and only ever followed by checked helpers.
unsafe impl Sync for Walk {}

#[map]
static SLOTS: PerCpuArray<Slot> = PerCpuArray::with_max_entries(5, 0);

/// The programs' slots.
pub const SLOT_EXEC: u32 = 0;
pub const SLOT_FORK: u32 = 1;
pub const SLOT_SYS_EXIT: u32 = 2;
pub const SLOT_TCP: u32 = 3;
pub const SLOT_TASKS: u32 = 4;

/// A program's slot on this CPU.
#[inline(always)]
pub fn slot(index: u32) -> Option<*mut Slot> {
    SLOTS.get_ptr_mut(index)
}

/// Where in the slot a record of type `T` begins.
#[inline(always)]
pub fn record<T>(slot: *mut Slot) -> *mut T {
    const { assert!(size_of::<T>() <= HEAD && align_of::<T>() <= 8 && size_of::<T>().is_multiple_of(8)) };
    // SAFETY: inside the slot's head.
    unsafe { (&raw mut (*slot).head).cast::<u8>().add(HEAD - size_of::<T>()).cast() }
}

/// Counters of a hook on this CPU.
#[inline(always)]
pub fn count(hook: u8, add: impl FnOnce(&mut Counters)) {
    if let Some(counters) = COUNTERS.get_ptr_mut(u32::from(hook)) {
        // SAFETY: this CPU's own copy. An interrupt between load and store could lose a count only if a program of the
        // same hook ran in it, and those that can (`outcome`) run with interrupts of their kind held off.
        add(unsafe { &mut *counters });
    }
}

/// A header, `len` still to be set.
#[inline(always)]
pub fn header(kind: u8, hook: u8) -> Header {
    // SAFETY: helpers without arguments.
    let (cpu, time_ns) = unsafe { (bpf_get_smp_processor_id(), bpf_ktime_get_boot_ns()) };
    Header { len: 0, kind, hook, version: VERSION, cpu: cpu as u8, time_ns }
}

#[inline(always)]
fn ring_of(index: u8) -> &'static RingBuf {
    match index {
        ring::PROCESS => &PROCESS_RING,
        ring::FILE => &FILE_RING,
        _ => &NETWORK_RING,
    }
}

/// Sends the record of type `T` that stands in the slot, with a tail of `tail_len` bytes, and counts it. Says whether
/// there was room.
#[inline(always)]
pub fn submit<T>(slot: *mut Slot, tail_len: u32, ring: u8, hook: u8) -> bool {
    let tail_len = if tail_len as usize > TAIL { TAIL as u32 } else { tail_len };
    let record = record::<T>(slot);
    let len = size_of::<T>() as u32 + tail_len;
    // SAFETY: every record begins with a header.
    let now = unsafe {
        let header = record.cast::<Header>();
        (*header).len = len;
        (*header).time_ns
    };
    let sent = output(ring, record.cast(), len, now);
    count(hook, |c| {
        c.seen += 1;
        if sent { c.submitted += 1 } else { c.dropped += 1 }
    });
    sent
}

#[inline(always)]
fn output(ring: u8, data: *const u8, len: u32, now: u64) -> bool {
    let mut flags = u64::from(BPF_RB_NO_WAKEUP);
    if let Some(woken) = WOKEN.get_ptr_mut(u32::from(ring)) {
        // SAFETY: an aligned u64 of the map. Two CPUs that both find it old wake the reader twice: harmless.
        unsafe {
            // The clock is read before the record is built, so on another CPU it may be behind: then it isn't time.
            if now.wrapping_sub(*woken) as i64 > QUIET_NS as i64 {
                *woken = now;
                flags = u64::from(BPF_RB_FORCE_WAKEUP);
            }
        }
    }
    // SAFETY: `len` bytes from `data` lie inside the slot.
    unsafe {
        bpf_ringbuf_output(
            core::ptr::from_ref(ring_of(ring)).cast_mut().cast(),
            data.cast_mut().cast(),
            u64::from(len),
            flags,
        ) == 0
    }
}
