//! The command line. Each command has a file with its arguments and what it does.

pub mod client;
pub mod doctor;
pub mod format;
pub mod record;
pub mod replay;
pub mod run;
pub mod status;
pub mod watch;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::config::Config;

/// Where the configuration is when nobody says otherwise.
pub const CONFIG_PATH: &str = "/etc/lunette/lunette.yaml";

/// Lunette watches what really runs, opens and connects on a Kubernetes node, says which pod did it, and flags what should
/// not have happened.
#[derive(Debug, Parser)]
#[command(name = "lunette", version, max_term_width = 110)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::RunArgs),
    Watch(watch::WatchArgs),
    Status(status::StatusArgs),
    Doctor(doctor::DoctorArgs),
    Record(record::RecordArgs),
    Replay(replay::ReplayArgs),
}

impl Cli {
    /// Does what was asked.
    pub async fn run(self) -> Result<()> {
        match self.command {
            Command::Run(args) => run::run(args).await,
            Command::Watch(args) => watch::run(args).await,
            Command::Status(args) => status::run(args).await,
            Command::Doctor(args) => doctor::run(args).await,
            Command::Record(args) => record::run(args).await,
            Command::Replay(args) => replay::run(&args),
        }
    }
}

/// Reads the configuration: the file that was named, which must be there, or else the usual one, if it is.
fn config(path: Option<&PathBuf>) -> Result<Config> {
    Ok(match path {
        Some(path) => Config::load(path)?,
        None if Path::new(CONFIG_PATH).exists() => Config::load(Path::new(CONFIG_PATH))?,
        None => Config::default(),
    })
}

/// Sends the agent's own words to standard error. `LUNETTE_LOG`, in the manner of `RUST_LOG`, overrides `level`.
fn log_to_stderr(level: &str) {
    use std::io::IsTerminal as _;
    // Libraries say at the level of information what only their authors want to know.
    let directives = format!("warn,lunette={level},lunette_ebpf={level}");
    let filter = EnvFilter::try_from_env("LUNETTE_LOG").unwrap_or_else(|_| EnvFilter::new(directives));
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours)
        .with_target(false)
        .try_init();
}
