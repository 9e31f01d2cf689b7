//! cli

pub mod client;
pub mod format;
pub mod status;
pub mod watch;
