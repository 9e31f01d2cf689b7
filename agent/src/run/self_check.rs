//! Does the agent see? It does one of each thing that it watches for, and waits for each at the far end of the pipeline.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::time::timeout_at;

use crate::event::{Deed, Event, FileId};
use crate::export::bus::{Message, Subscription};
use crate::status::{Check, CheckState, Sensor};

/// How long a deed may take to the far end.
const PATIENCE: Duration = Duration::from_secs(2);
/// Begins the name of the file that is opened.
pub const FILE_PREFIX: &str = ".lunette-check-";

/// The checks' states, for whoever shows them.
#[derive(Clone, Debug)]
pub struct Checks(Arc<Mutex<Vec<Check>>>);

impl Checks {
    pub fn new(sensors: &[Sensor]) -> Self {
        let checks = ["exec", "open", "connect", "send"].map(|name| {
            let attached = sensors.iter().any(|s| s.name == name && s.attached);
            let state = if attached { CheckState::Waiting } else { CheckState::Unattached };
            Check { name, state, took_ns: 0 }
        });
        Self(Arc::new(Mutex::new(checks.into())))
    }

    pub fn get(&self) -> Vec<Check> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Every deed whose sensor is attached was seen, and there is at least one.
    pub fn all_seen(&self) -> bool {
        let checks = self.get();
        checks.iter().all(|c| matches!(c.state, CheckState::Seen | CheckState::Unattached))
            && checks.iter().any(|c| c.state == CheckState::Seen)
    }

    fn set(&self, name: &str, state: CheckState, took: Duration) {
        let mut checks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for check in checks.iter_mut().filter(|c| c.name == name && c.state == CheckState::Waiting) {
            check.state = state;
            check.took_ns = took.as_nanos() as u64;
        }
    }

    fn waiting(&self) -> bool {
        self.get().iter().any(|c| c.state == CheckState::Waiting)
    }
}

/// A file that is opened to see whether that is seen; removed when this is dropped.
pub struct Bait {
    path: PathBuf,
    name: String,
}

impl Bait {
    /// Makes it in `directory`, which must be writable.
    pub fn new(directory: &Path) -> Result<Self> {
        let name = format!("{FILE_PREFIX}{}", std::process::id());
        let path = directory.join(&name);
        std::fs::write(&path, b"")
            .with_context(|| format!("can't make {} for the self-check", path.display()))?;
        Ok(Self { path, name })
    }

    /// Its name: the kernel must be told to pass it on.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Bait {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Does the deeds and waits for them. `events` must have been subscribed before.
pub async fn run(checks: &Checks, bait: &Bait, mut events: Subscription) -> Result<()> {
    let start = Instant::now();
    let me = std::process::id();
    let mut child = tokio::process::Command::new("/proc/self/exe")
        .arg("--version")
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .context("can't execute the agent's own file for the self-check")?;
    let child_pid = child.id();
    let ino = {
        use std::os::unix::fs::MetadataExt as _;
        std::fs::File::open(&bait.path)?.metadata()?.ino()
    };
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("can't listen for the self-check")?;
    let tcp = listener.local_addr()?;
    let _stream = TcpStream::connect(tcp).await.context("can't connect for the self-check")?;
    let receiver = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let udp = receiver.local_addr()?;
    UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?.send_to(b"lunette", udp).await?;

    let deadline = tokio::time::Instant::now() + PATIENCE;
    while checks.waiting() {
        let Ok(Some(message)) = timeout_at(deadline, events.recv()).await else { break };
        if let Message::Event(event) = message
            && let Some(name) = which(&event, me, child_pid, ino, tcp, udp)
        {
            checks.set(name, CheckState::Seen, start.elapsed());
        }
    }
    for name in ["exec", "open", "connect", "send"] {
        checks.set(name, CheckState::Missing, Duration::ZERO);
    }
    let _ = child.wait().await;
    Ok(())
}

/// The check that the event answers.
fn which(
    event: &Event,
    me: u32,
    child: Option<u32>,
    ino: u64,
    tcp: SocketAddr,
    udp: SocketAddr,
) -> Option<&'static str> {
    let pid = event.actor.as_ref()?.process.key.pid;
    match &event.deed {
        Deed::Exec if Some(pid) == child => Some("exec"),
        Deed::Open(open) if pid == me && matches!(open.file, FileId { ino: i, .. } if i == ino) => {
            Some("open")
        }
        Deed::Connect(connect) if pid == me && connect.flow.remote_port == tcp.port() => Some("connect"),
        Deed::Send(send) if pid == me && send.flow.remote_port == udp.port() => Some("send"),
        _ => None,
    }
}
