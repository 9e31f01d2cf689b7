//! The order of the stages: decode → enrich → detect → publish. Nothing here waits, reads a clock or does I/O: whatever the
//! outside knows comes in as an [`Input`], and what the pipeline would like to know goes out as a [`Want`]. So a recording
//! of the inputs replays to the same events and findings, on any machine.
//!
//! An event whose container or program isn't known yet is *parked*, behind earlier ones of its cgroup, until the answer
//! comes or its time is up; the rest of the stream goes on.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use bstr::BString;
use lunette_wire::{Counters, ROOT_CGROUP, hook};
use serde::{Deserialize, Serialize};

use crate::decode::{self, Body, Record};
use crate::detect::{Detector, RuleCounters, RuleId};
use crate::enrich::build;
use crate::enrich::identities::Identities;
use crate::enrich::identity::{LookUp, Request};
use crate::enrich::origin::{self, Node};
use crate::enrich::processes::Processes;
use crate::enrich::programs::{self, ProgramKey, Programs};
use crate::event::{
    Actor, Credentials, Deed, Event, Finding, Host, Loss, Namespaces, Origin, Process, ProgramKind, Subject,
    Unknown,
};
use crate::export::bus::Bus;
use crate::status::{Rule, Stages, Table};

/// How long an event waits for an identity.
const PATIENCE_NS: u64 = 1_000_000_000;
/// Events that wait at the same time, of all cgroups together.
const PARKED_MAX: usize = 4_096;
const PROCESSES_MAX: usize = 32_768;
const CGROUPS_MAX: usize = 8_192;
const PROGRAMS_MAX: usize = 4_096;

/// What comes in, in the order in which it came.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    /// Nanoseconds to add to `CLOCK_BOOTTIME` for wall time: at the start, and when it has changed.
    Clock(i64),
    /// A process that ran before the agent: its [`lunette_wire::Fork`] record, and what `/proc` says of its program.
    Seed(&'a [u8], Seed),
    /// One wire record.
    Record(&'a [u8]),
    Identity(LookUp),
    Program(ProgramKey, ProgramKind),
    /// The hooks' counters, in the order of [`hook::NAMES`].
    Counters([Counters; hook::COUNT]),
    /// What `CLOCK_BOOTTIME` says; at least every second.
    Tick(u64),
}

/// What `/proc/PID` says of a process's program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seed {
    /// `/proc/PID/exe`; empty for a kernel thread.
    pub exe: BString,
    /// `/proc/PID/cmdline`.
    pub args: Vec<BString>,
    /// `/proc/PID/cwd`.
    pub cwd: BString,
}

/// What the pipeline would like to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Want {
    /// Who a cgroup is.
    Identity(Request),
    /// What kind of program a file is.
    Program(ProgramRequest),
    /// The kernel may forget what it was told of these cgroups.
    Forget(Vec<u64>),
}

/// A file to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramRequest {
    pub key: ProgramKey,
    /// The process that runs it.
    pub pid: u32,
    /// Its path in the process's mount namespace.
    pub exe: BString,
    /// The container's first process, and its root file system as the host has it, where known.
    pub init_pid: u32,
    pub rootfs: String,
}

/// The stages, and what they remember.
pub struct Pipeline {
    node: Node,
    clock: i64,
    now_ns: u64,
    processes: Processes,
    identities: Identities,
    programs: Programs,
    parked: HashMap<u64, VecDeque<Draft>>,
    detector: Detector,
    bus: Bus,
    stages: Stages,
    event_seq: u64,
    dropped: [u64; hook::COUNT],
    undecodable_told: u64,
    wants: Vec<Want>,
}

/// An event that may still lack its subject, or the kind of its program.
struct Draft {
    boot_ns: u64,
    parked_ns: u64,
    process: Arc<Process>,
    credentials: Credentials,
    tid: u32,
    comm: BString,
    namespaces: Namespaces,
    cgroup: u64,
    deed: Deed,
}

/// What a draft waits for.
enum Readiness {
    Ready(Subject),
    Waits,
}

impl Pipeline {
    /// `node` is the node that the records come from, which a recording knows too.
    pub fn new(node: Node, detector: Detector, bus: Bus) -> Self {
        Self {
            node,
            clock: 0,
            now_ns: 0,
            processes: Processes::new(PROCESSES_MAX),
            identities: Identities::new(CGROUPS_MAX),
            programs: Programs::new(PROGRAMS_MAX),
            parked: HashMap::new(),
            detector,
            bus,
            stages: Stages::default(),
            event_seq: 0,
            dropped: [0; hook::COUNT],
            undecodable_told: 0,
            wants: Vec::new(),
        }
    }

