//! Who did it.

use core::mem::MaybeUninit;

use aya_ebpf::helpers::generated::bpf_get_current_task_btf;
use lunette_wire::Task;

use crate::cgroup;
use crate::kernel::{Fields, Head, load, load_at, off, read};

/// The task that runs now.
#[inline(always)]
pub fn current() -> *const u8 {
    // SAFETY: a helper without arguments; the kernel has it since 5.11.
    unsafe { bpf_get_current_task_btf() as *const u8 }
}

/// Id that names the process of a task: its thread group's leader's start, and its number.
#[inline(always)]
pub fn key(task: *const u8) -> (u64, u32) {
    // SAFETY: `task_struct.group_leader` is a pointer, `start_boottime` a u64, `tgid` a pid_t.
    unsafe {
        let leader: *const u8 = load(task, &off::TASK_GROUP_LEADER);
        (load(leader, &off::TASK_START_BOOTTIME), load(task, &off::TASK_TGID))
    }
}

/// Writes what is known of `task`, whose pointer the verifier must know the type of, to `out`.
#[inline(always)]
pub fn fill(out: *mut Task, task: *const u8) {
    // SAFETY: types as in the kernel: pid_t, kuid_t and kgid_t are 32 bits; pointers are pointers; `comm` is 16 bytes;
    // `ns_common.inum` is 32 bits; `pid.level` and `upid.nr` are 32 bits. `out` is memory of the program's own.
    unsafe {
        let out = &mut *out;
        (out.start_ns, out.tgid) = key(task);
        out.tid = load(task, &off::TASK_PID);
        let parent: *const u8 = load(task, &off::TASK_REAL_PARENT);
        (out.parent_start_ns, out.ppid) = key(parent);
        out.cgroup = cgroup::id(task);
        out.parent_cgroup = cgroup::id(parent);

        let cred: *const u8 = load(task, &off::TASK_CRED);
        out.uid = load(cred, &off::CRED_UID);
        out.gid = load(cred, &off::CRED_GID);
        out.euid = load(cred, &off::CRED_EUID);
        out.egid = load(cred, &off::CRED_EGID);
        let user: *const u8 = load(cred, &off::CRED_USER_NS);
        out.user_ns = load(user, &off::USER_NS_INUM);

        let nsproxy: *const u8 = load(task, &off::TASK_NSPROXY);
        let mnt: *const u8 = load(nsproxy, &off::NSPROXY_MNT);
        out.mnt_ns = load(mnt, &off::MNT_NS_INUM);
        let net: *const u8 = load(nsproxy, &off::NSPROXY_NET);
        out.net_ns = load(net, &off::NET_NS_INUM);

        // The number in its own pid namespace is the last of the array that ends `struct pid`, and belongs to the leader.
        let leader: *const u8 = load(task, &off::TASK_GROUP_LEADER);
        let pid: *const u8 = load(leader, &off::TASK_THREAD_PID);
        let level: u32 = load(pid, &off::PID_LEVEL);
        let numbers = off::PID_NUMBERS.load() as usize;
        if level == 0 {
            out.ns_tgid = load_at(pid, numbers + off::UPID_NR.load() as usize);
            let pid_ns: *const u8 = load_at(pid, numbers + off::UPID_NS.load() as usize);
            out.pid_ns = load(pid_ns, &off::PID_NS_INUM);
        } else {
            // Namespaces nest 32 deep at the most (MAX_PID_NS_LEVEL); `struct upid` is 16 bytes on 64-bit kernels.
            let upid = pid.wrapping_add(numbers + 16 * (level & 63) as usize);
            let mut words = MaybeUninit::uninit();
            let upid = Head::<2>::read(upid, words.as_mut_ptr());
            out.ns_tgid = upid.get(&off::UPID_NR);
            let pid_ns: *const u8 = upid.get(&off::UPID_NS);
            out.pid_ns = if pid_ns.is_null() { 0 } else { read(pid_ns, &off::PID_NS_INUM) };
        }

        let comm = off::TASK_COMM.load() as usize;
        let halves: [u64; 2] = [load_at(task, comm), load_at(task, comm + 8)];
        (&raw mut out.comm).cast::<[u64; 2]>().write_unaligned(halves);
    }
}
