//! Who did it: processes, containers, the node.
//!
//! `processes`, `identities` and `programs` are what the pipeline remembers; `identity`, `runtime` and `program_files` ask
//! the node, elsewhere, and answer.

pub mod build;
pub mod cgroup;
pub mod identities;
pub mod identity;
pub mod origin;
pub mod processes;
pub mod programs;
pub mod runtime;
pub mod secret_mounts;
