//! The built agent, started as its users start it and read through its API alone.

use std::fs::{self, File};
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use lunette_proto::lunette::v1 as pb;
use lunette_proto::lunette::v1::lunette_client::LunetteClient;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tonic::transport::{Channel, Endpoint};

use crate::bpf;
use crate::watch::Watch;

/// From the start until it says that it is ready.
const READY_WITHIN: Duration = Duration::from_secs(30);
/// From SIGTERM until it has ended.
pub const ENDS_WITHIN: Duration = Duration::from_secs(5);
/// Longest message: a finding whose 16 ancestors have arguments at their longest.
const MAX_MESSAGE: usize = 16 << 20;

/// The program: `LUNETTE_BIN`, or the one in the target directory of this test that was built last.
///
/// # Panics
/// When there is none.
pub fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("LUNETTE_BIN") {
        return path.into();
    }
    let own = std::env::current_exe().unwrap_or_default();
    // TARGET/PROFILE/deps/TEST
    let target = own.ancestors().nth(3).unwrap_or(Path::new("target")).to_owned();
    let built = |profile: &str| {
        let path = target.join(profile).join("lunette");
        Some((fs::metadata(&path).ok()?.modified().ok()?, path))
    };
    let newest = ["release", "debug"].into_iter().filter_map(built).max();
    let Some((_, path)) = newest else {
        panic!("there is no agent in {}: run `cargo xtask build`, or set LUNETTE_BIN", target.display())
    };
    path
}

/// `lunette`, with a clean environment and in no particular directory: what it does is on record.
pub fn command() -> Command {
    let mut command = Command::new(binary());
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.current_dir("/").stdin(Stdio::null());
    command
}

/// A running agent; killed when dropped.
#[derive(Debug)]
pub struct Agent {
    process: Process,
    runtime: Runtime,
    socket: PathBuf,
    directory: TempDir,
}

/// What was left when an agent had ended.
#[derive(Debug)]
pub struct Ended {
    pub status: ExitStatus,
    pub took: Duration,
    /// Whether its socket was still there.
    pub socket_left: bool,
    /// Kernel programs that had been its own, and were still there.
    pub programs_left: Vec<u32>,
    pub log: String,
}

impl Agent {
    /// Starts one with its socket and its findings in a directory of its own, and waits until it is ready.
    /// `settings` is its configuration; what it says nothing about is off.
    ///
    /// # Errors
    /// With its log, when it ends or doesn't get ready.
    pub fn start(settings: Value) -> Result<Self> {
        let directory = tempfile::Builder::new().prefix("lunette-agent-").tempdir()?;
        let mut config = json!({
            "grpc": { "socket": directory.path().join("lunette.sock") },
            "metrics": { "listen": "off" },
            "findings": { "file": { "path": directory.path().join("findings.jsonl") } },
            // Nobody else's containers.
            "identity": { "cri_endpoints": [], "containerd_endpoints": [], "runc_roots": [] },
        });
        merge(&mut config, settings);
        let socket = config["grpc"]["socket"].as_str().context("the socket is no text")?.into();
        // JSON is YAML.
        let file = directory.path().join("lunette.yaml");
        fs::write(&file, config.to_string())?;
        let mut command = command();
        command.arg("run").arg("--config").arg(file);
        let process = Process::start(command, directory.path())?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        Ok(Self { process, runtime, socket, directory })
    }

    pub fn pid(&self) -> u32 {
        self.process.child.id()
    }

    /// Of its API.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Of its findings, unless the settings have another.
    pub fn findings_file(&self) -> PathBuf {
        self.directory.path().join("findings.jsonl")
    }

    /// What it logged so far.
    pub fn log(&self) -> String {
        self.process.log()
    }

    /// Subscribes, and reads on for itself from now on.
    ///
    /// # Errors
    /// The API's.
    pub fn watch(&self, filter: pb::Filter) -> Result<Watch> {
        Watch::start(&self.runtime, || self.client(), filter)
    }

    /// Subscribes, and reads nothing until [`Watch::next`] is called.
    ///
    /// # Errors
    /// The API's.
    pub fn watch_lazily(&self, filter: pb::Filter) -> Result<Watch> {
        Watch::lazy(&self.runtime, || self.client(), filter)
    }

