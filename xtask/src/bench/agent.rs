//! One agent looked at more closely: its programs' time, its own, its memory, and what it lost.

use std::collections::BTreeMap;
use std::fs;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::load::{IN_CONTAINER, ON_NODE, Spent, measured};
use super::rounds::IN_A_CONTAINER;
use super::{Bench, latency};
use crate::agent::Agent;
use crate::shell::{self, say};

/// After a load, the agent may take this long to come to rest.
const REST: Duration = Duration::from_millis(100);
/// How long it is watched doing nothing.
const IDLE: Duration = Duration::from_secs(2);

/// What was found.
#[derive(Debug)]
pub(super) struct Figures {
    /// What each program did, by deed and then by program.
    pub(super) programs: BTreeMap<String, (u64, BTreeMap<String, Spent>)>,
    /// The agent's own processor time for one deed, nanoseconds.
    pub(super) cpu_ns: BTreeMap<String, f64>,
    /// The same with nothing to do, as a part of one CPU.
    pub(super) idle: f64,
    /// Kilobytes: now, and at the most.
    pub(super) rss: u64,
    pub(super) rss_most: u64,
    /// From its start to ready, as it says itself.
    pub(super) ready: Duration,
    pub(super) records: u64,
    pub(super) lost: u64,
    /// Milliseconds from each deed to its finding at a subscriber.
    pub(super) latencies: Vec<f64>,
}

/// Starts an agent that says nothing and listens to nobody but us.
pub(super) fn start(bench: &Bench<'_>) -> Result<Agent> {
    Agent::start(&bench.agent, &json!({}), &[], bench.notes)
}

/// Ends it, and forgets that it was there: the next one's end is another.
pub(super) fn end(bench: &Bench<'_>, agent: Agent) -> Result<()> {
    drop(agent);
    bench.notes.pending()
}

pub(super) fn run(bench: &Bench<'_>) -> Result<Figures> {
    let ms = bench.options.ms * 4;
    say("one agent, looked at more closely: its own processor time");
    let agent = start(bench)?;
    let pid = agent.pid();
    let mut cpu_ns = BTreeMap::new();
    let before = processor_time(pid)?;
    thread::sleep(IDLE);
    let idle = (processor_time(pid)? - before) as f64 / IDLE.as_nanos() as f64;
    for deed in ON_NODE {
        let before = processor_time(pid)?;
        let taken = measured(bench.load.on_node(&[deed], ms))?;
        thread::sleep(REST);
        let spent = processor_time(pid)? - before;
        let deeds = taken.get(deed).context("the load measured something else")?.deeds;
        cpu_ns.insert(deed.to_owned(), spent as f64 / deeds as f64);
        bench.notes.pending()?;
    }
    let status = status(&agent)?;
    let (rss, rss_most) = memory(pid)?;

    say("its programs' time");
    let mut programs = BTreeMap::new();
    let on_node = ON_NODE.map(|deed| (deed.to_owned(), bench.load.on_node(&[deed], ms)));
    let inside = IN_CONTAINER.map(|deed| {
        (format!("{deed}{IN_A_CONTAINER}"), bench.load.in_container(&bench.container, &[deed], ms))
    });
    for (deed, command) in on_node.into_iter().chain(inside) {
        let (taken, spent) = bench.load.spent(pid, &command)?;
        programs.insert(deed, (taken.deeds, spent));
        bench.notes.pending()?;
    }

    say(&format!("{} shells in a container, and how long their findings take", bench.options.shells));
    let latencies = latency::run(bench, &agent)?;
    end(bench, agent)?;
    let number = |value: &Value| value.as_str().and_then(|text| text.parse::<u64>().ok()).unwrap_or_default();
    let sum = |list: &Value, field: &str| -> u64 {
        list.as_array().into_iter().flatten().map(|entry| number(&entry[field])).sum()
    };
    Ok(Figures {
        programs,
        cpu_ns,
        idle,
        rss,
        rss_most,
        ready: Duration::from_nanos(number(&status["ready_after_ns"])),
        records: sum(&status["rings"], "records"),
        lost: sum(&status["hooks"], "dropped"),
        latencies,
    })
}

fn status(agent: &Agent) -> Result<Value> {
    let status = shell::output(agent.status().arg("--json"))?;
    serde_json::from_str(&status).context("`lunette status` printed something other than JSON")
}

/// Nanoseconds that the threads of a process have run (`/proc/PID/task/TID/schedstat`).
fn processor_time(pid: u32) -> Result<u64> {
    let directory = format!("/proc/{pid}/task");
    let mut sum = 0;
    for entry in fs::read_dir(&directory).with_context(|| format!("cannot read {directory}"))? {
        // A thread may have ended in the meantime.
        let text = fs::read_to_string(entry?.path().join("schedstat")).unwrap_or_default();
        sum += text.split_whitespace().next().and_then(|ns| ns.parse::<u64>().ok()).unwrap_or_default();
    }
    Ok(sum)
}

/// Resident memory now and at the most, in kilobytes.
fn memory(pid: u32) -> Result<(u64, u64)> {
    let path = format!("/proc/{pid}/status");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().trim_end_matches(" kB").parse().ok()
    };
    Ok((field("VmRSS:").unwrap_or_default(), field("VmHWM:").unwrap_or_default()))
}
