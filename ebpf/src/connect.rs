//! TCP connections: begun and decided, by the socket's own state (`tp_btf/inet_sock_set_state`), however the connect was
//! asked for. A connect that fails before a SYN is sent changes no state: that one is seen where the call returns
//! (`sys_exit`).

use aya_ebpf::helpers::generated::bpf_probe_read_user;
use aya_ebpf::macros::btf_tracepoint;
use aya_ebpf::programs::BtfTracePointContext;
use aya_log_ebpf::debug;
use lunette_wire::{Connect, Flow, Outcome, hook, kind, net_flags, ring};

use crate::kernel::{off, read};
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
    // Two CPUs may read the same time.
    let conn = header.time_ns << 8 | u64::from(header.cpu);
    let flow = flow(sock);
    emit(slot, SLOT_TCP, task, Connect { header, conn, flow, ..empty() });
    // SAFETY: `emit` filled the slot's record in.
    let task = unsafe { (*out::record::<Connect>(slot)).task };
    let connection = Connection { task, conn, begun_ns: header.time_ns, state: 0, pad: 0 };
    // When the map won't take it, the outcome is unknown.
    if let Err(error) = CONNECTIONS.insert(&(sock as u64), &connection, 0) {
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
        r.task = c.task;
        r.pad = [0; 4];
        let error: u32 = read(sock, &off::SK_ERR);
        r.errno = match (new, error) {
            (TCP_ESTABLISHED, _) => 0,
            // Nobody answered and nothing failed: its owner closed it.
            (_, 0) => ECANCELED,
            (_, error) => error,
        };
        r.flow = flow(sock);
        out::submit::<Outcome>(slot, 0, ring::NETWORK, hook::OUTCOME);
        if c.state & RETURNED != 0 {
            let _ = CONNECTIONS.remove(&key);
        } else {
            c.state |= DECIDED;
        }
    }
}

/// `connect` on a TCP socket has returned `ret`; `address` and `len` are what the caller passed.
#[inline(always)]
pub fn returned(
    slot: *mut Slot,
    index: u32,
    task: *const u8,
    sock: *const u8,
    ret: i64,
    address: *const u8,
    len: u32,
) {
    let key = sock as u64;
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
    let Some(mut flow) = callers_flow(address, len) else { return };
    // SAFETY: `sk_protocol` is 16 bits.
    flow.protocol = unsafe { read(sock, &off::SK_PROTOCOL) };
    let header = out::header(kind::CONNECT, hook::CONNECT);
    let errno = ret.unsigned_abs() as u32;
    emit(slot, index, task, Connect { header, flow, errno, flags: net_flags::CALLERS_WORD, ..empty() });
}

#[inline(always)]
fn empty() -> Connect {
    // SAFETY: all zeroes is a value of every field.
    unsafe { core::mem::zeroed() }
}

#[inline(always)]
fn emit(slot: *mut Slot, index: u32, task: *const u8, connect: Connect) {
    let record = out::record::<Connect>(slot);
    // SAFETY: the slot is this program's own.
    unsafe {
        let r = &mut *record;
        r.header = connect.header;
        r.conn = connect.conn;
        r.flow = connect.flow;
        r.errno = connect.errno;
        r.flags = connect.flags;
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

/// The two ends of a socket. Of an IPv6 socket only the IPv6 fields mean anything.
#[inline(always)]
pub fn flow(sock: *const u8) -> Flow {
    let mut flow =
        Flow { remote: [0; 16], local: [0; 16], remote_port: 0, local_port: 0, family: 0, protocol: 0 };
    // SAFETY: field types as in the kernel (`sock_common` begins `struct sock`).
    unsafe {
        flow.family = read(sock, &off::SK_FAMILY);
        flow.protocol = read(sock, &off::SK_PROTOCOL);
        flow.remote_port = u16::from_be(read(sock, &off::SK_DPORT));
        flow.local_port = read(sock, &off::SK_NUM);
        if flow.family == AF_INET6 {
            flow.remote = read(sock, &off::SK_V6_DADDR);
            flow.local = read(sock, &off::SK_V6_RCV_SADDR);
        } else {
            flow.remote[..4].copy_from_slice(&read::<[u8; 4]>(sock, &off::SK_DADDR));
            flow.local[..4].copy_from_slice(&read::<[u8; 4]>(sock, &off::SK_RCV_SADDR));
        }
    }
    flow
}

/// The address in a caller's `sockaddr`, if it is an internet one.
#[inline(always)]
pub fn callers_flow(address: *const u8, len: u32) -> Option<Flow> {
    let mut raw = [0_u8; 28];
    let want = if len >= 28 { 28 } else { 16 };
    if len < 16 {
        return None;
    }
    // SAFETY: the copy ends inside `raw`; the helper checks the source.
    if unsafe { bpf_probe_read_user(raw.as_mut_ptr().cast(), want, address.cast()) } != 0 {
        return None;
    }
    let mut flow =
        Flow { remote: [0; 16], local: [0; 16], remote_port: 0, local_port: 0, family: 0, protocol: 0 };
    flow.family = u16::from_ne_bytes([raw[0], raw[1]]);
    flow.remote_port = u16::from_be_bytes([raw[2], raw[3]]);
    match flow.family {
        AF_INET => flow.remote[..4].copy_from_slice(&raw[4..8]),
        AF_INET6 => flow.remote.copy_from_slice(&raw[8..24]),
        _ => return None,
    }
    Some(flow)
}
