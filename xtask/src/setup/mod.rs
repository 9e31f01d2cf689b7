//! `cargo xtask setup`: brings what is missing, says what it brings, and asks nothing. What is there already costs a look
//! at a few files.

mod apt;
pub(crate) mod busybox;
mod cgroup;
mod linker;

use std::path::Path;

use anyhow::{Result, bail};

use crate::machine;
use crate::shell;
use crate::toolchain::{self, Toolchain};
use crate::workspace::Workspace;

/// How much is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(crate) enum Level {
    /// To build
    Build,
    /// To run the demonstration as well
    Demo,
    /// To run all tests as well
    Test,
}

/// A program that isn't built here, and the Debian package that has it.
struct Program {
    level: Level,
    /// Any of these files will do.
    files: &'static [&'static str],
    package: &'static str,
}

const PROGRAMS: [Program; 4] = [
    Program { level: Level::Demo, files: &["/usr/sbin/runc", "/usr/bin/runc"], package: "runc" },
    Program {
        level: Level::Test,
        files: &["/usr/bin/containerd", "/usr/sbin/containerd"],
        package: "containerd",
    },
    Program {
        level: Level::Test,
        files: &["/usr/lib/cni/bridge", "/opt/cni/bin/bridge"],
        package: "containernetworking-plugins",
    },
    Program { level: Level::Test, files: &["/usr/sbin/ip", "/sbin/ip"], package: "iproute2" },
];

/// The Debian packages that make [`toolchain::Compiler::Debian`].
const COMPILER_PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

/// Brings what `level` needs; when it returns, everything is there.
pub(crate) fn run(workspace: &Workspace, level: Level) -> Result<Toolchain> {
    install_packages(workspace, level)?;
    linker::install(workspace)?;
    if level > Level::Build {
        if busybox::find(workspace).is_none() {
            busybox::fetch(workspace)?;
        }
        cgroup::mount()?;
    }
    toolchain::find(workspace).or_else(|missing| toolchain::missing(&missing))
}

fn install_packages(workspace: &Workspace, level: Level) -> Result<()> {
    let missing = missing_packages(workspace, level);
    if missing.is_empty() {
        return Ok(());
    }
    if !machine::is_root() {
        bail!(
            "not root, so nothing can be installed for you, and there is no {}: run `cargo xtask setup` as root, or have them installed by hand. {}",
            missing.join(", "),
            machine::ALL_THE_SAME
        );
    }
    if shell::which("apt-get").is_none() {
        bail!(
            "this distribution has no apt-get, so nothing can be installed for you: install what these Debian packages \
             have, then run the same command again: {} (in place of rustc-web, cargo-web and rust-web-src, rustup's \
             nightly with `--component rust-src` will do; in place of llvm-22-dev, `cargo install bpf-linker`). {}",
            missing.join(", "),
            machine::ALL_THE_SAME
        );
    }
    apt::install(&missing)?;
    let still = missing_packages(workspace, level);
    if !still.is_empty() {
        // The lists on this machine are older than what is needed: they named older versions of the same packages.
        apt::update()?;
        apt::install(&still)?;
    }
    let still = missing_packages(workspace, level);
    if !still.is_empty() {
        bail!(
            "{} installed, but not in the version that is needed: check that the sources in /etc/apt name \
             bookworm-security, and run the same command again",
            still.join(", ")
        );
    }
    Ok(())
}

/// What isn't there, as Debian packages.
fn missing_packages(workspace: &Workspace, level: Level) -> Vec<&'static str> {
    let mut packages: Vec<_> = PROGRAMS
        .iter()
        .filter(|program| {
            program.level <= level && !program.files.iter().any(|file| Path::new(file).exists())
        })
        .map(|program| program.package)
        .collect();
    if let Err(missing) = toolchain::find(workspace) {
        if missing.compiler {
            packages.extend(COMPILER_PACKAGES);
        }
        if missing.linker {
            packages.extend(linker::missing_packages());
        }
    }
    packages
}
