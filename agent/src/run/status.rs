//! Puts the status together: the pipeline's numbers, and what the rest of the agent knows.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use super::clock;
use super::reader::{Command, Numbers};
use super::self_check::Checks;
use crate::enrich::identity::Resolver;
use crate::enrich::origin::Node;
use crate::kernel::load::Misses;
use crate::status::{Blind, Sensor, Snapshot, Table};

/// What is known besides the pipeline's numbers.
pub struct Facts {
    pub node: Node,
    pub started_unix_ns: u64,
    pub sensors: Vec<Sensor>,
    pub misses: Misses,
    pub checks: Checks,
    pub resolver: Arc<Resolver>,
    /// Set once.
    pub ready_after_ns: Arc<std::sync::OnceLock<u64>>,
}

/// Answers whoever asks, until nobody can ask any more.
pub async fn serve(
    facts: Facts,
    commands: mpsc::Sender<Command>,
    mut requests: mpsc::Receiver<oneshot::Sender<Snapshot>>,
) {
    while let Some(answer) = requests.recv().await {
        let (numbers, got) = oneshot::channel();
        if commands.send(Command::Numbers(numbers)).await.is_err() {
            return;
        }
        let Ok(numbers) = got.await else { return };
        let _ = answer.send(facts.snapshot(numbers));
    }
}

impl Facts {
    fn snapshot(&self, numbers: Numbers) -> Snapshot {
        let mut tables = numbers.tables;
        if let Some(cgroups) = tables.iter().find(|t| t.name == "cgroups") {
            let containers = Table {
                name: "containers",
                entries: numbers.containers,
                evicted: 0,
                capacity: cgroups.capacity,
            };
            tables.push(containers);
        }
        let mut sensors = self.sensors.clone();
        self.misses.note(&mut sensors);
        Snapshot {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            kernel: self.node.kernel.clone(),
            node: self.node.name.clone(),
            boot_id: self.node.boot_id.clone(),
            pid: std::process::id(),
            started_unix_ns: self.started_unix_ns,
            taken_unix_ns: clock::unix_ns(),
            ready_after_ns: self.ready_after_ns.get().copied().unwrap_or(0),
            blind: blind(&sensors),
            sensors,
            hooks: numbers.hooks,
            rings: numbers.rings,
            rules: numbers.rules,
            stages: numbers.stages,
            tables,
            self_check: self.checks.get(),
            sources: self.resolver.sources(),
        }
    }
}

/// What isn't seen: sensors that aren't attached, and what the tracepoint backend can't see.
pub fn blind(sensors: &[Sensor]) -> Vec<Blind> {
    let mut blind: Vec<Blind> = sensors
        .iter()
        .filter(|s| !s.attached)
        .map(|s| Blind {
            what: format!("all of {}", s.name),
            why: if s.error.is_empty() { format!("{} isn't attached", s.hook) } else { s.error.clone() },
        })
        .collect();
    let known = [
        (
            "open",
            "file opens through io_uring",
            "the tracepoint backend sees a file where a system call returns it",
        ),
        (
            "send",
            "datagrams sent through io_uring, or by 32-bit programs",
            "the tracepoint backend sees a send where its 64-bit system call returns",
        ),
        (
            "send",
            "the address of a datagram on an unconnected socket, if another thread changes it during the call",
            "it is read from the caller's memory when the call ends; such events say `callers_word`",
        ),
        (
            "send",
            "packets of raw sockets, ICMP, and every protocol but TCP and UDP",
            "no sensor watches them yet",
        ),
        (
            "open",
            "secret files reached by another name (a hard link or a copy) outside of the mounts of secrets",
            "files are told by name, directory and mount",
        ),
        (
            "exec",
            "a process that becomes root without an exec, and a shell that is built in to another program",
            "processes are judged when they execute a program",
        ),
    ];
    for (sensor, what, why) in known {
        if sensors.iter().any(|s| s.name == sensor && s.attached) {
            blind.push(Blind { what: what.to_owned(), why: why.to_owned() });
        }
    }
    blind
}
