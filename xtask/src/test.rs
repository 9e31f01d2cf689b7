//! `cargo xtask test`: the pure tests, which run anywhere, and the live ones, which load the kernel programs and start
//! containers.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::setup::{self, Level};
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

/// The crate of the live tests.
const LIVE: &str = "lunette-tests";
/// Its one test that needs no kernel.
const REPLAY: &str = "replay";
/// All tests select the same crates, so that no dependency is compiled twice with different features.
const CRATES: [&str; 4] = ["test", "--workspace", "--exclude", "lunette-ebpf"];

fn pure(workspace: &Workspace, options: &Options) -> Result<()> {
    say("the pure tests");
    let mut cargo = shell::cargo();
    cargo.args(CRATES).args(["--lib", "--bins"]);
    for (_, test) in workspace.tests.iter().filter(|(package, test)| package != LIVE || test == REPLAY) {
        cargo.args(["--test", test]);
    }
    cargo.arg("--").args(&options.arguments).current_dir(&workspace.root);
    shell::run(&mut cargo)?;
    let mut examples = shell::cargo();
    examples.args(CRATES).args(["--doc", "--"]).args(&options.arguments).current_dir(&workspace.root);
    shell::run(&mut examples)
}

fn live(workspace: &Workspace, options: &Options) -> Result<()> {
    say("the live tests");
    let mut cargo = shell::cargo();
    cargo.args(CRATES);
    for (_, test) in workspace.tests.iter().filter(|(package, test)| package == LIVE && test != REPLAY) {
        cargo.args(["--test", test]);
    }
    // One at a time: they count what the whole machine does.
    cargo.args(["--", "--test-threads=1"]).args(&options.arguments).current_dir(&workspace.root);
    cargo.env("LUNETTE_BIN", workspace.agent()).env("PATH", path(workspace)?);
    shell::run(&mut cargo)
}

/// `PATH`, in which the tools that `setup` brought come first. A directory of the machine's own stays where it is: it may
/// have another compiler in it.
fn path(workspace: &Workspace) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths([workspace.tools.join("bin")].into_iter().chain(env::split_paths(&path)))?)
}
