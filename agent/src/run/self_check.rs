//! Does the agent see? It does one of each thing that it watches for, and waits for each at the far end of the pipeline.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::time::timeout_at;

use crate::event::{Deed, Event};
use crate::export::bus::{Message, Subscription};
use crate::status::{Check, CheckState, Sensor};

/// How long a deed may take to the far end.
const PATIENCE: Duration = Duration::from_secs(3);
/// When it is done again.
const AGAIN: Duration = Duration::from_millis(700);
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

/// Does the deeds and waits for them. One that doesn't come back is done again: while the machine is flooded with deeds
/// of its kind, it may be lost with them. `events` must have been subscribed before.
pub async fn run(checks: &Checks, bait: &Bait, mut events: Subscription) -> Result<()> {
    let start = Instant::now();
    let deadline = tokio::time::Instant::now() + PATIENCE;
    while checks.waiting() && tokio::time::Instant::now() < deadline {
        let deeds = Deeds::do_them(bait).await?;
        let again = deadline.min(tokio::time::Instant::now() + AGAIN);
        while checks.waiting() {
            let Ok(Some(message)) = timeout_at(again, events.recv()).await else { break };
            if let Message::Event(event) = message
                && let Some(name) = deeds.which(&event)
            {
                checks.set(name, CheckState::Seen, start.elapsed());
            }
        }
    }
    for name in ["exec", "open", "connect", "send"] {
        checks.set(name, CheckState::Missing, Duration::ZERO);
    }
    Ok(())
}

/// One of each, as its event will show it.
struct Deeds {
    child: Option<u32>,
    ino: u64,
    tcp: SocketAddr,
    udp: SocketAddr,
}

impl Deeds {
    async fn do_them(bait: &Bait) -> Result<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let mut child = tokio::process::Command::new("/proc/self/exe")
            .arg("--version")
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .context("can't execute the agent's own file for the self-check")?;
        let pid = child.id();
        let ino = std::fs::File::open(&bait.path)?.metadata()?.ino();
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("can't listen for the self-check")?;
        let tcp = listener.local_addr()?;
        TcpStream::connect(tcp).await.context("can't connect for the self-check")?;
        let receiver = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let udp = receiver.local_addr()?;
        UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?.send_to(b"lunette", udp).await?;
        child.wait().await.context("can't wait for the agent's own file")?;
        Ok(Self { child: pid, ino, tcp, udp })
    }

    /// The check that the event answers.
    fn which(&self, event: &Event) -> Option<&'static str> {
        let (pid, me) = (event.actor.as_ref()?.process.key.pid, std::process::id());
        match &event.deed {
            Deed::Exec if Some(pid) == self.child => Some("exec"),
            Deed::Open(open) if pid == me && open.file.ino == self.ino => Some("open"),
            Deed::Connect(connect) if pid == me && connect.flow.remote_port == self.tcp.port() => {
                Some("connect")
            }
            Deed::Send(send) if pid == me && send.flow.remote_port == self.udp.port() => Some("send"),
            _ => None,
        }
    }
}
