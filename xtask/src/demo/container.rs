//! The demonstration's container: runc, and a bundle made from busybox alone, so that no image has to be had from
//! anywhere. Nothing in it can reach beyond its own network namespace.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::deeds::{ADDRESS, CONFIG_MOUNT, DECLARED, Deed, SECRET_MOUNT, UNDECLARED, USER};
use crate::shell;

const APPLETS: [&str; 6] = ["cat", "id", "nc", "sh", "sleep", "true"];

/// A running container, deleted when dropped.
#[derive(Debug)]
pub(crate) struct Container {
    name: String,
    /// Bundle and volumes.
    directory: TempDir,
    created: bool,
}

impl Container {
    /// Makes and starts one. `place` is a directory of a file system that programs can be executed from.
    pub(crate) fn start(name: &str, busybox: &Path, place: &Path) -> Result<Self> {
        let directory = tempfile::Builder::new()
            .prefix("demo-")
            .tempdir_in(place)
            .with_context(|| format!("cannot make a directory in {}", place.display()))?;
        let mut container = Self { name: name.to_owned(), directory, created: false };
        container.make_bundle(busybox)?;
        container.create()?;
        let pid = container.pid()?;
        container.connect_network(pid, busybox)?;
        shell::output(Command::new("runc").args(["start", name]))?;
        Ok(container)
    }

    /// Gives it an address, and routes both destinations back to itself: a connection to either is a real one, to an
    /// address that isn't the container's own, and is refused at once; and no packet leaves the namespace.
    fn connect_network(&self, pid: u64, busybox: &Path) -> Result<()> {
        let ip = |arguments: &[&str]| {
            let mut command = Command::new("nsenter");
            command.arg(format!("--net=/proc/{pid}/ns/net")).arg(busybox).arg("ip").args(arguments);
            shell::output(&mut command)
        };
        ip(&["address", "add", &format!("{ADDRESS}/32"), "dev", "lo"])?;
        for destination in [DECLARED, UNDECLARED] {
            ip(&["route", "add", "local", destination, "dev", "lo", "src", ADDRESS, "table", "local"])?;
        }
        Ok(())
    }

    /// Executes a program in it and waits for its end. How it ends is its own affair: a refused connection is a failure.
    pub(crate) fn run(&self, deed: &Deed) -> Result<()> {
        let errors = self.directory.path().join("exec.errors");
        let user = format!("{0}:{0}", deed.uid);
        let mut command = Command::new("runc");
        // runc's own log: where there is something in it, the program wasn't executed.
        command.arg("--log").arg(&errors).args(["exec", "--user", &user, &self.name]).args(deed.args);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        command.status().context("cannot start `runc`: is it installed?")?;
        let said = fs::read_to_string(&errors).unwrap_or_default();
        if said.contains("level=error") {
            bail!("`{}` failed: {}", shell::line(&command), said.trim());
        }
        Ok(())
    }

    /// `runc exec` by a user of the container's; the program and its arguments are still to be added.
    pub(crate) fn exec(&self, uid: u32) -> Command {
        let mut command = Command::new("runc");
        command.args(["exec", "--user", &format!("{uid}:{uid}"), &self.name]);
        command
    }

    /// Its root directory, as the host has it.
    pub(crate) fn root(&self) -> PathBuf {
        self.bundle().join("rootfs")
    }

    fn create(&mut self) -> Result<()> {
        // A file and not a pipe: the container's first program inherits it, and would keep the pipe open.
        let errors = self.directory.path().join("create.errors");
        let file = File::create(&errors).with_context(|| format!("cannot make {}", errors.display()))?;
        let mut command = Command::new("runc");
        command.arg("create").arg("--bundle").arg(self.bundle()).arg(&self.name);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(file).process_group(0);
        let status = command.status().context("cannot start `runc`: is it installed?")?;
        // A failed creation may leave a part, too.
        self.created = true;
        if !status.success() {
            let said = fs::read_to_string(&errors).unwrap_or_default();
            bail!("`{}` failed ({status}): {}", shell::line(&command), said.trim());
        }
        Ok(())
    }

