//! The tracepoint backend of file opens, UDP sends and failed connects: `tp_btf/sys_exit`.
//!
//! It runs at the end of every system call of the node, so it looks at the call's number first, and what counts is what
//! the call did: the descriptor that came back is looked up in the task's table, and the file, or the socket, found there.

use aya_ebpf::macros::btf_tracepoint;
use aya_ebpf::programs::BtfTracePointContext;
use lunette_wire::cgroup_class;
use lunette_wire::offsets::syscall;

use crate::connect::Sock;
use crate::kernel::{Fields, Head, load, off, read, read_at, syscall_class};
use crate::out::{self, SLOT_SYS_EXIT};
use crate::{connect, open, send, task};

/// `thread_info.status`: the call was a 32-bit one.
const TS_COMPAT: u32 = 2;
const S_IFMT: u16 = 0o170_000;
const S_IFSOCK: u16 = 0o140_000;
const IPPROTO_TCP: u16 = 6;

/// `(struct pt_regs *regs, long ret)`
#[btf_tracepoint(function = "sys_exit")]
#[inline(always)]
pub fn lunette_sys_exit(ctx: BtfTracePointContext) -> i32 {
    let regs: *const u8 = ctx.arg(0);
    // SAFETY: `orig_ax` is a long.
    let number: u64 = unsafe { load(regs, &off::REGS_NR) };
    if number >= syscall::COMPAT as u64 {
        return 0;
    }
    let native = syscall_class(number as u32);
    let compat = syscall_class(number as u32 + syscall::COMPAT as u32);
    // Most calls end here, so the look at which of the two it is comes after.
    if native == syscall::OTHER && compat == syscall::OTHER {
        return 0;
    }
    let task = task::current();
    // SAFETY: `thread_info.status` is 32 bits.
    let status: u32 = unsafe { load(task, &off::TASK_THREAD_STATUS) };
    let is_compat = status & TS_COMPAT != 0;
    let class = if is_compat { compat } else { native };
    let ret: i64 = ctx.arg(1);
    if class == syscall::OPEN {
        if ret >= 0 {
            opened(task, ret as u32);
        }
    } else if class != syscall::OTHER && !is_compat {
        on_socket(regs, task, class, ret);
    }
    0
}

#[inline(always)]
fn opened(task: *const u8, fd: u32) {
    // Most opens are the node's own, and not worth a look at the file.
    let class = open::class(task);
    if class == cgroup_class::HOST {
        open::filtered();
        return;
    }
    let file = file(task, fd);
    if !file.is_null()
        && let Some(slot) = out::slot(SLOT_SYS_EXIT)
    {
        open::opened(slot, SLOT_SYS_EXIT, task, class, file);
    }
}

#[inline(always)]
fn on_socket(regs: *const u8, task: *const u8, class: u8, ret: i64) {
    // SAFETY: registers are longs; field types as in the kernel.
    unsafe {
        if class == syscall::CONNECT && !connect::is_of_interest(ret) {
            return;
        }
        let file = file(task, load::<u64>(regs, &off::REGS_ARG0) as u32);
        let Some(slot) = out::slot(SLOT_SYS_EXIT) else { return };
        if file.is_null() {
            return;
        }
        let file = Head::read(file, &raw mut (*slot).scratch.file);
        let inode: *const u8 = file.get(&off::FILE_INODE);
        let mode: u16 = read(inode, &off::INODE_MODE);
        if mode & S_IFMT != S_IFSOCK {
            return;
        }
        let socket: *const u8 = file.get(&off::FILE_PRIVATE);
        let sock: *const u8 = read(socket, &off::SOCKET_SK);
        let sock = Sock::read(sock, &raw mut (*slot).scratch.sock);
        let family: u16 = sock.get(&off::SK_FAMILY);
        if family != connect::AF_INET && family != connect::AF_INET6 {
            return;
        }
        let protocol: u16 = sock.get(&off::SK_PROTOCOL);
        let second: *const u8 = load::<u64>(regs, &off::REGS_ARG1) as *const u8;
        match (protocol, class) {
            (IPPROTO_TCP, syscall::CONNECT) => {
                // The third argument is the length; the whole of either address family's is tried.
                connect::returned(slot, SLOT_SYS_EXIT, task, &sock, ret, second, 28);
            }
            (send::IPPROTO_UDP, syscall::SENDTO) => {
                let name = load::<u64>(regs, &off::REGS_ARG4) as *const u8;
                let len = load::<u64>(regs, &off::REGS_ARG5) as u32;
                send::sent(&sock, ret, name, len);
            }
            (send::IPPROTO_UDP, syscall::SENDMSG) => {
                let (name, len) = send::message_name(second);
                send::sent(&sock, ret, name, len);
            }
            (send::IPPROTO_UDP, syscall::SENDMMSG) => send::sent_many(sock.base(), ret, second),
            (send::IPPROTO_UDP, syscall::WRITE) => {
                send::sent(&sock, ret, core::ptr::null(), 0);
            }
            _ => {}
        }
    }
}

/// The file behind a descriptor of the task. Null when there is none.
#[inline(always)]
fn file(task: *const u8, fd: u32) -> *const u8 {
    // SAFETY: field types as in the kernel; from the descriptor array on, a helper checks the pointers.
    unsafe {
        let files: *const u8 = load(task, &off::TASK_FILES);
        let table: *const u8 = load(files, &off::FILES_FDT);
        let max: u32 = load(table, &off::FDT_MAX_FDS);
        if fd >= max {
            return core::ptr::null();
        }
        let fds: *const u8 = load(table, &off::FDT_FD);
        read_at(fds.wrapping_add(8 * fd as usize))
    }
}
