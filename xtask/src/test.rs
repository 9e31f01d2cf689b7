//! `cargo xtask test`: the pure tests, which run anywhere, and the live ones, which load the kernel programs and start
//! containers.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::setup::{self, Level, busybox};
use crate::shell::{self, say};
use crate::workspace::Workspace;
use crate::{build, machine};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Only the tests that need neither root nor the kernel programs
    #[arg(long, conflicts_with = "live")]
    pure: bool,
    /// Only the tests on this kernel; without root that is an error
    #[arg(long)]
    live: bool,
    /// Further arguments of the test programs, as a test's name
    #[arg(last = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let lack = machine::lack();
    match &lack {
        Some(lack) if options.live => bail!("{lack}"),
        None if !options.pure => {
            // Before anything else: the agent that the pure tests are in is then the one with the kernel programs, and
            // isn't compiled twice.
            setup::run(workspace, Level::Test)?;
            build::run(workspace, &build::Options::default())?;
        }
        _ => {}
    }
    if !options.live {
        pure(workspace, options)?;
    }
    match lack {
        _ if options.pure => {}
        Some(lack) => say(&format!("SKIP: the live tests: {lack}")),
        None => live(workspace, options)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn pure(workspace: &Workspace, options: &Options) -> Result<()> {
    say("the pure tests");
    let mut cargo = shell::cargo();
    cargo.args(["test", "--workspace", "--exclude", "lunette-ebpf", "--exclude", "lunette-tests", "--"]);
    shell::run(cargo.args(&options.arguments).current_dir(&workspace.root))
}

fn live(workspace: &Workspace, options: &Options) -> Result<()> {
    say("the live tests");
    let busybox =
        busybox::find(workspace).context("there is no static busybox: run `cargo xtask setup` as root")?;
    let mut cargo = shell::cargo();
    // One at a time: they count what the whole machine does.
    cargo.args(["test", "--package", "lunette-tests", "--", "--test-threads=1"]).args(&options.arguments);
    cargo.env("LUNETTE_BIN", workspace.agent()).env("PATH", first_in_path(&busybox)?);
    shell::run(cargo.current_dir(&workspace.root))
}

/// `PATH`, in which the program's directory comes first.
fn first_in_path(program: &Path) -> Result<OsString> {
    let directory = program.parent().context("a program is in no directory")?.to_owned();
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths([directory].into_iter().chain(env::split_paths(&path)))?)
}
