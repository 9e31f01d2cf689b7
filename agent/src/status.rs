//! What the agent knows about itself: which hooks are attached, what came through each stage, what it can't see.
//!
//! One [`Snapshot`] is taken at one moment by the pipeline, so that its sums add up; `status` over gRPC, the metrics,
//! the health service and `lunette doctor` all show the same one.

use lunette_wire::Counters;
use tokio::sync::{mpsc, oneshot};

#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Of the agent, as `0.1.0`.
    pub version: String,
    /// Kernel release, as uname(2) has it.
    pub kernel: String,
    pub node: String,
    /// `/proc/sys/kernel/random/boot_id`.
    pub boot_id: String,
    pub pid: u32,
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    pub started_unix_ns: u64,
    pub taken_unix_ns: u64,
    /// Nanoseconds from start to ready (attached, and the self-check came back); 0 while not ready.
    pub ready_after_ns: u64,
    pub sensors: Vec<Sensor>,
    pub hooks: Vec<Hook>,
    pub rings: Vec<Ring>,
    pub stages: Stages,
    pub tables: Vec<Table>,
    pub self_check: Vec<Check>,
    /// What isn't seen, and why, a sentence each. Empty is not "nothing": it is "nothing known".
    pub blind: Vec<Blind>,
    pub sources: Vec<Source>,
    pub rules: Vec<Rule>,
}

/// What a rule did in this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// As `shell-in-container`.
    pub name: &'static str,
    /// Times that it fired, repeats included, those that were only counted as well.
    pub findings: u64,
    /// Of those, the first of their kind.
    pub new: u64,
    /// Times that an exception kept it quiet.
    pub suppressed: u64,
}

/// A sensor, and what it is made of on this kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sensor {
    /// `exec`, `fork`, `exit`, `open`, `connect`, `outcome`, `send`.
    pub name: &'static str,
    /// `tracepoint`, `fentry`, `lsm`; empty when nothing is attached.
    pub backend: &'static str,
    /// Kernel hook, as `tp_btf/sched_process_exec`.
    pub hook: &'static str,
    pub attached: bool,
    /// Why not, when not.
    pub error: String,
    /// Runs that the kernel left out because the program was running on that CPU already, a deed each; of all the sensors
    /// that share the hook (`recursion_misses` of `struct bpf_prog_info`).
    pub missed: u64,
}

/// One hook's counters, summed over all CPUs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hook {
    /// [`lunette_wire::hook::NAMES`].
    pub name: &'static str,
    pub counters: Counters,
}

/// A ring's way to the agent. `records` of all rings together = `submitted` of all hooks together, once the rings are
/// empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ring {
    /// [`lunette_wire::ring::NAMES`].
    pub name: &'static str,
    pub bytes: u64,
    pub records: u64,
    pub size_bytes: u64,
}

/// The agent's own stages. Each adds up: `read = decoded + undecodable`; `decoded = events + parked`
/// (`parked` wait for an identity at this moment); `published = events + losses`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stages {
    /// Records taken from the rings (or a recording).
    pub read: u64,
    pub undecodable: u64,
    pub decoded: u64,
    /// Records that made an event.
    pub events: u64,
    /// Records waiting for an identity now.
    pub parked: u64,
    /// Of all events: those that went on with less identity than hoped because the wait was over or its room was full.
    pub unparked_early: u64,
    /// Loss events.
    pub losses: u64,
    /// Events given to the bus (and by it to each subscriber, which has counters of its own).
    pub published: u64,
    /// Findings that were told, repeats included, and new ones.
    pub findings: u64,
    pub findings_new: u64,
}

/// A bounded table's fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// `processes`, `containers`, `findings`, …
    pub name: &'static str,
    pub entries: u64,
    pub capacity: u64,
    /// Entries thrown out for want of room, in this run.
    pub evicted: u64,
}

/// One deed of the agent's own, and whether it came out at the far end of the pipeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// `exec`, `open`, `connect`.
    pub name: &'static str,
    pub state: CheckState,
    /// From the deed to the far end, in nanoseconds; 0 unless seen.
    pub took_ns: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckState {
    Waiting,
    Seen,
    /// It didn't come back in time.
    Missing,
    /// Its sensor isn't attached.
    Unattached,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blind {
    /// What isn't seen, as `opens through io_uring`.
    pub what: String,
    /// Why, and what to do where something can be done.
    pub why: String,
}

/// Where identities come from, and whether it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// `cri`, `containerd`, `runc`.
    pub name: String,
    /// Socket or directory.
    pub endpoint: String,
    pub available: bool,
    /// Last error; empty when none.
    pub error: String,
    pub lookups: u64,
    pub failures: u64,
}

/// Asks the pipeline for a [`Snapshot`].
#[derive(Clone, Debug)]
pub struct StatusHandle {
    requests: mpsc::Sender<oneshot::Sender<Snapshot>>,
}

impl StatusHandle {
    /// The receiving end belongs to the pipeline.
    pub fn new() -> (Self, mpsc::Receiver<oneshot::Sender<Snapshot>>) {
        let (requests, receiver) = mpsc::channel(16);
        (Self { requests }, receiver)
    }

    /// A fresh snapshot; `None` when the pipeline has ended.
    pub async fn get(&self) -> Option<Snapshot> {
        let (answer, snapshot) = oneshot::channel();
        self.requests.send(answer).await.ok()?;
        snapshot.await.ok()
    }
}
