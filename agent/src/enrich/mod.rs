//! Who did it: processes, containers, the node.

pub mod build;
pub mod identities;
pub mod identity;
pub mod origin;
pub mod processes;
pub mod programs;
