//! What runs already: `iter/task`, read once by the agent at start. Each process is written as the [`Fork`] record that it
//! would have had, cgroup path included.

use core::ffi::c_void;

use aya_ebpf::helpers::generated::bpf_seq_write;
use lunette_wire::{Fork, Header, hook, kind};

use crate::kernel::{load, off};
use crate::out::{self, SLOT_TASKS, TAIL};
use crate::{cgroup, task};

/// `struct bpf_iter__task`.
#[repr(C)]
pub struct Context {
    /// `struct bpf_iter_meta *`, which begins with its `struct seq_file *`.
    meta: *const *mut c_void,
    /// Null after the last one.
    task: *const u8,
}

#[unsafe(link_section = "iter/task")]
#[unsafe(no_mangle)]
pub extern "C" fn lunette_tasks(ctx: *const Context) -> i32 {
    // SAFETY: the context is the kernel's; the slot is this program's own; `pid` and `tgid` are 32 bits.
    unsafe {
        let task = (*ctx).task;
        if task.is_null() {
            return 0;
        }
        let (pid, tgid): (u32, u32) = (load(task, &off::TASK_PID), load(task, &off::TASK_TGID));
        if pid != tgid {
            return 0;
        }
        let Some(slot) = out::slot(SLOT_TASKS) else { return 0 };
        let record = out::record::<Fork>(slot);
        let r = &mut *record;
        r.header = out::header(kind::FORK, hook::FORK);
        task::fill(&raw mut (*record).task, task);
        r.pad = [0; 4];
        let (pos, cut) = cgroup::path(slot, SLOT_TASKS, 0, task);
        let pos = if pos as usize > TAIL { TAIL as u32 } else { pos };
        r.cgroup_len = pos as u16;
        r.cut = cut;
        let len = size_of::<Fork>() as u32 + pos;
        (*record.cast::<Header>()).len = len;
        bpf_seq_write((*(*ctx).meta).cast(), record.cast(), len);
    }
    0
}
