//! Where things are: the checkout, what is built from it, and what is kept for the next time.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::shell;

/// Directories that every task knows.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Cargo's target directory: `target` in the checkout, unless the user's environment or configuration says another.
    pub(crate) target: PathBuf,
    /// Tools built by `setup`: they outlive a checkout.
    pub(crate) tools: PathBuf,
}

impl Workspace {
    /// Asks cargo, the only one who knows all the places where a target directory can be configured.
    pub(crate) fn find() -> Result<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.parent().context("xtask's own directory has no parent")?.to_owned();
        let metadata = shell::output(
            shell::cargo()
                .args(["metadata", "--no-deps", "--format-version=1", "--manifest-path"])
                .arg(root.join("Cargo.toml")),
        )?;
        let metadata: serde_json::Value =
            serde_json::from_str(&metadata).context("`cargo metadata` printed something other than JSON")?;
        let target = metadata["target_directory"]
            .as_str()
            .context("`cargo metadata` names no target directory")?
            .into();
        Ok(Self { root, target, tools: cache()?.join("lunette/tools") })
    }

    /// Where `build` leaves the kernel programs' objects, and `agent/build.rs` looks for them. Always in the checkout:
    /// checkouts may share a target directory.
    pub(crate) fn objects(&self) -> PathBuf {
        self.root.join("target/ebpf")
    }

    /// The agent's binary, once built.
    pub(crate) fn agent(&self) -> PathBuf {
        self.target.join("release/lunette")
    }
}

/// The user's cache directory, as the XDG base directory specification has it.
fn cache() -> Result<PathBuf> {
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CACHE_HOME")
        .or_else(|| Some(absolute("HOME")?.join(".cache")))
        .context("neither XDG_CACHE_HOME nor HOME is set: set HOME")
}
