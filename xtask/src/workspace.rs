//! Where things are: the checkout, what is built from it, and what is kept for the next time.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::shell;

/// Directories that every task knows.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Cargo's target directory: `target` in the checkout, unless the user's environment or configuration says another.
    pub(crate) target: PathBuf,
    /// The integration tests of all crates: crate and test.
    pub(crate) tests: Vec<(String, String)>,
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
        let metadata: Value =
            serde_json::from_str(&metadata).context("`cargo metadata` printed something other than JSON")?;
        let target = metadata["target_directory"]
            .as_str()
            .context("`cargo metadata` names no target directory")?
            .into();
        let tests = tests(&metadata);
        Ok(Self { root, target, tests, tools: cache()?.join("lunette/tools") })
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

/// From the JSON of `cargo metadata`.
fn tests(metadata: &Value) -> Vec<(String, String)> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut tests = Vec::new();
    for package in list(&metadata["packages"]) {
        let targets = list(&package["targets"]);
        for target in targets.iter().filter(|target| list(&target["kind"]).iter().any(|kind| kind == "test"))
        {
            if let (Some(package), Some(test)) = (package["name"].as_str(), target["name"].as_str()) {
                tests.push((package.to_owned(), test.to_owned()));
            }
        }
    }
    tests
}

/// The user's cache directory, as the XDG base directory specification has it.
fn cache() -> Result<PathBuf> {
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CACHE_HOME")
        .or_else(|| Some(absolute("HOME")?.join(".cache")))
        .context("neither XDG_CACHE_HOME nor HOME is set: set HOME")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn finds_integration_tests() {
        let metadata = json!({ "packages": [
            { "name": "a", "targets": [{ "kind": ["lib"], "name": "a" }, { "kind": ["test"], "name": "t" }] },
            { "name": "b", "targets": [{ "kind": ["bin"], "name": "b" }] },
        ] });
        assert_eq!(super::tests(&metadata), [("a".to_owned(), "t".to_owned())]);
    }
}
