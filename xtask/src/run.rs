//! `cargo xtask run`: from a checkout to findings on the screen.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use serde_json::json;

use crate::agent::{self, Agent};
use crate::demo::{self, Then};
use crate::process::{Note, Notes, Process};
use crate::setup::{self, Level};
use crate::shell::say;
use crate::workspace::Workspace;
use crate::{build, machine};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Watch only, without making findings of our own first
    #[arg(long, conflicts_with = "demo_only")]
    no_demo: bool,
    /// Exit after the demonstration: 0 when exactly the expected findings came back over gRPC
    #[arg(long)]
    demo_only: bool,
    /// Further arguments of `lunette run`
    #[arg(last = true)]
    agent: Vec<String>,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    if let Some(lack) = machine::lack() {
        bail!("{lack}. {}", machine::ALL_THE_SAME);
    }
    if !options.no_demo && agent::names_config(&options.agent) {
        bail!("the demonstration needs a configuration of its own: add --no-demo to run with yours");
    }
    let level = if options.no_demo { Level::Build } else { Level::Demo };
    setup::run(workspace, level)?;
    let binary = build::run(workspace, &build::Options::default())?;

    let notes = Notes::new()?;
    start(workspace, options, &binary, &notes).map_err(|error| notes.explain(error))
}

/// Starts the agent and does with it what was asked for.
fn start(workspace: &Workspace, options: &Options, binary: &Path, notes: &Notes) -> Result<ExitCode> {
    say("starting the agent");
    let egress = if options.no_demo { json!({}) } else { demo::egress() };
    let agent = Agent::start(binary, &egress, &options.agent, notes)?;
    say("the agent is ready");
    if options.demo_only {
        let right = demo::run(workspace, &agent, notes, Then::End)?;
        say(if right {
            "exactly the expected findings came back"
        } else {
            "what came back is not what was expected"
        });
        return Ok(if right { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    if !options.no_demo {
        demo::run(workspace, &agent, notes, Then::GoOn)?;
    }
    watch_on(&agent, notes)
}

/// Shows findings until Ctrl-C.
fn watch_on(agent: &Agent, notes: &Notes) -> Result<ExitCode> {
    let mut watch = agent.watch();
    say("watching for findings; Ctrl-C ends it");
    say(&format!("for everything that happens, in another terminal: {}", crate::shell::line(&watch)));
    let _watch = Process::spawn("watch", watch.arg("--findings"), notes)?;
    loop {
        match notes.wait()? {
            Note::Ended("agent", status) => bail!("the agent ended ({status}); what it said stands above"),
            Note::Ended("watch", status) => bail!("`lunette watch` ended ({status})"),
            _ => {}
        }
    }
}
