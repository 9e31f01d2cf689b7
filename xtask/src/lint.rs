//! `cargo xtask lint`: formatting, clippy, and the house rules in `tidy`.

use std::process::ExitCode;

use anyhow::Result;

use crate::setup::{self, Level};
use crate::shell::{self, say};
use crate::toolchain::Compiler;
use crate::workspace::Workspace;
use crate::{build, tidy};

pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode> {
    say("formatting");
    shell::run(shell::cargo().args(["fmt", "--all", "--check"]).current_dir(&workspace.root))?;
    say("house rules");
    tidy::check(&workspace.root)?;
    say("clippy");
    let mut clippy = shell::cargo();
    clippy.args(["clippy", "--workspace", "--exclude", "lunette-ebpf", "--all-targets", "--", "-Dwarnings"]);
    shell::run(clippy.current_dir(&workspace.root))?;
    ebpf(workspace)?;
    Ok(ExitCode::SUCCESS)
}

/// The kernel programs compile for a machine of their own. Debian's toolchain has no clippy; its compiler's warnings,
/// among them the workspace's own lints, count as errors all the same.
fn ebpf(workspace: &Workspace) -> Result<()> {
    let toolchain = setup::run(workspace, Level::Build)?;
    let task = match toolchain.compiler {
        Compiler::Nightly => "clippy",
        Compiler::Debian => "check",
    };
    say(&format!("{task} for the kernel programs"));
    let mut cargo = build::ebpf_command(workspace, &toolchain, task, &["-Dwarnings"])?;
    shell::run(&mut cargo)
}
