//! exec: `tp_btf/sched_process_exec`, after the new program is in place and before its first instruction.

use aya_ebpf::helpers::generated::{bpf_probe_read_kernel, bpf_probe_read_kernel_str, bpf_probe_read_user};
use aya_ebpf::macros::btf_tracepoint;
use aya_ebpf::programs::BtfTracePointContext;
use aya_log_ebpf::debug;
use lunette_wire::offsets::MISSING;
use lunette_wire::{ARGS_MAX, Exec, HEAD_LEN, PATH_MAX, cut, exec_flags, hook, kind, ring};

use crate::kernel::{load, off, read};
use crate::out::{self, SLOT_EXEC, Slot, TAIL};
use crate::{cgroup, path, task};

/// `(struct task_struct *p, pid_t old_pid, struct linux_binprm *bprm)`
#[btf_tracepoint(function = "sched_process_exec")]
#[inline(always)]
pub fn lunette_exec(ctx: BtfTracePointContext) -> i32 {
    let task: *const u8 = ctx.arg(0);
    let bprm: *const u8 = ctx.arg(2);
    let Some(slot) = out::slot(SLOT_EXEC) else { return 0 };
    let record = out::record::<Exec>(slot);
    // SAFETY: the slot is this program's own; field types as in the kernel.
    unsafe {
        let r = &mut *record;
        r.header = out::header(kind::EXEC, hook::EXEC);
        task::fill(&raw mut (*record).task, task);
        let cred: *const u8 = load(task, &off::TASK_CRED);
        r.cap_effective = load(cred, &off::CRED_CAP_EFFECTIVE);
        r.cap_permitted = load(cred, &off::CRED_CAP_PERMITTED);
        r.loginuid =
            if off::TASK_LOGINUID.load() == MISSING { u32::MAX } else { read(task, &off::TASK_LOGINUID) };
        r.sessionid =
            if off::TASK_SESSIONID.load() == MISSING { u32::MAX } else { read(task, &off::TASK_SESSIONID) };
        r.flags = 0;
        r.cut = 0;
        r.pad = [0; 2];
        let signal: *const u8 = load(task, &off::TASK_SIGNAL);
        let tty: *const u8 = load(signal, &off::SIGNAL_TTY);
        if !tty.is_null() {
            r.flags |= exec_flags::TTY;
        }

        let file: *const u8 = load(bprm, &off::BPRM_FILE);
        let inode: *const u8 = load(file, &off::FILE_INODE);
        r.exe_ino = load(inode, &off::INODE_INO);
        r.exe_size = load(inode, &off::INODE_SIZE);
        r.exe_mode = u32::from(load::<u16>(inode, &off::INODE_MODE));
        r.exe_nlink = load(inode, &off::INODE_NLINK);
        let sb: *const u8 = load(inode, &off::INODE_SB);
        r.exe_dev = load(sb, &off::SB_DEV);
        r.exe_magic = load::<u64>(sb, &off::SB_MAGIC) as u32;
        if r.exe_nlink == 0 {
            r.flags |= exec_flags::DELETED;
        }
        bpf_probe_read_kernel(
            (&raw mut (*record).head).cast(),
            HEAD_LEN as u32,
            bprm.wrapping_add(off::BPRM_BUF.load() as usize).cast(),
        );

        let dentry: *const u8 = read(file, &off::FILE_DENTRY);
        let mnt: *const u8 = read(file, &off::FILE_MNT);
        let (mut pos, walked) = path::append(slot, SLOT_EXEC, 0, mnt, dentry);
        r.exe_len = pos as u16;
        if walked & path::CUT != 0 {
            r.cut |= cut::PATH;
        }
        if walked & path::DISCONNECTED != 0 {
            r.flags |= exec_flags::DISCONNECTED;
        }

        let filename: *const u8 = read(bprm, &off::BPRM_FILENAME);
        let interp: *const u8 = read(bprm, &off::BPRM_INTERP);
        let mut from = pos;
        pos = append_str(slot, pos, filename, &mut r.cut);
        r.filename_len = (pos - from) as u16;
        from = pos;
        if interp != filename {
            r.flags |= exec_flags::SCRIPT;
            pos = append_str(slot, pos, interp, &mut r.cut);
        }
        r.interp_len = (pos - from) as u16;

        let mm: *const u8 = load(task, &off::TASK_MM);
        let arg_start: u64 = load(mm, &off::MM_ARG_START);
        let arg_end: u64 = load(mm, &off::MM_ARG_END);
        // 64 bits wide throughout: the verifier loses the bound of a narrowed value.
        let total = arg_end.wrapping_sub(arg_start);
        r.args_total = total as u32;
        r.args_len = 0;
        let mut len = total;
        if len > ARGS_MAX as u64 {
            len = ARGS_MAX as u64;
            r.cut |= cut::ARGS;
        }
        if pos as usize <= TAIL - ARGS_MAX {
            let to = (&raw mut (*slot).tail).cast::<u8>().add(pos as usize);
            if bpf_probe_read_user(to.cast(), len as u32, arg_start as *const _) == 0 {
                pos += len as u32;
                r.args_len = len as u16;
            } else {
                r.flags |= exec_flags::ARGS_UNREADABLE;
                debug!(&ctx, "exec of {}: its arguments can't be read", r.task.tgid);
            }
        }

        let fs: *const u8 = load(task, &off::TASK_FS);
        let pwd_mnt: *const u8 = read(fs, &off::FS_PWD_MNT);
        let pwd_dentry: *const u8 = read(fs, &off::FS_PWD_DENTRY);
        from = pos;
        let (end, walked) = path::append(slot, SLOT_EXEC, pos, pwd_mnt, pwd_dentry);
        pos = end;
        r.cwd_len = (pos - from) as u16;
        if walked & path::CUT != 0 {
            r.cut |= cut::CWD;
        }

        let id = r.task.cgroup;
        from = pos;
        let (end, cut) = cgroup::append(slot, SLOT_EXEC, pos, task, id, ring::PROCESS);
        pos = end;
        r.cgroup_len = (pos - from) as u16;
        r.cut |= cut;
        if !out::submit::<Exec>(slot, pos, ring::PROCESS, hook::EXEC) {
            debug!(&ctx, "exec of {} is lost: the ring is full", r.task.tgid);
        } else if pos != from {
            cgroup::told(id, ring::PROCESS);
        }
    }
    0
}

/// Appends a string of the kernel's, without its NUL.
#[inline(always)]
unsafe fn append_str(slot: *mut Slot, pos: u32, from: *const u8, cuts: &mut u16) -> u32 {
    if pos as usize > TAIL - PATH_MAX {
        *cuts |= cut::FILENAME;
        return pos;
    }
    // SAFETY: the copy ends inside the tail.
    let len = unsafe {
        let to = (&raw mut (*slot).tail).cast::<u8>().add(pos as usize);
        bpf_probe_read_kernel_str(to.cast(), PATH_MAX as u32, from.cast())
    };
    if len == PATH_MAX as i64 {
        *cuts |= cut::FILENAME;
    }
    if len <= 0 { pos } else { pos + (len as u32 & (2 * PATH_MAX as u32 - 1)) - 1 }
}
