//! TCP connections: begun and decided, by the socket's own state (`tp_btf/inet_sock_set_state`), however the connect was
//! asked for. A connect that fails before a SYN is sent changes no state: that one is seen where the call returns
//! (`sys_exit`).

use core::mem::{MaybeUninit, offset_of};

use aya_ebpf::helpers::generated::bpf_probe_read_user;
use aya_ebpf::macros::btf_tracepoint;
use aya_ebpf::programs::BtfTracePointContext;
use aya_log_ebpf::debug;
use lunette_wire::{Connect, Flow, Header, Outcome, Send, hook, kind, net_flags, ring};

use crate::kernel::{Fields, Head, Typed, copy, load, off, zero};
use crate::maps::{CONNECTIONS, Connection, DECIDED, RETURNED};
use crate::out::{self, SLOT_TCP, Slot};
use crate::{cgroup, task};

const TCP_ESTABLISHED: i32 = 1;
const TCP_SYN_SENT: i32 = 2;
const TCP_CLOSE: i32 = 7;
const ECANCELED: u32 = 125;
pub const AF_INET: u16 = 2;
pub const AF_INET6: u16 = 10;

/// `(const struct sock *sk, const int oldstate, const int newstate)`
#[btf_tracepoint(function = "inet_sock_set_state")]
#[inline(always)]
pub fn lunette_tcp(ctx: BtfTracePointContext) -> i32 {
    let sock: *const u8 = ctx.arg(0);
    let (old, new): (i32, i32) = (ctx.arg(1), ctx.arg(2));
    if old == TCP_CLOSE && new == TCP_SYN_SENT {
        begun(&ctx, sock);
    } else if old == TCP_SYN_SENT && (new == TCP_ESTABLISHED || new == TCP_CLOSE) {
        decided(sock, new);
    }
    0
}

/// In the time of the task that connects.
#[inline(always)]
fn begun(ctx: &BtfTracePointContext, sock: *const u8) {
    let Some(slot) = out::slot(SLOT_TCP) else { return };
    let task = task::current();
    let header = out::header(kind::CONNECT, hook::CONNECT);
    let time_ns = header.time_ns;
    // Two CPUs may read the same time.
    let conn = time_ns << 8 | u64::from(header.cpu);
    emit(slot, SLOT_TCP, task, header, conn, ends(&Typed(sock)), 0, 0);
    let mut connection = MaybeUninit::<Connection>::uninit();
    // SAFETY: `emit` filled the slot's record in; every field of the connection is written.
    let connection = unsafe {
        let c = connection.as_mut_ptr();
        copy(&raw const (*out::record::<Connect>(slot)).task, &raw mut (*c).task);
        (*c).conn = conn;
        (*c).begun_ns = time_ns;
        (*c).state = 0;
        (*c).pad = 0;
        &*c
    };
    // When the map won't take it, the outcome is unknown.
    if let Err(error) = CONNECTIONS.insert(&(sock as u64), connection, 0) {
        debug!(ctx, "the outcome of connection {} will be unknown: error {}", conn, error);
    }
}

/// In anybody's time: often the softirq that takes the answer.
#[inline(always)]
fn decided(sock: *const u8, new: i32) {
    let key = sock as u64;
    let Some(connection) = CONNECTIONS.get_ptr_mut(&key) else { return };
    let Some(slot) = out::slot(SLOT_TCP) else { return };
    let record = out::record::<Outcome>(slot);
    // SAFETY: the slot is this program's own; the map's entry stays valid for the program's run, though another
    // connection may take it over: its words are then a stranger's, for one record.
    unsafe {
        let r = &mut *record;
        let c = &mut *connection;
        r.header = out::header(kind::OUTCOME, hook::OUTCOME);
        r.conn = c.conn;
        r.begun_ns = c.begun_ns;
        copy(&raw const c.task, &raw mut r.task);
        r.pad = [0; 4];
        let error: u32 = load(sock, &off::SK_ERR);
        let errno = match (new, error) {
            (TCP_ESTABLISHED, _) => 0,
            // Nobody answered and nothing failed: its owner closed it.
            (_, 0) => ECANCELED,
            (_, error) => error,
        };
        r.errno = errno;
        write_ends(&raw mut r.flow, &ends(&Typed(sock)));
        out::submit::<Outcome>(slot, 0, ring::NETWORK, hook::OUTCOME);
        if c.state & RETURNED != 0 || !is_of_interest(-i64::from(errno)) {
            let _ = CONNECTIONS.remove(&key);
        } else {
            c.state |= DECIDED;
        }
    }
}

/// May [`returned`] have something to do when `connect` returns `ret`? Not with these: established, timed out, refused.
/// Each is an outcome of a SYN, and [`decided`] has seen it.
#[inline(always)]
pub fn is_of_interest(ret: i64) -> bool {
    !matches!(ret, 0 | -110 | -111)
}

