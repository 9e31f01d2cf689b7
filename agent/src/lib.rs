//! Lunette's node agent: kernel hooks → rings → decode → enrich → detect → export, one direction, one type a border.
//!
//! `pipeline` alone knows the order of the stages; `cli` alone knows that there is a terminal.

pub mod cli;
pub mod config;
pub mod decode;
pub mod detect;
pub mod enrich;
pub mod event;
pub mod export;
pub mod kernel;
pub mod pipeline;
pub mod recording;
pub mod run;
pub mod status;
#[cfg(test)]
mod testing;
