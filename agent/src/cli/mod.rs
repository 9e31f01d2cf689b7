//! cli

pub mod client;
