//! exit: `tp_btf/sched_process_exit`, of the last thread of a process.

use aya_ebpf::macros::btf_tracepoint;
use aya_ebpf::programs::BtfTracePointContext;
use lunette_wire::{Exit, hook, kind, ring};

use crate::kernel::{load, off};
use crate::out::{self, SLOT_FORK};
use crate::task;

/// `(struct task_struct *p, …)`
#[btf_tracepoint(function = "sched_process_exit")]
#[inline(always)]
pub fn lunette_exit(ctx: BtfTracePointContext) -> i32 {
    let task: *const u8 = ctx.arg(0);
    // SAFETY: the slot is used by fork too, but neither can begin while the other runs: both are the task's own doing, with
    // preemption off. `atomic_t` and `exit_code` are 32 bits.
    unsafe {
        let signal: *const u8 = load(task, &off::TASK_SIGNAL);
        let live: i32 = load(signal, &off::SIGNAL_LIVE);
        if live != 0 {
            return 0;
        }
        let Some(slot) = out::slot(SLOT_FORK) else { return 0 };
        let record = out::record::<Exit>(slot);
        let r = &mut *record;
        r.header = out::header(kind::EXIT, hook::EXIT);
        task::fill(&raw mut (*record).task, task);
        // exit_group leaves the code of the whole group in the signal struct; a lone exit leaves it in the task.
        let group: u32 = load(signal, &off::SIGNAL_GROUP_EXIT_CODE);
        let own: u32 = load(task, &off::TASK_EXIT_CODE);
        r.code = if group != 0 { group } else { own };
        r.pad = [0; 4];
        out::submit::<Exit>(slot, 0, ring::PROCESS, hook::EXIT);
    }
    0
}
