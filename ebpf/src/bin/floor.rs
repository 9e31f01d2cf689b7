//! The floor of `cargo xtask bench`: empty programs on the hooks of Lunette's own, so that what the hooks cost can be told
//! from what is done in them.
#![no_std]
#![no_main]

use aya_ebpf::macros::btf_tracepoint;
use aya_ebpf::programs::BtfTracePointContext;

macro_rules! empty {
    ($($name:ident = $tracepoint:literal;)*) => {
        $(
            #[btf_tracepoint(function = $tracepoint)]
            pub fn $name(_: BtfTracePointContext) -> i32 {
                0
            }
        )*
    };
}

empty! {
    floor_sched_process_exec = "sched_process_exec";
    floor_sched_process_fork = "sched_process_fork";
    floor_sched_process_exit = "sched_process_exit";
    floor_inet_sock_set_state = "inet_sock_set_state";
    floor_sys_exit = "sys_exit";
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    // Never reached: nothing here can panic.
    loop {}
}

#[unsafe(link_section = "license")]
#[unsafe(no_mangle)]
static LICENSE: [u8; 13] = *b"Dual MIT/GPL\0";
