//! The program that does what is measured: `xtask/load`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tempfile::TempDir;

use super::Bench;
use crate::demo::Container;
use crate::shell::{self, say};
use crate::workspace::Workspace;

const TARGET: &str =
    if cfg!(target_arch = "aarch64") { "aarch64-unknown-linux-gnu" } else { "x86_64-unknown-linux-gnu" };
/// Where the container has it.
const INSIDE: &str = "bin/lunette-load";

/// Deeds that the node itself does.
pub(super) const ON_NODE: [&str; 6] = ["exec", "smallest", "open", "connect4", "connect6", "send"];
/// Deeds that a container does.
pub(super) const IN_CONTAINER: [&str; 1] = ["open"];

/// What a deed took.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken {
    /// Nanoseconds each, median of the batches.
    pub(super) ns: f64,
    pub(super) deeds: u64,
}

/// What a BPF program did while a deed was repeated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spent {
    pub(super) runs: u64,
    pub(super) ns: u64,
}

pub(super) struct Load {
    program: PathBuf,
    /// With the file that is opened.
    directory: TempDir,
    cpu: usize,
}

/// Builds it, linked statically.
pub(super) fn build(workspace: &Workspace) -> Result<PathBuf> {
    say("building the load");
    shell::run(
        shell::cargo()
            .args(["build", "--release", "--package", "lunette-load", "--target", TARGET])
            .env("RUSTFLAGS", "-Ctarget-feature=+crt-static -Crelocation-model=static")
            .current_dir(&workspace.root),
    )?;
    Ok(workspace.target.join(TARGET).join("release/lunette-load"))
}

/// Names of the tracing programs on this kernel.
pub(super) fn loaded(program: &Path) -> Result<Vec<String>> {
    Ok(shell::output(Command::new(program).arg("loaded"))?.lines().map(str::to_owned).collect())
}

impl Load {
    pub(super) fn new(program: PathBuf, container: &Container) -> Result<Self> {
        let inside = container.root().join(INSIDE);
        fs::copy(&program, &inside).with_context(|| format!("cannot copy to {}", inside.display()))?;
        let directory = tempfile::Builder::new().prefix("lunette-").tempdir()?;
        fs::write(directory.path().join("file"), "nobody watches this\n")?;
        // The last: the first takes most interrupts.
        let cpus = std::thread::available_parallelism()?.get();
        Ok(Self { program, directory, cpu: cpus - 1 })
    }

    /// Repeats deeds of the node.
    pub(super) fn on_node(&self, deeds: &[&str], ms: u64) -> Command {
        let mut command = Command::new(&self.program);
        let file = self.directory.path().join("file");
        self.arguments(&mut command, ms).arg("--file").arg(file).args(deeds);
        command
    }

    /// Repeats deeds in the container.
    pub(super) fn in_container(&self, container: &Container, deeds: &[&str], ms: u64) -> Command {
        let mut command = container.exec(crate::demo::USER);
        command.arg(format!("/{INSIDE}"));
        self.arguments(&mut command, ms).args(["--file", "/bin/busybox"]).args(deeds);
        command
    }

    fn arguments<'c>(&self, command: &'c mut Command, ms: u64) -> &'c mut Command {
        command.arg("measure").args(["--cpu", &self.cpu.to_string(), "--ms", &ms.to_string()])
    }

    /// Runs one of the above, and takes the time of the programs of process `pid` meanwhile.
    pub(super) fn spent(&self, pid: u32, inner: &Command) -> Result<(Taken, BTreeMap<String, Spent>)> {
        let mut command = Command::new(&self.program);
        command.args(["stats", &pid.to_string(), "--"]).arg(inner.get_program()).args(inner.get_args());
        let output = shell::output(&mut command)?;
        let mut lines = output.lines();
        let taken = taken(lines.next().unwrap_or_default())?;
        let spent = object(lines.next().unwrap_or_default())?
            .iter()
            .filter_map(|(name, spent)| {
                let spent = Spent { runs: spent["runs"].as_u64()?, ns: spent["ns"].as_u64()? };
                Some((name.clone(), spent))
            })
            .collect();
        Ok((taken.into_values().next().context("the load measured nothing")?, spent))
    }
}

/// Runs a command of [`Load`]'s and reads what it measured, by deed.
pub(super) fn measured(mut command: Command) -> Result<BTreeMap<String, Taken>> {
    taken(&shell::output(&mut command)?)
}

fn taken(line: &str) -> Result<BTreeMap<String, Taken>> {
    let object = object(line)?;
    let taken = object.iter().filter_map(|(deed, taken)| {
        Some((deed.clone(), Taken { ns: taken["ns"].as_f64()?, deeds: taken["deeds"].as_u64()? }))
    });
    Ok(taken.collect())
}

fn object(line: &str) -> Result<serde_json::Map<String, Value>> {
    serde_json::from_str(line).with_context(|| format!("the load printed something other than JSON: {line}"))
}

/// The floor, while it is attached.
pub(super) struct Floor(Child);

impl Floor {
    pub(super) fn attach(bench: &Bench<'_>) -> Result<Self> {
        let mut command = Command::new(&bench.load.program);
        command.arg("floor").arg(&bench.floor).stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
        let mut floor = Self(command.spawn().context("cannot start the load")?);
        let mut line = String::new();
        if let Some(output) = floor.0.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        if line.trim() != "ready" {
            bail!("the floor's programs can't be attached; what was said stands above");
        }
        Ok(floor)
    }
}

impl Drop for Floor {
    fn drop(&mut self) {
        // With its input's end it detaches and ends.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}
