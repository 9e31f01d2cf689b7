//! `cargo xtask bench`: what the agent costs, on this machine and kernel. Nothing is judged here but the figures: a bound
//! that is exceeded is marked in the table, and is no failure.

mod agent;
mod latency;
mod load;
mod rounds;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::build;
use crate::demo::Container;
use crate::machine;
use crate::process::Notes;
use crate::setup::{self, Level, busybox};
use crate::shell::say;
use crate::workspace::Workspace;

use self::load::Load;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Rounds; in each, everything is measured with nothing attached, under the floor, and under the agent
    #[arg(long, default_value_t = 21)]
    rounds: usize,
    /// How long each deed is repeated each time, in milliseconds
    #[arg(long, default_value_t = 150)]
    ms: u64,
    /// Single executions of `sh` in a container, whose findings are waited for
    #[arg(long, default_value_t = 60)]
    shells: usize,
    /// Also put the table into docs/performance.md
    #[arg(long)]
    write: bool,
}

/// What everything here works with.
struct Bench<'a> {
    options: &'a Options,
    agent: PathBuf,
    floor: PathBuf,
    load: Load,
    container: Container,
    notes: &'a Notes,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    if let Some(lack) = machine::lack() {
        bail!("{lack}.");
    }
    if options.rounds == 0 || options.ms == 0 {
        bail!("nothing can be measured in no time: let --rounds and --ms be at least 1");
    }
    setup::run(workspace, Level::Demo)?;
    let agent = build::run(workspace, &build::Options::default())?;
    let load = load::build(workspace)?;
    let notes = Notes::new()?;
    measure(workspace, options, agent, load, &notes).map_err(|error| notes.explain(error))
}

fn measure(
    workspace: &Workspace,
    options: &Options,
    agent: PathBuf,
    program: PathBuf,
    notes: &Notes,
) -> Result<ExitCode> {
    let loaded = load::loaded(&program)?;
    if !loaded.is_empty() {
        say(&format!(
            "other programs are attached to this kernel ({}): what Lunette adds will look smaller than it is",
            loaded.join(", ")
        ));
    }
    let busybox = busybox::find(workspace).context("there is no static busybox: run `cargo xtask setup`")?;
    let name = format!("lunette-bench-{}", std::process::id());
    let container = Container::start(&name, &busybox, &workspace.target)?;
    let load = Load::new(program, &container)?;
    let floor = workspace.objects().join("floor.o");
    let bench = Bench { options, agent, floor, load, container, notes };

    let rounds = rounds::run(&bench)?;
    let agent = agent::run(&bench)?;
    let table = table::render(&rounds, &agent, options);
    println!("\n{table}");
    if options.write {
        table::write(workspace, &table)?;
    }
    Ok(ExitCode::SUCCESS)
}
