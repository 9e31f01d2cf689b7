//! Datagrams sent over UDP.

use core::mem::MaybeUninit;

use aya_ebpf::helpers::generated::{bpf_loop, bpf_probe_read_user};
use lunette_wire::{Send, hook, kind, net_flags, ring};

use crate::connect::{Ends, Sock, callers_ends, ends, write_ends};
use crate::kernel::{Fields, off};
use crate::maps::{SENDS, SendKey, SendState};
use crate::out::{self, SLOT_SYS_EXIT, Slot};
use crate::{cgroup, task};

pub const IPPROTO_UDP: u16 = 17;
/// `skc_state` of a datagram socket that is connected.
const TCP_ESTABLISHED: u8 = 1;
/// Repeats within this time are counted, not written.
const REPEAT_NS: u64 = 1_000_000_000;
/// `sizeof(struct mmsghdr)` of a 64-bit program.
const MMSGHDR: u64 = 64;
/// `UIO_MAXIOV`: the kernel takes no more messages than this in one call.
const MMSG_MAX: u32 = 1024;

/// A call that sends on the UDP socket `sock` has returned `ret`; the caller gave `name` (null when it gave none). One
/// copy of it, called: four inlined ones would be most of the program. What it returns means nothing, but isn't constant:
/// the compiler leaves a constant result out, and the verifier wants one.
#[inline(never)]
pub fn sent(sock: &Sock, ret: i64, name: *const u8, name_len: u32) -> u64 {
    let mut ends = ends(sock);
    let mut flags = 0;
    if name.is_null() {
        // SAFETY: `skc_state` is 8 bits.
        if unsafe { sock.get::<u8>(&off::SK_STATE) } != TCP_ESTABLISHED {
            return ret as u64;
        }
        flags |= net_flags::CONNECTED;
    } else {
        let Some(asked) = callers_ends(name, name_len) else { return ret as u64 };
        ends.remote = asked.remote;
        ends.remote_port = asked.remote_port;
        ends.family = asked.family;
        flags |= net_flags::CALLERS_WORD;
    }
    let errno = match ret {
        0.. => 0,
        // EPERM, EACCES, ENETDOWN, ENETUNREACH, EHOSTUNREACH: an attempt that the network refused. Others say nothing
        // about a destination (a full buffer, a bad pointer, an answer to an earlier datagram).
        -1 | -13 | -100 | -101 | -113 => ret.unsigned_abs() as u32,
        _ => return ret as u64,
    };
    if let Some(slot) = out::slot(SLOT_SYS_EXIT) {
        emit(slot, SLOT_SYS_EXIT, task::current(), ends, errno, flags);
    }
    ret as u64
}

#[inline(always)]
fn emit(slot: *mut Slot, index: u32, task: *const u8, flow: Ends, errno: u32, flags: u32) {
    let record = out::record::<Send>(slot);
    // SAFETY: the slot is this program's own; map entries stay valid for the program's run.
    unsafe {
        let r = &mut *record;
        r.header = out::header(kind::SEND, hook::SEND);
        let (start_ns, tgid) = task::key(task);
        let key = SendKey {
            start_ns,
            remote: flow.remote,
            tgid,
            remote_port: flow.remote_port,
            protocol: flow.protocol,
        };
        let now = r.header.time_ns;
        let mut before = 0;
        if let Some(state) = SENDS.get_ptr_mut(&key) {
            if now.wrapping_sub((*state).told_ns) < REPEAT_NS {
                (*state).count += 1;
                out::count(hook::SEND, |c| {
                    c.seen += 1;
                    c.repeated += 1;
                });
                return;
            }
            before = (*state).count;
        }
        task::fill(&raw mut (*record).task, task);
        write_ends(&raw mut r.flow, &flow);
        r.count = before + 1;
        r.errno = errno;
        r.flags = flags;
        r.pad = [0; 4];
        let id = r.task.cgroup;
        let (pos, cut) = cgroup::append(slot, index, 0, task, id, ring::NETWORK);
        r.cgroup_len = pos as u16;
        r.cut = cut;
        if out::submit::<Send>(slot, pos, ring::NETWORK, hook::SEND) {
            let _ = SENDS.insert(&key, &SendState { told_ns: now, count: 0 }, 0);
            if pos != 0 {
                cgroup::told(id, ring::NETWORK);
            }
        }
    }
}

/// What each step of [`sent_many`] needs.
#[repr(C)]
struct Many {
    sock: *const u8,
    /// The caller's `struct mmsghdr` array.
    messages: *const u8,
    count: u64,
}

/// `sendmmsg` sent the first `count` of the caller's messages.
#[inline(always)]
pub fn sent_many(sock: *const u8, count: i64, messages: *const u8) {
    let mut many = Many { sock, messages, count: count as u64 };
    // SAFETY: `step` has the signature that the helper wants, and its context outlives the call.
    unsafe { bpf_loop(MMSG_MAX, step as *mut core::ffi::c_void, (&raw mut many).cast(), 0) };
}

unsafe extern "C" fn step(i: u64, many: *mut Many) -> i64 {
    // SAFETY: the context that `sent_many` passed.
    let many = unsafe { &*many };
    if i >= many.count {
        return 1;
    }
    let (name, len) = message_name(many.messages.wrapping_add((i * MMSGHDR) as usize));
    let Some(slot) = out::slot(SLOT_SYS_EXIT) else { return 1 };
    // SAFETY: the slot is this program's own.
    let sock = unsafe { Sock::read(many.sock, &raw mut (*slot).scratch.sock) };
    sent(&sock, 0, name, len);
    0
}

/// `msg_name` and `msg_namelen` of a caller's `struct msghdr`.
#[inline(always)]
pub fn message_name(message: *const u8) -> (*const u8, u32) {
    let mut raw = MaybeUninit::<[u64; 2]>::uninit();
    // SAFETY: the copy fills `raw`; the helper checks the source.
    let raw = unsafe {
        if bpf_probe_read_user(raw.as_mut_ptr().cast(), 16, message.cast()) != 0 {
            return (core::ptr::null(), 0);
        }
        raw.assume_init()
    };
    (raw[0] as *const u8, raw[1] as u32)
}