    /// Takes one input through all stages.
    pub fn push(&mut self, input: Input<'_>) {
        match input {
            Input::Clock(offset) => self.clock = offset,
            Input::Seed(record, seed) => self.seed(record, seed),
            Input::Record(bytes) => self.record(bytes),
            Input::Identity(LookUp { answer, provisional }) => {
                self.identities.learn(answer.cgroup, answer.subject, provisional, self.now_ns);
                self.release(answer.cgroup);
            }
            Input::Program(key, kind) => self.program(key, kind),
            Input::Counters(counters) => self.counters(&counters),
            Input::Tick(now_ns) => self.tick(now_ns),
        }
    }

    /// What the pipeline would like to know since it was last asked.
    pub fn take_wants(&mut self) -> Vec<Want> {
        std::mem::take(&mut self.wants)
    }

    /// Lets everything that waits go on with what is known: the end of a recording, or of the agent.
    pub fn flush(&mut self) {
        let cgroups: Vec<u64> = self.parked.keys().copied().collect();
        for cgroup in cgroups {
            while let Some(draft) = self.parked.get_mut(&cgroup).and_then(VecDeque::pop_front) {
                self.finish_early(draft, "the agent ended before an answer came");
            }
        }
        self.parked.clear();
        self.stages.parked = 0;
        self.publish_due(u64::MAX);
    }

    /// Containers that are known.
    pub fn containers(&self) -> u64 {
        self.identities.containers() as u64
    }

    /// What each rule did.
    pub fn rules(&self) -> Vec<Rule> {
        let rule = |(id, c): (RuleId, RuleCounters)| Rule {
            name: id.name(),
            findings: c.findings,
            new: c.new,
            suppressed: c.suppressed,
        };
        self.detector.counters().map(rule).collect()
    }

    pub fn stages(&self) -> Stages {
        self.stages
    }

    pub fn tables(&self) -> Vec<Table> {
        let parked = Table {
            name: "parked",
            entries: self.stages.parked,
            capacity: PARKED_MAX as u64,
            evicted: self.stages.unparked_early,
        };
        vec![
            self.processes.table(),
            self.identities.table(),
            self.programs.table(),
            parked,
            self.detector.table(),
        ]
    }

    /// A process that ran before the agent did.
    fn seed(&mut self, bytes: &[u8], seed: Seed) {
        let Ok(record) = decode::decode(bytes) else { return };
        let task = *record.task();
        self.now_ns = self.now_ns.max(record.header.time_ns);
        self.processes.insert(Arc::new(build::seeded(&task, seed)));
        self.ask(&record, task.cgroup);
    }

    fn record(&mut self, bytes: &[u8]) {
        self.stages.read += 1;
        let record = match decode::decode(bytes) {
            Ok(record) => record,
            Err(error) => {
                tracing::debug!(%error, "a record can't be read");
                self.stages.undecodable += 1;
                return;
            }
        };
        self.stages.decoded += 1;
        let boot_ns = record.header.time_ns;
        self.now_ns = self.now_ns.max(boot_ns);
        let task = record.task();
        let key = build::key(task);
        let process = match &record.body {
            Body::Exec(exec, strings) => {
                // Whose child it is was decided when it was made: parents exit, and leave their children to others.
                let before = self.processes.get(key).and_then(|process| process.parent);
                let process = build::executed(exec, strings);
                Arc::new(Process { parent: before.or(process.parent), ..process })
            }
            Body::Fork(_) => {
                let parent = build::parent(task).and_then(|key| self.processes.get(key));
                Arc::new(build::forked(task, parent))
            }
            _ => self.processes.get(key).cloned().unwrap_or_else(|| Arc::new(build::unseen(task))),
        };
        if matches!(record.body, Body::Exec(..) | Body::Fork(_)) {
            self.processes.insert(Arc::clone(&process));
        }
        if let Body::Exit(..) = record.body {
            self.processes.exit(key, boot_ns);
        }
        // A fork is the parent's deed: the child's record has the child.
        let actor = match &record.body {
            Body::Fork(task) => match build::parent(task).and_then(|key| self.processes.get(key)) {
                Some(parent) => Arc::clone(parent),
                None => Arc::clone(&process),
            },
            _ => process,
        };
        self.ask(&record, task.cgroup);
        let tid = if matches!(record.body, Body::Fork(_)) { actor.key.pid } else { task.tid };
        let draft = Draft {
            boot_ns,
            parked_ns: 0,
            process: actor,
            credentials: build::credentials(task),
            tid,
            comm: decode::comm(&task.comm),
            namespaces: build::namespaces(task),
            cgroup: task.cgroup,
            deed: build::deed(&record, key),
        };
        self.advance(draft);
    }

