//! Debian's package manager, without a question.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::shell::{self, say};

const INSTALL: [&str; 3] = ["--yes", "--no-install-recommends", "--no-remove"];

/// Installs, and nothing else: where another package would have to give way, it stays, and apt-get says so.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    let mut trial = apt_get("install");
    // A new machine has no package lists.
    if shell::output(trial.args(INSTALL).arg("--simulate").args(packages)).is_err() {
        update()?;
    }
    say(&format!("installing Debian packages: {}", packages.join(" ")));
    if try_install(packages).is_ok() {
        return Ok(());
    }
    // As when the lists are old and name versions that the mirror has no more.
    update()?;
    try_install(packages)
        .with_context(|| format!("install by hand, and run the same command again: {}", packages.join(" ")))
}

/// Downloads a package into `directory`, without installing it.
pub(super) fn download(package: &str, directory: &Path) -> Result<()> {
    let get = || shell::run(apt_get("download").arg(package).current_dir(directory));
    get().or_else(|_| update().and_then(|()| get()))
}

pub(super) fn update() -> Result<()> {
    say("fetching the package lists");
    shell::run(&mut apt_get("update"))
}

fn try_install(packages: &[&str]) -> Result<()> {
    shell::run(apt_get("install").args(INSTALL).args(packages))
}

fn apt_get(task: &str) -> Command {
    let mut command = Command::new("apt-get");
    // Another apt-get may be at work, as right after boot.
    command.args(["--quiet", "--option", "DPkg::Lock::Timeout=120", "--option", "Dpkg::Use-Pty=0", task]);
    command.env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null());
    command
}
