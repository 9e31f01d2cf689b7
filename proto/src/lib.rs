//! Lunette's gRPC API, and the parts of container runtimes' APIs that the agent speaks.

#[path = "gen/mod.rs"]
mod generated;

pub use generated::*;
