//! Containers that nobody but runc knows.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;
use tempfile::TempDir;

use crate::{image, node};

/// Programs that [`Bundle::new`] needs, for [`node::why_not`].
pub const PROGRAMS: [&str; 2] = ["runc", "busybox"];

/// Where runc keeps its state when it isn't told otherwise.
pub const DEFAULT_ROOT: &str = "/run/runc";

/// What a container is to be.
#[derive(Clone, Debug, Default)]
pub struct Spec {
    pub command: Vec<String>,
    /// Pairs of source and destination.
    pub mounts: Vec<(String, String)>,
    pub annotations: Vec<(String, String)>,
    /// Root where 0.
    pub uid: u32,
    /// Of its own network namespace.
    pub sysctls: Vec<(String, String)>,
    /// `linux.cgroupsPath`; `None` leaves the name to runc.
    pub cgroup: Option<String>,
}

/// An OCI bundle with busybox in it, and runc's state directory.
#[derive(Debug)]
pub struct Bundle {
    directory: TempDir,
    root: PathBuf,
}

impl Bundle {
    /// With a state directory of its own, or [`DEFAULT_ROOT`].
    ///
    /// # Errors
    /// As [`image::fill_rootfs`].
    pub fn new(root: Option<&Path>) -> Result<Self> {
        let directory = tempfile::Builder::new().prefix("lunette-bundle-").tempdir()?;
        image::fill_rootfs(&directory.path().join("rootfs"))?;
        let root = root.map_or_else(|| DEFAULT_ROOT.into(), Path::to_owned);
        Ok(Self { directory, root })
    }

    /// The bundle's own directory: the container's file system is `rootfs` in it.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Starts a container, detached.
    ///
    /// # Errors
    /// runc's.
    pub fn run(&self, id: &str, spec: &Spec) -> Result<Container<'_>> {
        let config = self.directory.path().join("config.json");
        fs::write(&config, configuration(spec).to_string())?;
        let container = Container { bundle: self, id: id.to_owned() };
        let bundle = self.directory.path().display().to_string();
        let log = self.directory.path().join("runc.log").display().to_string();
        // A container inherits runc's output, and would keep a pipe open for as long as it runs.
        let status = std::process::Command::new(node::find("runc").context("runc isn't installed")?)
            .args([
                "--root",
                &self.root.display().to_string(),
                "--log",
                &log,
                "run",
                "--detach",
                "--bundle",
                &bundle,
                id,
            ])
            .current_dir("/")
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status()?;
        anyhow::ensure!(status.success(), "runc failed: {}", fs::read_to_string(log).unwrap_or_default());
        Ok(container)
    }

    fn runc(&self, arguments: &[&str]) -> Result<String> {
        let root = self.root.display().to_string();
        node::run("runc", ["--root", &root].into_iter().chain(arguments.iter().copied()))
    }
}

/// A container of plain runc; gone when dropped.
#[derive(Debug)]
pub struct Container<'a> {
    bundle: &'a Bundle,
    pub id: String,
}

impl Container<'_> {
    /// Its first process.
    ///
    /// # Errors
    /// runc's.
    pub fn pid(&self) -> Result<u32> {
        let state: serde_json::Value = serde_json::from_str(&self.bundle.runc(&["state", &self.id])?)?;
        state.get("pid").and_then(serde_json::Value::as_u64).map(|pid| pid as u32).context("no pid")
    }

    /// Runs a command in it, to its end, as the container's own user.
    ///
    /// # Errors
    /// When the command fails.
    pub fn exec(&self, command: &[&str]) -> Result<String> {
        let arguments: Vec<&str> = ["exec", &self.id].into_iter().chain(command.iter().copied()).collect();
        self.bundle.runc(&arguments)
    }

    /// The same, as user and group `id`.
    ///
    /// # Errors
    /// When the command fails.
    pub fn exec_as(&self, id: u32, command: &[&str]) -> Result<String> {
        let user = format!("{id}:{id}");
        let arguments = ["exec", "--user", &user, &self.id].into_iter().chain(command.iter().copied());
        self.bundle.runc(&arguments.collect::<Vec<_>>())
    }
}

impl Drop for Container<'_> {
    fn drop(&mut self) {
        let _ = self.bundle.runc(&["delete", "--force", &self.id]);
    }
}

fn configuration(spec: &Spec) -> serde_json::Value {
    let mut mounts = vec![
        json!({"destination": "/proc", "type": "proc", "source": "proc"}),
        json!({"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755"]}),
        json!({"destination": "/dev/pts", "type": "devpts", "source": "devpts", "options": ["newinstance"]}),
    ];
    mounts.extend(spec.mounts.iter().map(|(source, destination)| {
        json!({"destination": destination, "type": "bind", "source": source, "options": ["rbind", "ro"]})
    }));
    let namespaces = ["pid", "network", "ipc", "uts", "mount"].map(|kind| json!({ "type": kind }));
    let mut config = json!({
        "ociVersion": "1.0.2",
        "root": {"path": "rootfs"},
        "hostname": "lunette-test",
        "process": {
            "args": spec.command, "cwd": "/", "env": ["PATH=/bin"],
            "user": {"uid": spec.uid, "gid": spec.uid},
        },
        "mounts": mounts,
        "annotations": spec.annotations.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
        "linux": {
            "namespaces": namespaces,
            "sysctl": spec.sysctls.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
        },
    });
    if let Some(cgroup) = &spec.cgroup {
        config["linux"]["cgroupsPath"] = json!(cgroup);
    }
    config
}
