//! `lunette run`: the agent.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use crate::config::Config;
use crate::run::{self, Options};

/// Run the agent: watch this node until SIGTERM or Ctrl-C.
///
/// Needs root, or CAP_BPF, CAP_PERFMON, CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH. Findings and events are served on a unix
/// socket (`lunette watch`), metrics on a local port, findings written to a file; the configuration says where.
#[derive(Args, Clone, Debug)]
pub struct RunArgs {
    /// Configuration [default: /etc/lunette/lunette.yaml, if it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where to serve the API, instead of the configuration's `grpc.socket`
    #[arg(long, value_name = "PATH")]
    socket: Option<PathBuf>,
    /// Check the configuration and end
    #[arg(long)]
    check: bool,
}

pub async fn run(args: RunArgs) -> Result<()> {
    let mut config = super::config(args.config.as_ref())?;
    if args.check {
        println!("the configuration is good");
        return Ok(());
    }
    if let Some(socket) = args.socket {
        config.grpc.socket = socket;
    }
    start_log(&config);
    need_privileges()?;
    run::run(config, Options::default()).await?;
    Ok(())
}

/// Begins logging as the configuration says.
pub(super) fn start_log(config: &Config) {
    super::log_to_stderr(config.log.level.as_str());
}

/// Says at once what would fail in a less clear way.
pub(super) fn need_privileges() -> Result<()> {
    const CAP_SYS_ADMIN: u64 = 1 << 21;
    const CAP_BPF: u64 = 1 << 39;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let effective = status
        .lines()
        .find_map(|line| line.strip_prefix("CapEff:"))
        .and_then(|hex| u64::from_str_radix(hex.trim(), 16).ok())
        .unwrap_or(0);
    if effective & (CAP_BPF | CAP_SYS_ADMIN) == 0 {
        bail!(
            "watching the kernel needs root (or CAP_BPF and CAP_PERFMON): try again with sudo. Without it, \
             `lunette replay FILE` shows what a recording holds"
        );
    }
    Ok(())
}
