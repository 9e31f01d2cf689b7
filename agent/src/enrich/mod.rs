//! enrich

pub mod cgroup;