    /// What it says of itself.
    ///
    /// # Errors
    /// The API's.
    pub fn status(&self) -> Result<pb::Status> {
        self.runtime.block_on(async {
            let answer = self.client().await?.get_status(pb::GetStatusRequest {}).await?;
            Ok(answer.into_inner())
        })
    }

    /// Its status, once `wanted` is true of it.
    ///
    /// # Errors
    /// The API's, or the last status when the time is up.
    pub fn status_when(&self, limit: Duration, wanted: impl Fn(&pb::Status) -> bool) -> Result<pb::Status> {
        let begun = Instant::now();
        loop {
            let status = self.status()?;
            if wanted(&status) {
                return Ok(status);
            }
            ensure!(begun.elapsed() < limit, "not within {limit:?}: {status:#?}");
            // Nothing tells when a status changes.
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Lets it hang (`true`), or go on.
    pub fn freeze(&self, frozen: bool) {
        self.process.signal(if frozen { libc::SIGSTOP } else { libc::SIGCONT });
    }

    /// Sends SIGTERM and waits for its end.
    ///
    /// # Errors
    /// When it doesn't end in twice the time that it may take.
    pub fn stop(mut self) -> Result<Ended> {
        let programs = bpf::programs_of(self.pid());
        ensure!(!programs.is_empty(), "the agent has no kernel programs");
        let begun = Instant::now();
        let status = self.process.terminate(2 * ENDS_WITHIN)?;
        Ok(Ended {
            status,
            took: begun.elapsed(),
            socket_left: self.socket.exists(),
            programs_left: bpf::still_there(programs),
            log: self.log(),
        })
    }

    async fn client(&self) -> Result<LunetteClient<Channel>> {
        let channel = Endpoint::from_shared(format!("unix://{}", self.socket.display()))?.connect().await?;
        Ok(LunetteClient::new(channel).max_decoding_message_size(MAX_MESSAGE))
    }
}

/// A `lunette` that tells when it is ready; killed when dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts it and waits until it says that it is ready. Its log goes to `directory`.
    ///
    /// # Errors
    /// With its log, when it ends or takes too long.
    pub fn start(mut command: Command, directory: &Path) -> Result<Self> {
        let notify = directory.join("notify");
        let messages = UnixDatagram::bind(&notify)?;
        let log = directory.join("log");
        let output = File::create(&log)?;
        command.env("NOTIFY_SOCKET", &notify).stdout(output.try_clone()?).stderr(output);
        let child = command.spawn().with_context(|| format!("can't start {:?}", command.get_program()))?;
        let mut process = Self { child, log };
        let ready = process.wait_until_ready(&messages);
        // Nobody listens to what else it says.
        fs::remove_file(notify)?;
        ready?;
        Ok(process)
    }

    /// What it logged so far.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    pub fn signal(&self, signal: i32) {
        // SAFETY: plain numbers; the child hasn't been waited for, so that the pid is its own.
        unsafe { libc::kill(self.child.id() as i32, signal) };
    }

    /// Sends SIGTERM and waits for its end.
    ///
    /// # Errors
    /// With its log, when it doesn't end in time.
    pub fn terminate(&mut self, limit: Duration) -> Result<ExitStatus> {
        self.signal(libc::SIGTERM);
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            ensure!(begun.elapsed() < limit, "it doesn't end:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn wait_until_ready(&mut self, messages: &UnixDatagram) -> Result<()> {
        messages.set_read_timeout(Some(Duration::from_millis(50)))?;
        let begun = Instant::now();
        let mut buffer = [0; 256];
        loop {
            if let Ok(length) = messages.recv(&mut buffer)
                && buffer[..length].split(|byte| *byte == b'\n').any(|line| line == b"READY=1")
            {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("it ended before it was ready ({status}):\n{}", self.log());
            }
            ensure!(begun.elapsed() < READY_WITHIN, "it doesn't get ready:\n{}", self.log());
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Lays `over` over `under`: objects key by key, all else whole.
fn merge(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over {
                merge(under.entry(key).or_insert(Value::Null), value);
            }
        }
        (under, over) => *under = over,
    }
}
