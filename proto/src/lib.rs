//! Lunette's gRPC API ([`lunette::v1`]), and the parts of container runtimes' APIs that the agent speaks.
//!
//! Everything here is generated from the `.proto` files next to this crate by `cargo xtask codegen` and committed, so
//! that a build needs no protobuf compiler. Messages of `lunette.v1` are (de)serialised by serde as proto JSON, with the
//! field names of the `.proto` files.

#[path = "gen/mod.rs"]
mod generated;

pub use generated::*;

/// `lunette.v1` and what it imports, as a serialised `google.protobuf.FileDescriptorSet`: what the reflection service
/// serves.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!("gen/lunette.v1.bin");