    /// Finishes the draft, or parks it behind those of its cgroup that wait.
    fn advance(&mut self, draft: Draft) {
        let waiting = self.parked.contains_key(&draft.cgroup);
        match if waiting { Readiness::Waits } else { self.readiness(&draft) } {
            Readiness::Ready(subject) => self.finish(draft, subject),
            Readiness::Waits if self.stages.parked >= PARKED_MAX as u64 => {
                self.finish_early(draft, "too many events wait for an identity");
            }
            Readiness::Waits => {
                self.stages.parked += 1;
                let parked_ns = self.now_ns;
                self.parked.entry(draft.cgroup).or_default().push_back(Draft { parked_ns, ..draft });
            }
        }
    }

    /// Is all known that the draft needs? Asks for what isn't.
    fn readiness(&mut self, draft: &Draft) -> Readiness {
        let Some(subject) = self.identities.get(draft.cgroup).cloned() else { return Readiness::Waits };
        let image = &draft.process.image;
        if let (Deed::Exec, Subject::Container(container)) = (&draft.deed, &subject)
            && image.kind.get().is_none()
            && !image.head.is_empty()
        {
            let key = ProgramKey::of(image);
            match self.programs.lookup(&key) {
                programs::Lookup::Known(kind) => {
                    let _ = image.kind.set(kind);
                }
                programs::Lookup::Asked => return Readiness::Waits,
                programs::Lookup::Ask => {
                    self.wants.push(Want::Program(ProgramRequest {
                        key,
                        pid: draft.process.key.pid,
                        exe: image.exe.clone(),
                        init_pid: container.init_pid,
                        rootfs: container.rootfs.clone(),
                    }));
                    return Readiness::Waits;
                }
            }
        }
        Readiness::Ready(subject)
    }

    /// Asks who the cgroup is, when nothing is known of it.
    fn ask(&mut self, record: &Record<'_>, cgroup: u64) {
        if cgroup == ROOT_CGROUP {
            if self.identities.get(cgroup).is_none() {
                let host = Host { unit: None, cgroup_path: "/".into() };
                self.identities.learn(cgroup, Subject::Host(Arc::new(host)), false, self.now_ns);
            }
            return;
        }
        if self.identities.lookup(cgroup, self.now_ns).ask {
            let path = (!record.cgroup_path.is_empty()).then(|| decode::path(record.cgroup_path, true));
            self.wants.push(Want::Identity(Request { cgroup, path }));
        }
    }

    fn program(&mut self, key: ProgramKey, kind: ProgramKind) {
        // Those that wait for it: at the front of some queues, if anywhere.
        let waiting: Vec<u64> = self
            .parked
            .iter()
            .filter(|(_, drafts)| drafts.front().is_some_and(|d| ProgramKey::of(&d.process.image) == key))
            .map(|(cgroup, _)| *cgroup)
            .collect();
        let kind = self.programs.learn(key, kind);
        for cgroup in &waiting {
            if let Some(draft) = self.parked.get(cgroup).and_then(|drafts| drafts.front()) {
                let _ = draft.process.image.kind.set(kind);
            }
        }
        for cgroup in waiting {
            self.release(cgroup);
        }
    }

    /// Lets the drafts of a cgroup go on that have all they need, in their order.
    fn release(&mut self, cgroup: u64) {
        let Some(mut drafts) = self.parked.remove(&cgroup) else { return };
        while let Some(draft) = drafts.pop_front() {
            match self.readiness(&draft) {
                Readiness::Ready(subject) => {
                    self.stages.parked -= 1;
                    self.finish(draft, subject);
                }
                Readiness::Waits => {
                    drafts.push_front(draft);
                    self.parked.insert(cgroup, drafts);
                    return;
                }
            }
        }
    }

    /// Goes on without what hasn't come, and says so.
    fn finish_early(&mut self, draft: Draft, reason: &'static str) {
        self.stages.unparked_early += 1;
        let image = &draft.process.image;
        if !image.head.is_empty() {
            let _ = image.kind.set(ProgramKind::Unidentified(reason));
        }
        let subject = self.identities.get(draft.cgroup).cloned().unwrap_or_else(|| {
            Subject::Unknown(Arc::new(Unknown { cgroup_path: BString::default(), reason: reason.to_owned() }))
        });
        self.finish(draft, subject);
    }

    /// A process in namespaces of its own, in a cgroup that nobody can tell of any more, was in a container all the same:
    /// one of which no more is known than that.
    fn contained(&mut self, draft: &Draft, subject: Subject) -> Subject {
        let (own, nodes) = (draft.namespaces, self.node.namespaces);
        let Subject::Unknown(unknown) = &subject else { return subject };
        if [own.mnt, own.pid, nodes.mnt, nodes.pid].contains(&0)
            || own.mnt == nodes.mnt
            || own.pid == nodes.pid
        {
            return subject;
        }
        let container = Subject::Container(Arc::new(build::unidentified(draft.cgroup, unknown)));
        self.identities.learn(draft.cgroup, container.clone(), true, self.now_ns);
        container
    }

