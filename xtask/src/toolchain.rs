//! The toolchain for the kernel's machine: a Rust compiler that may use unstable features and has its library's source,
//! and `bpf-linker`, whose LLVM must be able to read what that compiler writes.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::shell;
use crate::workspace::Workspace;

/// The version that `setup` builds; older ones than its first two numbers aren't used.
pub(crate) const LINKER_VERSION: &str = "0.13.0";
/// The LLVM that `setup` builds it with, one of Debian's.
pub(crate) const LINKER_LLVM: u32 = 22;

const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

/// A compiler and a linker that fit together.
#[derive(Debug)]
pub(crate) struct Toolchain {
    pub(crate) compiler: Compiler,
    /// Absolute path of `bpf-linker`.
    pub(crate) linker: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compiler {
    /// rustup's nightly, with its `rust-src` component.
    Nightly,
    /// Debian's `rustc-web`, `cargo-web` and `rust-web-src`: a stable compiler, told to let unstable features pass.
    Debian,
}

/// What is missing for a toolchain, as far as this machine's package manager can bring it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Missing {
    pub(crate) compiler: bool,
    pub(crate) linker: bool,
}

/// Finds a pair that fits: the user's own first, then Debian's compiler with the linker that `setup` builds.
pub(crate) fn find(workspace: &Workspace) -> Result<Toolchain, Missing> {
    let nightly = nightly_llvm();
    let own = shell::which("bpf-linker").filter(|linker| recent_enough(linker));
    let built = Some(workspace.tools.join("bin/bpf-linker")).filter(|linker| recent_enough(linker));
    let debian = has_debian_source();
    match (nightly, own, built) {
        (Some(_), Some(linker), _) => Ok(Toolchain { compiler: Compiler::Nightly, linker }),
        (_, Some(linker), None) if debian => Ok(Toolchain { compiler: Compiler::Debian, linker }),
        (_, _, Some(linker)) if debian => Ok(Toolchain { compiler: Compiler::Debian, linker }),
        (Some(llvm), None, Some(linker)) if llvm <= LINKER_LLVM => {
            Ok(Toolchain { compiler: Compiler::Nightly, linker })
        }
        (Some(llvm), None, None) if llvm <= LINKER_LLVM => Err(Missing { compiler: false, linker: true }),
        (_, own, built) => Err(Missing { compiler: !debian, linker: own.is_none() && built.is_none() }),
    }
}

impl Toolchain {
    /// Its cargo, ready to build for the kernel's machine.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = match self.compiler {
            Compiler::Nightly => {
                let mut command = Command::new("rustup");
                command.args(["run", "nightly", "cargo"]);
                command.env_remove("RUSTC");
                command
            }
            Compiler::Debian => {
                let mut command = Command::new(DEBIAN_CARGO);
                command.env("RUSTC", DEBIAN_RUSTC).env("RUSTC_BOOTSTRAP", "1");
                // Set by the `cargo run` that this runs in, and it names another compiler's libraries.
                command.env_remove("LD_LIBRARY_PATH");
                command
            }
        };
        for name in
            ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTDOC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "RUSTFLAGS"]
        {
            command.env_remove(name);
        }
        command
    }

    /// For a person: what is used, and which version.
    pub(crate) fn describe(&self) -> String {
        let compiler = match self.compiler {
            Compiler::Nightly => {
                shell::output(Command::new("rustup").args(["run", "nightly", "rustc", "--version"]))
            }
            Compiler::Debian => shell::output(Command::new(DEBIAN_RUSTC).arg("--version")),
        };
        let compiler = compiler.unwrap_or_else(|error| format!("{error:#}"));
        format!("{} ({:?}), {}", compiler.trim(), self.compiler, self.linker.display())
    }
}

/// Where there is no toolchain: what a person has to do about it.
pub(crate) fn missing(missing: &Missing) -> Result<Toolchain> {
    let mut wanted = Vec::new();
    if missing.compiler {
        wanted.push("a Rust compiler with its library's source (`rustup toolchain install nightly --component rust-src`)");
    }
    if missing.linker {
        wanted.push("bpf-linker (`cargo install bpf-linker`)");
    }
    bail!(
        "the kernel programs can't be built here: missing {}; on Debian 12, `cargo xtask setup` as root installs it",
        wanted.join(" and ")
    )
}

/// The major version of LLVM in rustup's nightly, if that has its library's source.
fn nightly_llvm() -> Option<u32> {
    shell::which("rustup")?;
    let rustc = |argument| {
        shell::output(Command::new("rustup").args(["run", "nightly", "rustc"]).args(argument)).ok()
    };
    let sysroot = rustc(&["--print", "sysroot"][..])?;
    let source = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/core");
    if !source.is_dir() {
        return None;
    }
    llvm_major(&rustc(&["-vV"][..])?)
}

fn has_debian_source() -> bool {
    let Ok(sysroot) =
        shell::output(Command::new(DEBIAN_RUSTC).args(["--print", "sysroot"]).env_remove("LD_LIBRARY_PATH"))
    else {
        return false;
    };
    Path::new(DEBIAN_CARGO).is_file()
        && Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/core").is_dir()
}

/// From the lines of `rustc -vV`.
fn llvm_major(version: &str) -> Option<u32> {
    let line = version.lines().find_map(|line| line.strip_prefix("LLVM version: "))?;
    line.split('.').next()?.parse().ok()
}

fn recent_enough(linker: &Path) -> bool {
    linker.is_file()
        && shell::output(Command::new(linker).arg("--version")).is_ok_and(|version| is_recent(&version))
}

/// From the line of `bpf-linker --version`.
fn is_recent(version: &str) -> bool {
    let numbers = |text: &str| -> Option<(u32, u32)> {
        let mut numbers = text.split('.');
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    };
    let Some(have) = version.split_whitespace().nth(1).and_then(numbers) else { return false };
    numbers(LINKER_VERSION).is_some_and(|want| have >= want)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_compilers_llvm() {
        assert_eq!(llvm_major("rustc 1.95.0\nrelease: 1.95.0\nLLVM version: 22.1.2\n"), Some(22));
        assert_eq!(llvm_major("rustc 1.95.0\n"), None);
    }

    #[test]
    fn takes_this_linker_or_a_newer_one() {
        assert!(is_recent("bpf-linker 0.13.0\n"));
        assert!(is_recent("bpf-linker 1.0.0-beta.1\n"));
        assert!(!is_recent("bpf-linker 0.9.15\n"));
        assert!(!is_recent("bpf-linker\n"));
        assert!(!is_recent(""));
    }
}
