//! The demonstration: a throw-away container does the four violations and their innocent twins, and what the agent says
//! about it over gRPC has to be exactly that.

mod container;
mod deeds;
mod verdict;

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

pub(crate) use self::container::Container;
pub(crate) use self::deeds::USER;
use self::verdict::Seen;
use crate::agent::Agent;
use crate::process::{Note, Notes, Process};
use crate::setup::busybox;
use crate::shell::say;
use crate::workspace::Workspace;

/// How long it may take from the last deed until all has come back.
const BACK_WITHIN: Duration = Duration::from_secs(10);
/// How long the subscription may take to stand.
const SUBSCRIBED_WITHIN: Duration = Duration::from_secs(10);

/// What becomes of the agent after the deeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// It goes on.
    GoOn,
    /// It is asked to end, and sends out what it still has: the only proof that nothing more was to come.
    End,
}

/// The container's name: nobody else's, so that several can run at once.
pub(crate) fn name() -> String {
    format!("lunette-demo-{}", std::process::id())
}

/// The configuration's `egress` that lets the container connect to one address alone, and says nothing about others.
pub(crate) fn egress() -> Value {
    let allow =
        json!({ "cidr": format!("{}/32", deeds::DECLARED), "ports": [deeds::PORT], "protocol": "tcp" });
    json!({ "lists": [{ "name": "demonstration", "containers": [name()], "allow": [allow] }] })
}

/// Does the deeds and reads what comes back. True when that is exactly what had to.
pub(crate) fn run(workspace: &Workspace, agent: &Agent, notes: &Notes, then: Then) -> Result<bool> {
    let busybox =
        busybox::find(workspace).context("there is no static busybox: run `cargo xtask setup` as root")?;
    let name = name();
    say(&format!(
        "demonstration: container {name} does four things that it shouldn't, and their innocent twins"
    ));
    let mut watch = agent.watch();
    watch.args(["--json", "--container", &name]).stdout(Stdio::piped());
    let watch = Process::spawn("subscriber", &mut watch, notes)?;
    until_subscribed(notes)?;

    let mut seen = Seen::default();
    do_deeds(&name, &busybox, &workspace.target)?;
    read(notes, &mut seen, Until::Complete)?;
    if then == Then::End {
        agent.terminate();
        read(notes, &mut seen, Until::Closed)?;
    }
    drop(watch);

    let (table, faults) = seen.judge();
    print!("\n{table}\n");
    for fault in &faults {
        eprintln!("demonstration: {fault}");
    }
    Ok(faults.is_empty())
}

/// The container alone, without anybody watching: for trying the deeds themselves.
pub(crate) fn container_alone(workspace: &Workspace) -> Result<()> {
    let busybox =
        busybox::find(workspace).context("there is no static busybox: run `cargo xtask setup` as root")?;
    do_deeds(&name(), &busybox, &workspace.target)
}

fn do_deeds(name: &str, busybox: &Path, place: &Path) -> Result<()> {
    let container = Container::start(name, busybox, place)?;
    for deed in deeds::DEEDS.iter().chain([&deeds::END]) {
        container.run(deed)?;
    }
    Ok(())
}

fn until_subscribed(notes: &Notes) -> Result<()> {
    let deadline = Instant::now() + SUBSCRIBED_WITHIN;
    loop {
        match notes.next(deadline)? {
            Some(Note::Line(line)) if line.starts_with("{\"hello\"") => return Ok(()),
            Some(Note::LinesEnded) => {
                bail!("`lunette watch` ended before it was subscribed; what it said stands above")
            }
            Some(Note::Ended("agent", status)) => bail!("the agent ended ({status})"),
            Some(_) => {}
            None => bail!("`lunette watch` wasn't subscribed within {} s", SUBSCRIBED_WITHIN.as_secs()),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    /// All that has to come has.
    Complete,
    /// The subscriber's output has ended.
    Closed,
}

/// Takes in what the subscriber gets. When the time is over it is over: the verdict says what is missing.
fn read(notes: &Notes, seen: &mut Seen, until: Until) -> Result<()> {
    let deadline = Instant::now() + BACK_WITHIN;
    while until == Until::Closed || !(seen.end && seen.is_complete()) {
        match notes.next(deadline)? {
            Some(Note::Line(line)) => seen.take(&line),
            Some(Note::LinesEnded) | None => break,
            Some(Note::Ended("agent", status)) if until == Until::Complete => {
                bail!("the agent ended ({status})")
            }
            Some(_) => {}
        }
    }
    Ok(())
}
