//! A containerd of one's own: its root, state, socket and runc directory are in a temporary directory, its
//! pods on a bridge of their own.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::image::Image;
use crate::node;

/// Programs that [`Containerd::start`] needs, for [`node::why_not`].
pub const PROGRAMS: [&str; 5] = ["containerd", "containerd-shim-runc-v2", "ctr", "runc", "busybox"];

/// Longest that it may take to answer.
const START: Duration = Duration::from_secs(20);
/// Where Debian and others put the CNI programs.
const CNI_PROGRAMS: [&str; 2] = ["/usr/lib/cni", "/opt/cni/bin"];

static STARTED: AtomicU32 = AtomicU32::new(0);

/// A running containerd with one image in it, in the CRI's namespace and in `default`.
#[derive(Debug)]
pub struct Containerd {
    directory: TempDir,
    daemon: Child,
    bridge: String,
    pub image: Image,
}

impl Containerd {
    /// Starts it, and returns once it answers and has the image.
    ///
    /// # Errors
    /// With the end of its log, when it doesn't come up.
    pub fn start() -> Result<Self> {
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let own = std::process::id();
        let directory = tempfile::Builder::new().prefix("lunette-containerd-").tempdir()?;
        let image = Image::busybox("docker.io/library/lunette-test:1", directory.path())?;
        let bridge = format!("lun{own:x}n{number}");
        write_cni(&directory.path().join("cni"), &bridge, own, number)?;
        let config = directory.path().join("config.toml");
        fs::write(&config, configuration(directory.path(), &image.name))?;
        let log = File::create(directory.path().join("log"))?;
        let daemon = Command::new(node::find("containerd").context("containerd isn't installed")?)
            .arg("--config")
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut containerd = Self { directory, daemon, bridge, image };
        containerd.wait_for_answer()?;
        for namespace in ["k8s.io", "default"] {
            let archive = containerd.image.archive.display().to_string();
            containerd.ctr(namespace, &["images", "import", "--snapshotter", "overlayfs", &archive])?;
        }
        Ok(containerd)
    }

    /// Of its own API and of the CRI.
    pub fn socket(&self) -> PathBuf {
        self.directory.path().join("containerd.sock")
    }

    /// Where its runc keeps state: a directory a namespace below it.
    pub fn runc_root(&self) -> PathBuf {
        self.directory.path().join("runc")
    }

    /// For files that containers mount.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Runs `ctr`.
    ///
    /// # Errors
    /// When it fails.
    pub fn ctr(&self, namespace: &str, arguments: &[&str]) -> Result<String> {
        let socket = self.socket().display().to_string();
        let all = ["--address", &socket, "--namespace", namespace, "--timeout", "30s"].into_iter();
        node::run("ctr", all.chain(arguments.iter().copied()))
    }

