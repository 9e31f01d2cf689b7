//! enrich

pub mod cgroup;
pub mod identity;
pub mod runtime;
pub mod secret_mounts;
