//! `lunette record`: what the kernel says, to a file.

use std::fs::File;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;

use super::run::{need_privileges, start_log};
use super::watch::parse_duration;
use crate::run::{self, Options};

/// Record what happens on this node to a file, until Ctrl-C or the time is up.
///
/// The file holds the kernel's records and what was found out about containers, to be looked at on any machine with
/// `lunette replay`. It names programs, arguments, files and addresses: treat it as you treat logs. A running agent isn't
/// disturbed.
#[derive(Args, Clone, Debug)]
pub struct RecordArgs {
    /// The file to write; one that is there already is replaced
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// End after this time, as 10s, 500ms or 2m
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    duration: Option<Duration>,
    /// Configuration [default: /etc/lunette/lunette.yaml, if it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub async fn run(args: RecordArgs) -> Result<()> {
    let config = super::config(args.config.as_ref())?;
    start_log(&config);
    need_privileges()?;
    let file = {
        use std::os::unix::fs::OpenOptionsExt as _;
        let mut options = File::options();
        let options = options.write(true).create(true).truncate(true).mode(0o600);
        options.open(&args.file).with_context(|| format!("can't write {}", args.file.display()))?
    };
    let options = Options { record: Some(file), quiet: true, duration: args.duration };
    let report =
        run::run(config, options).await.with_context(|| format!("recording to {}", args.file.display()))?;
    let stages = report.numbers.stages;
    let lost: u64 = report.numbers.hooks.iter().map(|hook| hook.counters.dropped).sum();
    eprintln!(
        "{}: {} bytes, {} records, {} lost in the kernel",
        args.file.display(),
        report.recorded.unwrap_or(0),
        stages.read,
        lost
    );
    Ok(())
}