    /// Starts a container without the CRI, as `ctr run -d` does. `mounts` are pairs of source and
    /// destination.
    ///
    /// # Errors
    /// When it can't be started.
    pub fn run(
        &self,
        namespace: &str,
        id: &str,
        mounts: &[(&str, &str)],
        command: &[&str],
    ) -> Result<CtrContainer<'_>> {
        let root = self.runc_root().display().to_string();
        // Its fifos are for a terminal that nobody has.
        let mut arguments: Vec<String> =
            ["run", "--detach", "--null-io", "--runc-root", &root, "--snapshotter", "overlayfs"]
                .map(Into::into)
                .into();
        for (source, destination) in mounts {
            arguments.push("--mount".into());
            arguments.push(format!("type=bind,src={source},dst={destination},options=rbind:ro"));
        }
        arguments.extend([self.image.name.clone(), id.to_owned()]);
        arguments.extend(command.iter().map(|word| (*word).to_owned()));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut container =
            CtrContainer { containerd: self, namespace: namespace.into(), id: id.into(), pid: 0 };
        self.ctr(namespace, &arguments)?;
        let tasks = self.ctr(namespace, &["tasks", "list"])?;
        let pid = tasks.lines().find_map(|line| {
            let mut words = line.split_whitespace();
            (words.next() == Some(id)).then(|| words.next()?.parse().ok())?
        });
        container.pid = pid.with_context(|| format!("{id} isn't among the tasks: {tasks}"))?;
        Ok(container)
    }

    /// Lets it hang (`true`), or go on.
    pub fn freeze(&self, frozen: bool) {
        let signal = if frozen { libc::SIGSTOP } else { libc::SIGCONT };
        // SAFETY: plain numbers; the child hasn't been waited for, so that the pid is its own.
        unsafe { libc::kill(self.daemon.id() as i32, signal) };
    }

    /// The end of its log, for a test that failed.
    pub fn log_tail(&self) -> String {
        let log = fs::read_to_string(self.directory.path().join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    fn wait_for_answer(&mut self) -> Result<()> {
        let begun = Instant::now();
        loop {
            // Its plugins start one by one: the CRI's is the last.
            let ready = self.ctr("default", &["plugins", "list"]).is_ok_and(|plugins| {
                let cri = plugins.lines().find(|line| line.split_whitespace().nth(1) == Some("cri"));
                cri.is_some_and(|line| line.trim_end().ends_with("ok"))
            });
            if ready {
                return Ok(());
            }
            if let Some(status) = self.daemon.try_wait()? {
                bail!("containerd ended ({status}):\n{}", self.log_tail());
            }
            if begun.elapsed() > START {
                bail!("containerd doesn't answer:\n{}", self.log_tail());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Containerd {
    fn drop(&mut self) {
        let namespaces = self.ctr("default", &["namespaces", "list", "--quiet"]).unwrap_or_default();
        for namespace in namespaces.lines() {
            let tasks = self.ctr(namespace, &["tasks", "list", "--quiet"]).unwrap_or_default();
            for task in tasks.lines() {
                let _ = self.ctr(namespace, &["tasks", "delete", "--force", task]);
            }
        }
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
        // The shims outlive their containerd; each has its socket's path among its arguments.
        node::kill_with(&self.directory.path().display().to_string());
        node::unmount_below(self.directory.path());
        for namespace in namespaces.lines().filter(|namespace| *namespace != "k8s.io") {
            node::remove_cgroup(namespace);
        }
        let _ = node::run("ip", ["link", "delete", &self.bridge]);
        // The shims' sockets are where no configuration can move them; another containerd's are left alone.
        for directory in ["/run/containerd/s", "/run/containerd/fifo", "/run/containerd", "/run/netns"] {
            let _ = fs::remove_dir(directory);
        }
    }
}

/// A container that `ctr` made; gone when dropped.
#[derive(Debug)]
pub struct CtrContainer<'a> {
    containerd: &'a Containerd,
    namespace: String,
    pub id: String,
    /// Its first process.
    pub pid: u32,
}

impl CtrContainer<'_> {
    /// Runs a command in it, to its end.
    ///
    /// # Errors
    /// When the command fails.
    pub fn exec(&self, command: &[&str]) -> Result<String> {
        static EXECS: AtomicU32 = AtomicU32::new(0);
        let name = format!("exec-{}", EXECS.fetch_add(1, Ordering::Relaxed));
        let mut arguments = vec!["tasks", "exec", "--exec-id", &name, &self.id];
        arguments.extend(command);
        self.containerd.ctr(&self.namespace, &arguments)
    }
}

impl Drop for CtrContainer<'_> {
    fn drop(&mut self) {
        let _ = self.containerd.ctr(&self.namespace, &["tasks", "delete", "--force", &self.id]);
        let _ = self.containerd.ctr(&self.namespace, &["containers", "delete", &self.id]);
    }
}

fn configuration(directory: &Path, image: &str) -> String {
    let at = |name: &str| format!("{:?}", directory.join(name).display().to_string());
    let programs = CNI_PROGRAMS.into_iter().find(|path| Path::new(path).is_dir()).unwrap_or(CNI_PROGRAMS[0]);
    format!(
        r#"version = 2
root = {root}
state = {state}
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
[grpc]
address = {socket}
[plugins."io.containerd.internal.v1.opt"]
path = {opt}
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "{image}"
# Without CAP_SYS_RESOURCE no process can be given a lower score than its maker's.
restrict_oom_score_adj = true
disable_tcp_service = true
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "{programs}"
conf_dir = {cni}
[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = "overlayfs"
default_runtime_name = "runc"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
SystemdCgroup = false
Root = {runc}
"#,
        root = at("root"),
        state = at("state"),
        socket = at("containerd.sock"),
        opt = at("opt"),
        cni = at("cni"),
        runc = at("runc"),
    )
}

/// A bridge with a v4 and a v6 range, which others' ranges don't touch.
fn write_cni(directory: &Path, bridge: &str, own: u32, number: u32) -> Result<()> {
    fs::create_dir_all(directory)?;
    let (high, low) = (own >> 8 & 0xff, own & 0xff);
    let network = serde_json::json!({
        "cniVersion": "0.4.0",
        "name": "lunette-test",
        "plugins": [{
            "type": "bridge", "bridge": bridge, "isGateway": true, "hairpinMode": true,
            "ipam": {
                "type": "host-local",
                "dataDir": directory.join("addresses"),
                "ranges": [
                    [{ "subnet": format!("100.{}.{low}.0/24", 64 + (high + number) % 64) }],
                    [{ "subnet": format!("fd4c:756e:{own:x}:{number:x}::/64") }],
                ],
                "routes": [{ "dst": "0.0.0.0/0" }, { "dst": "::/0" }],
            },
        }],
    });
    Ok(fs::write(directory.join("10-lunette.conflist"), network.to_string())?)
}
