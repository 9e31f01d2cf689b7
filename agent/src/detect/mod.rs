//! Events in, findings out: what should not have happened in a container.
//!
//! Pure: the time is the event's, nothing is read or asked for, memory is bounded. One file a rule; `rules.yaml` has
//! their descriptions and tags.

mod capability;
mod catalogue;
mod destinations;
mod egress;
pub mod program;
mod repeats;
mod root;
mod secret;
mod secret_files;
mod select;
mod shell;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text;

use std::cell::OnceCell;
use std::net::IpAddr;
use std::sync::Arc;

use bstr::BString;

pub use catalogue::{RuleId, RuleInfo, markdown};
pub use secret_files::{SecretFilter, secret_filter};

use crate::config::{Config, Exception, Rule};
use crate::event::{
    Actor, Container, Deed, Event, Finding, MAX_ANCESTORS, Namespaces, Origin, Process, Severity,
};
use crate::status::Table;
use repeats::{Key, Repeats};

/// What a rule did in this run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleCounters {
    /// Findings, repeats included.
    pub findings: u64,
    /// Of those, the ones with a count of 1.
    pub new: u64,
    /// Times that an exception kept it quiet.
    pub suppressed: u64,
}

/// A rule's part of the configuration.
struct Switch {
    enabled: bool,
    severity: Option<Severity>,
    exceptions: Vec<Exception>,
}

impl<K> From<&Rule<K>> for Switch {
    fn from(rule: &Rule<K>) -> Self {
        Self { enabled: rule.enabled, severity: rule.severity, exceptions: rule.exceptions.clone() }
    }
}

/// What a rule looks at.
struct Scene<'a> {
    actor: &'a Actor,
    container: &'a Arc<Container>,
    /// Parent first; asked for at most once an event.
    ancestors: &'a dyn Fn() -> &'a [Arc<Process>],
}

/// What a rule has found.
struct Hit {
    severity: Severity,
    why: String,
    /// Has rule and container in it already.
    key: Key,
    /// For exceptions: the file as `why` shows it, or the far end.
    path: Option<BString>,
    destination: Option<(IpAddr, u16)>,
}

/// Turns events into findings.
pub struct Detector {
    host: Namespaces,
    /// By [`RuleId`].
    switches: [Switch; RuleId::ALL.len()],
    counters: [RuleCounters; RuleId::ALL.len()],
    egress: egress::Egress,
    secrets: secret_files::SecretFiles,
    repeats: Repeats,
    /// Of the last finding.
    seq: u64,
}

impl Detector {
    /// `host`: the node's own namespaces (`/proc/1/ns/*`), for telling a container's from them.
    pub fn new(config: &Config, host: Namespaces) -> Self {
        let rules = &config.rules;
        Self {
            host,
            switches: [
                (&rules.shell_in_container).into(),
                (&rules.root_process).into(),
                (&rules.undeclared_egress).into(),
                (&rules.secret_read).into(),
            ],
            counters: Default::default(),
            egress: egress::Egress::new(&config.egress, host),
            secrets: secret_files::SecretFiles::new(&config.secrets),
            repeats: Repeats::new(),
            seq: 0,
        }
    }

    /// The findings that an event gives rise to, most often none.
    ///
    /// `ancestors` is called at most once, and only when a rule fires; it gives the actor's parent first, at most
    /// [`MAX_ANCESTORS`]. Nothing is allocated unless a rule fires (or a container's first connection is judged).
    pub fn inspect(&mut self, event: &Arc<Event>, ancestors: &dyn Fn() -> Vec<Arc<Process>>) -> Vec<Finding> {
        let Some(actor) = &event.actor else { return Vec::new() };
        let Some(container) = actor.subject.container() else { return Vec::new() };
        let line = OnceCell::new();
        let once = || {
            let line = line.get_or_init(|| {
                let mut line = ancestors();
                line.truncate(MAX_ANCESTORS);
                line
            });
            line.as_slice()
        };
        let scene = Scene { actor, container, ancestors: &once };
        let mut findings = Vec::new();
        match &event.deed {
            Deed::Exec if actor.process.origin != Origin::Runtime => {
                if self.enabled(RuleId::Shell) {
                    let hit = shell::check(&scene);
                    self.conclude(RuleId::Shell, hit, event, &scene, &mut findings);
                }
                if self.enabled(RuleId::Root) {
                    let hit = root::check(&scene, self.host);
                    self.conclude(RuleId::Root, hit, event, &scene, &mut findings);
                }
            }
            Deed::Connect(connect) if self.enabled(RuleId::Egress) => {
                let deed = egress::Attempt::connect(connect);
                let hit = self.egress.check(&scene, &deed);
                self.conclude(RuleId::Egress, hit, event, &scene, &mut findings);
            }
            Deed::Send(send) if self.enabled(RuleId::Egress) => {
                let deed = egress::Attempt::send(send);
                let hit = self.egress.check(&scene, &deed);
                self.conclude(RuleId::Egress, hit, event, &scene, &mut findings);
            }
            Deed::Open(open) if self.enabled(RuleId::Secret) && actor.process.origin != Origin::Runtime => {
                let hit = secret::check(&scene, open, &self.secrets);
                self.conclude(RuleId::Secret, hit, event, &scene, &mut findings);
            }
            _ => {}
        }
        findings
    }

    fn enabled(&self, rule: RuleId) -> bool {
        self.switches[rule as usize].enabled
    }

    fn conclude(
        &mut self,
        rule: RuleId,
        hit: Option<Hit>,
        event: &Arc<Event>,
        scene: &Scene<'_>,
        findings: &mut Vec<Finding>,
    ) {
        let Some(hit) = hit else { return };
        let switch = &self.switches[rule as usize];
        let counters = &mut self.counters[rule as usize];
        let facts = select::Facts {
            container: scene.container,
            image: &scene.actor.process.image,
            path: hit.path.as_ref().map(|path| path.as_slice()),
            destination: hit.destination,
            unix_ns: event.unix_ns,
        };
        if select::covering(&switch.exceptions, &facts).is_some() {
            counters.suppressed += 1;
            return;
        }
        let repeat = self.repeats.count(hit.key, event.unix_ns);
        counters.findings += 1;
        counters.new += u64::from(repeat.count == 1);
        let info = rule.info();
        let key = repeat.key();
        let finding = Finding {
            seq: 0,
            id: repeat.id,
            rule: rule.name(),
            title: &info.title,
            severity: switch.severity.unwrap_or(hit.severity),
            why: hit.why,
            count: repeat.count,
            first_unix_ns: repeat.first_unix_ns,
            last_unix_ns: event.unix_ns,
            tags: Arc::clone(&info.tags),
            event: Arc::clone(event),
            ancestors: (scene.ancestors)().to_vec(),
        };
        findings.extend(self.repeats.tell(&key, finding).map(|finding| self.numbered(finding)));
    }

    /// Repeats that were only counted, and that it is time to tell of at `unix_ns`: to be asked for every second or so, and
    /// at the end with `u64::MAX`.
    pub fn due(&mut self, unix_ns: u64) -> Vec<Finding> {
        self.repeats.due(unix_ns).into_iter().map(|finding| self.numbered(finding)).collect()
    }

    fn numbered(&mut self, finding: Finding) -> Finding {
        self.seq += 1;
        Finding { seq: self.seq, ..finding }
    }

    /// How full the memory for repeats is.
    pub fn table(&self) -> Table {
        self.repeats.table()
    }

    /// What each rule did in this run.
    pub fn counters(&self) -> impl Iterator<Item = (RuleId, RuleCounters)> {
        RuleId::ALL.into_iter().zip(self.counters)
    }
}