    fn finish(&mut self, draft: Draft, subject: Subject) {
        let subject = self.contained(&draft, subject);
        let mut process = draft.process;
        // What was found once holds for as long as the process stays on its side of a container's border.
        let in_container = subject.container().is_some();
        let mut deed = draft.deed;
        if let (Deed::Open(open), Some(container)) = (&mut deed, subject.container()) {
            open.on_secret_mount = build::is_on_secret_mount(open, container);
        }
        if process.origin == Origin::Unknown || (process.origin == Origin::Host) == in_container {
            let origin = origin::of(&self.node, &self.processes, &self.identities, &process, &subject);
            if origin != Origin::Unknown {
                process = Arc::new(Process { origin, ..(*process).clone() });
                // Its children ask for it; but it may have gone on to another program since.
                if self.processes.get(process.key).is_some_and(|p| Arc::ptr_eq(&p.image, &process.image)) {
                    self.processes.insert(Arc::clone(&process));
                }
            }
        }
        self.stages.events += 1;
        let actor = Actor {
            process,
            credentials: draft.credentials,
            tid: draft.tid,
            comm: draft.comm,
            namespaces: draft.namespaces,
            subject,
        };
        self.publish(draft.boot_ns, Some(actor), deed);
    }

    fn publish(&mut self, boot_ns: u64, actor: Option<Actor>, deed: Deed) {
        self.event_seq += 1;
        self.stages.published += 1;
        let unix_ns = boot_ns.saturating_add_signed(self.clock);
        let event = Arc::new(Event { seq: self.event_seq, boot_ns, unix_ns, actor, deed });
        self.bus.publish_event(&event);
        let processes = &self.processes;
        let ancestors = || event.actor.as_ref().map(|a| processes.ancestors(&a.process)).unwrap_or_default();
        for finding in self.detector.inspect(&event, &ancestors) {
            self.publish_finding(finding);
        }
    }

    fn publish_finding(&mut self, finding: Finding) {
        self.stages.findings += 1;
        if finding.count == 1 {
            self.stages.findings_new += 1;
        }
        self.bus.publish_finding(&Arc::new(finding));
    }

    /// Tells of repeats that were only counted so far.
    fn publish_due(&mut self, unix_ns: u64) {
        for finding in self.detector.due(unix_ns) {
            self.publish_finding(finding);
        }
    }

    fn counters(&mut self, counters: &[Counters; hook::COUNT]) {
        for (i, counters) in counters.iter().enumerate() {
            let lost = counters.dropped.saturating_sub(self.dropped[i]);
            if lost > 0 {
                self.dropped[i] = counters.dropped;
                self.loss(Loss { stage: "kernel", hook: hook::NAMES[i], lost, total: counters.dropped });
            }
        }
        let lost = self.stages.undecodable - self.undecodable_told;
        if lost > 0 {
            self.undecodable_told = self.stages.undecodable;
            self.loss(Loss { stage: "decode", hook: "", lost, total: self.stages.undecodable });
        }
    }

    fn loss(&mut self, loss: Loss) {
        self.stages.losses += 1;
        self.publish(self.now_ns, None, Deed::Loss(loss));
    }

    fn tick(&mut self, now_ns: u64) {
        self.now_ns = self.now_ns.max(now_ns);
        self.processes.expire(self.now_ns);
        self.publish_due(self.now_ns.saturating_add_signed(self.clock));
        let gone = self.identities.prune();
        if !gone.is_empty() {
            self.wants.push(Want::Forget(gone));
        }
        let late = |d: &Draft| self.now_ns.saturating_sub(d.parked_ns) > PATIENCE_NS;
        let overdue: Vec<u64> = self
            .parked
            .iter()
            .filter(|(_, d)| d.front().is_some_and(late))
            .map(|(cgroup, _)| *cgroup)
            .collect();
        for cgroup in overdue {
            let Some(mut drafts) = self.parked.remove(&cgroup) else { continue };
            while let Some(draft) = drafts.pop_front() {
                if self.now_ns.saturating_sub(draft.parked_ns) <= PATIENCE_NS {
                    drafts.push_front(draft);
                    break;
                }
                self.stages.parked -= 1;
                self.finish_early(draft, "no answer came in time");
            }
            if !drafts.is_empty() {
                self.parked.insert(cgroup, drafts);
                self.release(cgroup);
            }
        }
    }
}

#[cfg(test)]
#[path = "pipeline_tests.rs"]
mod tests;
