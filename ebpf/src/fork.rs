//! fork: `tp_btf/sched_process_fork`, in the parent, before the child first runs.

use aya_ebpf::macros::btf_tracepoint;
use aya_ebpf::programs::BtfTracePointContext;
use lunette_wire::{Fork, hook, kind, ring};

use crate::kernel::{load, off};
use crate::out::{self, SLOT_FORK};
use crate::{cgroup, task};

/// `(struct task_struct *parent, struct task_struct *child)`
#[btf_tracepoint(function = "sched_process_fork")]
#[inline(always)]
pub fn lunette_fork(ctx: BtfTracePointContext) -> i32 {
    let child: *const u8 = ctx.arg(1);
    // SAFETY: the slot is this program's own; `pid` and `tgid` are 32 bits.
    unsafe {
        let (pid, tgid): (u32, u32) = (load(child, &off::TASK_PID), load(child, &off::TASK_TGID));
        // A thread: no process is made.
        if pid != tgid {
            return 0;
        }
        let Some(slot) = out::slot(SLOT_FORK) else { return 0 };
        let record = out::record::<Fork>(slot);
        let r = &mut *record;
        r.header = out::header(kind::FORK, hook::FORK);
        task::fill(&raw mut (*record).task, child);
        r.pad = [0; 4];
        let id = r.task.cgroup;
        let (pos, cut) = cgroup::append(slot, SLOT_FORK, 0, child, id, ring::PROCESS);
        r.cgroup_len = pos as u16;
        r.cut = cut;
        if out::submit::<Fork>(slot, pos, ring::PROCESS, hook::FORK) && pos != 0 {
            cgroup::told(id, ring::PROCESS);
        }
    }
    0
}
