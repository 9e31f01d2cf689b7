//! `bpf-linker`, built against Debian's LLVM where the user has none.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::shell::{self, say};
use crate::toolchain::{self, LINKER_LLVM, LINKER_VERSION};
use crate::workspace::Workspace;

/// The Debian packages that it is built from and runs with, as far as they aren't there.
pub(super) fn missing_packages() -> Vec<&'static str> {
    let library = prefix().join("lib");
    let packages = [("libLLVM.so", "llvm-22-dev"), ("libPolly.a", "libpolly-22-dev")];
    packages
        .into_iter()
        .filter(|(file, _)| !library.join(file).exists())
        .map(|(_, package)| package)
        .collect()
}

/// Where Debian puts that LLVM.
fn prefix() -> PathBuf {
    Path::new("/usr/lib").join(format!("llvm-{LINKER_LLVM}"))
}

/// Builds it into the user's cache, if no toolchain is complete without it.
pub(super) fn install(workspace: &Workspace) -> Result<()> {
    match toolchain::find(workspace) {
        Err(missing) if missing.linker => {}
        _ => return Ok(()),
    }
    say(&format!(
        "building bpf-linker {LINKER_VERSION} into {} (a minute or two)",
        workspace.tools.display()
    ));
    // A fixed name: when this is interrupted, the next run goes on from there, and removes it.
    let build = workspace.tools.join("bpf-linker-build");
    fs::create_dir_all(&build).with_context(|| format!("cannot make {}", build.display()))?;
    let mut path = OsString::from(prefix().join("bin"));
    path.push(":");
    path.push(env::var_os("PATH").unwrap_or_default());
    let feature = format!("llvm-{LINKER_LLVM}");
    let mut command = shell::cargo();
    command
        .args(["install", "bpf-linker", "--locked", "--version", LINKER_VERSION])
        .args(["--no-default-features", "--features", &feature, "--force", "--root"])
        .arg(&workspace.tools)
        .arg("--target-dir")
        .arg(&build)
        .env("LLVM_PREFIX", prefix())
        .env("PATH", path)
        // Outside the checkout: its configuration isn't this tool's.
        .current_dir(&workspace.tools);
    shell::run(&mut command)?;
    fs::remove_dir_all(&build).with_context(|| format!("cannot remove {}", build.display()))
}
