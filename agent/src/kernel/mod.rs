//! The kernel's side of the agent: finding offsets, loading and attaching the programs, reading the rings.

pub mod btf;
pub mod load;
pub mod offsets;
mod syscalls;