/// `connect` on a TCP socket has returned `ret`, which is of interest; `address` and `len` are what the caller passed.
#[inline(always)]
pub fn returned(
    slot: *mut Slot,
    index: u32,
    task: *const u8,
    sock: &Sock,
    ret: i64,
    address: *const u8,
    len: u32,
) {
    let key = sock.base() as u64;
    if let Some(connection) = CONNECTIONS.get_ptr_mut(&key) {
        // SAFETY: as in `decided`.
        unsafe {
            if (*connection).state & DECIDED != 0 {
                let _ = CONNECTIONS.remove(&key);
            } else {
                (*connection).state |= RETURNED;
            }
        }
        return;
    }
    // EPERM, EACCES, EINVAL (a blackhole route's), EADDRNOTAVAIL, ENETDOWN, ENETUNREACH, EHOSTUNREACH: no SYN went out.
    if !matches!(ret, -1 | -13 | -22 | -99 | -100 | -101 | -113) {
        return;
    }
    let Some(mut ends) = callers_ends(address, len) else { return };
    // SAFETY: `sk_protocol` is 16 bits.
    ends.protocol = unsafe { sock.get(&off::SK_PROTOCOL) };
    let header = out::header(kind::CONNECT, hook::CONNECT);
    emit(slot, index, task, header, 0, ends, ret.unsigned_abs() as u32, net_flags::CALLERS_WORD);
}

#[inline(always)]
#[allow(clippy::too_many_arguments, reason = "all of it is of different types, and inlined")]
fn emit(
    slot: *mut Slot,
    index: u32,
    task: *const u8,
    header: Header,
    conn: u64,
    ends: Ends,
    errno: u32,
    flags: u32,
) {
    let record = out::record::<Connect>(slot);
    // SAFETY: the slot is this program's own.
    unsafe {
        let r = &mut *record;
        r.header = header;
        r.conn = conn;
        write_ends(&raw mut r.flow, &ends);
        r.errno = errno;
        r.flags = flags;
        r.pad = [0; 4];
        task::fill(&raw mut (*record).task, task);
        let id = r.task.cgroup;
        let (pos, cut) = cgroup::append(slot, index, 0, task, id, ring::NETWORK);
        r.cgroup_len = pos as u16;
        r.cut = cut;
        if out::submit::<Connect>(slot, pos, ring::NETWORK, hook::CONNECT) && pos != 0 {
            cgroup::told(id, ring::NETWORK);
        }
    }
}

/// See [`crate::out::Scratch::sock`].
pub type Sock = Head<11>;

/// A [`Flow`] in wider words: byte by byte it would take a call to copy it.
#[repr(C, align(8))]
#[derive(Clone, Copy)]
pub struct Ends {
    pub remote: [u64; 2],
    pub local: [u64; 2],
    pub remote_port: u16,
    pub local_port: u16,
    pub family: u16,
    pub protocol: u16,
}

const _: () = {
    assert!(size_of::<Ends>() == size_of::<Flow>());
    assert!(offset_of!(Connect, flow) % 8 == 0 && offset_of!(Outcome, flow) % 8 == 0);
    assert!(offset_of!(Send, flow) % 8 == 0);
};

/// Writes it as the flow of a record.
///
/// # Safety
/// `to` may be written to, and is in a record.
#[inline(always)]
pub unsafe fn write_ends(to: *mut Flow, ends: &Ends) {
    // SAFETY: as large, and records are aligned to 8 bytes, and their flows in them.
    unsafe { to.cast::<Ends>().write(*ends) };
}

/// The two ends of a socket. Of an IPv6 socket only the IPv6 fields mean anything.
#[inline(always)]
pub fn ends(sock: &impl Fields) -> Ends {
    // SAFETY: field types as in the kernel (`sock_common` begins `struct sock`); an IPv6 address is two words.
    unsafe {
        let mut ends = Ends {
            remote: [0; 2],
            local: [0; 2],
            remote_port: u16::from_be(sock.get(&off::SK_DPORT)),
            local_port: sock.get(&off::SK_NUM),
            family: sock.get(&off::SK_FAMILY),
            protocol: sock.get(&off::SK_PROTOCOL),
        };
        if ends.family == AF_INET6 {
            let all = |offset| [sock.get_at(offset, 0), sock.get_at(offset, 8)];
            ends.remote = all(&off::SK_V6_DADDR);
            ends.local = all(&off::SK_V6_RCV_SADDR);
        } else {
            ends.remote = v4(sock.get(&off::SK_DADDR));
            ends.local = v4(sock.get(&off::SK_RCV_SADDR));
        }
        ends
    }
}

/// The address in a caller's `sockaddr`, if it is an internet one.
#[inline(always)]
pub fn callers_ends(address: *const u8, len: u32) -> Option<Ends> {
    if len < 16 {
        return None;
    }
    // `sockaddr_in` is 16 bytes: family, port, address. `sockaddr_in6` is 28, of which the kernel wants 24: family, port,
    // flow information, address.
    let want = if len >= 24 { 24 } else { 16 };
    let mut raw = MaybeUninit::uninit();
    let raw: &mut [u64; 3] = zero(&mut raw);
    // SAFETY: the copy ends inside `raw`; the helper checks the source.
    if unsafe { bpf_probe_read_user(raw.as_mut_ptr().cast(), want, address.cast()) } != 0 {
        return None;
    }
    let first = raw[0].to_ne_bytes();
    let mut ends = Ends {
        remote: [0; 2],
        local: [0; 2],
        remote_port: u16::from_be_bytes([first[2], first[3]]),
        local_port: 0,
        family: u16::from_ne_bytes([first[0], first[1]]),
        protocol: 0,
    };
    match ends.family {
        AF_INET => ends.remote = v4(u32::from_ne_bytes([first[4], first[5], first[6], first[7]])),
        AF_INET6 => ends.remote = [raw[1], raw[2]],
        _ => return None,
    }
    Some(ends)
}

/// A v4 address, in the first four bytes.
#[inline(always)]
fn v4(address: u32) -> [u64; 2] {
    [if cfg!(target_endian = "little") { u64::from(address) } else { u64::from(address) << 32 }, 0]
}
