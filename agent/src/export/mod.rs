//! The way out: the bus that hands events and findings to whoever subscribed, and those who always do (the gRPC API,
//! the findings file). Each has its own bounded queue, so that none can hold up the pipeline or another.

pub mod bus;
pub mod convert;
pub mod filter;
pub mod grpc;
pub mod http;
pub mod json;
pub mod jsonl;
pub mod metrics;
mod rotate;
pub mod socket;
pub mod view;

#[cfg(test)]
pub(crate) mod testing;
