//! Lunette's kernel programs, one file a hook.
//!
//! Every program ends in one of four ways for each deed that came to it, and counts it: filtered, repeated, submitted or
//! dropped (`out`). None of them waits, allocates, or changes what the kernel does.
#![no_std]
#![no_main]

mod cgroup;
mod connect;
mod exec;
mod exit;
mod fork;
mod kernel;
mod maps;
mod open;
mod out;
mod path;
mod send;
mod sys_exit;
mod task;
mod tasks;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    // Never reached: a program with a reachable panic doesn't pass the verifier.
    loop {}
}

#[unsafe(link_section = "license")]
#[unsafe(no_mangle)]
static LICENSE: [u8; 13] = *b"Dual MIT/GPL\0";
