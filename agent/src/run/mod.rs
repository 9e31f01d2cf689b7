//! The agent at work.

pub mod clock;
pub mod filters;
pub mod lookups;
pub mod node;
pub mod notify;
pub mod reader;
pub mod seeds;