    fn pid(&self) -> Result<u64> {
        let state = shell::output(Command::new("runc").args(["state", &self.name]))?;
        let state: Value =
            serde_json::from_str(&state).context("`runc state` printed something other than JSON")?;
        state["pid"].as_u64().context("`runc state` names no pid")
    }

    fn bundle(&self) -> PathBuf {
        self.directory.path().join("bundle")
    }

    fn make_bundle(&self, busybox: &Path) -> Result<()> {
        // The container's user has to get through, whatever the umask.
        fs::set_permissions(self.directory.path(), fs::Permissions::from_mode(0o755))?;
        let root = self.bundle().join("rootfs");
        for directory in ["bin", "dev", "etc", "proc", "sys", "tmp", SECRET_MOUNT, CONFIG_MOUNT] {
            directory_0755(&root.join(directory.trim_start_matches('/')))?;
        }
        let program = root.join("bin/busybox");
        fs::copy(busybox, &program).with_context(|| format!("cannot copy {}", busybox.display()))?;
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
        for applet in APPLETS {
            symlink("busybox", root.join("bin").join(applet))?;
        }
        // Laid out as kubelet does: only the directory's name tells a Secret from a ConfigMap.
        let volumes = self.directory.path().join("pods/00000000-0000-4000-8000-000000000000/volumes");
        let secret = volumes.join("kubernetes.io~secret/creds");
        let config = volumes.join("kubernetes.io~configmap/settings");
        make_volume(&secret)?;
        make_volume(&config)?;
        let spec = spec(&[(&secret, SECRET_MOUNT), (&config, CONFIG_MOUNT)]);
        fs::write(self.bundle().join("config.json"), spec.to_string())
            .context("cannot write the bundle's config.json")
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        if self.created {
            let deleted = shell::output(Command::new("runc").args(["delete", "--force", &self.name]));
            if let Err(error) = deleted {
                shell::say(&format!("{error:#}; the container may be left over"));
            }
        }
    }
}

fn directory_0755(path: &Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("cannot make {}", path.display()))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    Ok(())
}

/// A volume with one file, `token`, behind the links that kubelet swaps when the content changes.
fn make_volume(volume: &Path) -> Result<()> {
    directory_0755(&volume.join("..1"))?;
    let file = volume.join("..1/token");
    fs::write(&file, "made up for a demonstration\n")
        .with_context(|| format!("cannot write {}", file.display()))?;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644))?;
    symlink("..1", volume.join("..data"))?;
    symlink("..data/token", volume.join("token"))?;
    Ok(())
}

/// The bundle's `config.json` (OCI runtime specification). Its entrypoint does nothing that any rule is about.
fn spec(volumes: &[(&Path, &str)]) -> Value {
    let mut mounts = vec![
        json!({ "destination": "/proc", "type": "proc", "source": "proc" }),
        json!({ "destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "strictatime", "mode=755", "size=65536k"] }),
    ];
    mounts.extend(volumes.iter().map(|(source, destination)| {
        json!({ "destination": destination, "type": "bind", "source": source.to_string_lossy(), "options": ["rbind", "ro"] })
    }));
    json!({
        "ociVersion": "1.0.2",
        "process": {
            "user": { "uid": USER, "gid": USER },
            "args": ["sleep", "3600"],
            "env": ["PATH=/bin"],
            "cwd": "/",
            "noNewPrivileges": true,
        },
        "root": { "path": "rootfs", "readonly": true },
        "hostname": "demo",
        "mounts": mounts,
        "linux": {
            "namespaces": [
                { "type": "pid" }, { "type": "network" }, { "type": "ipc" }, { "type": "uts" }, { "type": "mount" },
            ],
        },
    })
}
