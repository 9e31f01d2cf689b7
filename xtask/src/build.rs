//! `cargo xtask build`: the kernel programs, then the agent that carries them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::{self, say};
use crate::toolchain::{self, Toolchain};
use crate::workspace::Workspace;

#[derive(Debug, Default, clap::Args)]
pub(crate) struct Options {
    /// Only the kernel programs, without the agent
    #[arg(long)]
    pub(crate) ebpf_only: bool,
}

/// Builds, and gives the agent's path.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<PathBuf> {
    let toolchain = toolchain::find(workspace).or_else(|missing| toolchain::missing(&missing))?;
    ebpf(workspace, &toolchain)?;
    if !options.ebpf_only {
        say("building the agent");
        shell::run(
            shell::cargo().args(["build", "--release", "--package", "lunette"]).current_dir(&workspace.root),
        )?;
    }
    Ok(workspace.agent())
}

const TARGET: &str = if cfg!(target_endian = "big") { "bpfeb-unknown-none" } else { "bpfel-unknown-none" };

/// A directory of their own: it is another compiler's, and cargo locks the one that the agent is built in.
fn ebpf_directory(workspace: &Workspace) -> PathBuf {
    workspace.target.join("ebpf-build")
}

/// The toolchain's cargo doing `task` (`build`, `check`, `clippy`) on the kernel programs.
pub(crate) fn ebpf_command(
    workspace: &Workspace,
    toolchain: &Toolchain,
    task: &str,
    extra_flags: &[&str],
) -> Result<Command> {
    let linker = toolchain.linker.to_str().context("the path of bpf-linker is not UTF-8")?;
    let mut flags = vec![
        format!("--cfg=bpf_target_arch=\"{}\"", std::env::consts::ARCH),
        "-Cdebuginfo=2".to_owned(),
        format!("-Clinker={linker}"),
        "-Clink-arg=--btf".to_owned(),
    ];
    flags.extend(extra_flags.iter().map(|flag| (*flag).to_owned()));
    let mut cargo = toolchain.cargo();
    cargo
        .args([
            task,
            "--release",
            "--package",
            "lunette-ebpf",
            "--bins",
            "-Z",
            "build-std=core",
            "--target",
            TARGET,
        ])
        .arg("--target-dir")
        .arg(ebpf_directory(workspace))
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"))
        .current_dir(&workspace.root);
    Ok(cargo)
}

/// Builds the kernel programs and puts each object into [`Workspace::objects`].
fn ebpf(workspace: &Workspace, toolchain: &Toolchain) -> Result<()> {
    say(&format!("building the kernel programs with {}", toolchain.describe()));
    shell::run(&mut ebpf_command(workspace, toolchain, "build", &[])?)?;
    let built = ebpf_directory(workspace).join(TARGET).join("release");
    let mut found = false;
    for entry in fs::read_dir(&built).with_context(|| format!("cannot read {}", built.display()))? {
        let path = entry?.path();
        // Cargo names a program for this target after its package or file alone.
        let is_program = path.is_file() && path.extension().is_none() && !is_hidden(&path);
        if let (true, Some(name)) = (is_program, path.file_name()) {
            let mut object = workspace.objects().join(name).into_os_string();
            object.push(".o");
            replace(&path, Path::new(&object))?;
            found |= name == "lunette-ebpf";
        }
    }
    if !found {
        bail!("the build left no lunette-ebpf in {}", built.display());
    }
    Ok(())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Copies unless it is the same already, so that the agent isn't built again for nothing; never leaves half a file.
fn replace(from: &Path, to: &Path) -> Result<()> {
    let content = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
    if fs::read(to).is_ok_and(|present| present == content) {
        return Ok(());
    }
    let directory = to.parent().context("an object needs a directory")?;
    fs::create_dir_all(directory).with_context(|| format!("cannot make {}", directory.display()))?;
    let half = to.with_extension(format!("o.{}", std::process::id()));
    fs::write(&half, content).with_context(|| format!("cannot write {}", half.display()))?;
    fs::rename(&half, to).with_context(|| format!("cannot write {}", to.display()))
}
