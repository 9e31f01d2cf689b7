//! A busybox that needs no libraries, for the containers of the demonstration and the tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::{self, say};
use crate::workspace::Workspace;

/// The machine's own, where it is a static one; else the one that [`fetch`] got.
pub(crate) fn find(workspace: &Workspace) -> Option<PathBuf> {
    let own = ["/bin/busybox", "/usr/bin/busybox"].map(PathBuf::from);
    own.into_iter()
        .find(|file| file.is_file() && is_static(file))
        .or_else(|| Some(fetched(workspace)).filter(|file| file.is_file()))
}

/// Unpacks Debian's `busybox-static` without installing it: that would have to push out `busybox`, which many machines
/// boot with.
pub(super) fn fetch(workspace: &Workspace) -> Result<()> {
    say("fetching busybox-static, for the containers of the demonstration");
    let tools = workspace.tools.join("bin");
    fs::create_dir_all(&tools).with_context(|| format!("cannot make {}", tools.display()))?;
    let scratch =
        tempfile::tempdir_in(&workspace.tools).context("cannot make a directory to unpack busybox in")?;
    super::apt::download("busybox-static", scratch.path())?;
    let mut packages = fs::read_dir(scratch.path())?.filter_map(|entry| Some(entry.ok()?.path()));
    let Some(package) = packages.find(|path| path.extension().is_some_and(|extension| extension == "deb"))
    else {
        bail!("apt-get said that it downloaded busybox-static, but there is no package");
    };
    let unpacked = scratch.path().join("unpacked");
    shell::run(Command::new("dpkg-deb").arg("--extract").arg(package).arg(&unpacked))?;
    let program = ["bin/busybox", "usr/bin/busybox"]
        .map(|path| unpacked.join(path))
        .into_iter()
        .find(|path| path.is_file());
    let program = program.context("the package busybox-static has no busybox in it")?;
    fs::rename(program, fetched(workspace)).context("cannot keep busybox")
}

fn fetched(workspace: &Workspace) -> PathBuf {
    workspace.tools.join("bin/busybox")
}

/// A program that asks for libraries has each named with where it was found.
fn is_static(program: &Path) -> bool {
    // For a static one, `ldd` fails and says so: that is an answer too.
    Command::new("ldd")
        .arg(program)
        .output()
        .is_ok_and(|output| !output.stdout.windows(2).any(|two| two == b"=>"))
}
