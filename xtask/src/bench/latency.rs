//! How long it takes from a deed until a subscriber has its finding.

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use rustix::time::{ClockId, clock_gettime};
use serde_json::Value;

use super::Bench;
use crate::agent::Agent;
use crate::demo;
use crate::shell;

/// How long one finding may take.
const WITHIN: Duration = Duration::from_secs(5);

/// Executes `sh` in the container, again and again, and gives the milliseconds from each of these, as the kernel has its
/// time, until its finding is with `lunette watch`'s reader.
pub(super) fn run(bench: &Bench<'_>, agent: &Agent) -> Result<Vec<f64>> {
    let subscriber = Subscriber::start(agent)?;
    let mut latencies = Vec::new();
    for number in 0..bench.options.shells {
        // Each another finding: repeats may be told later.
        let script = format!(": {number}");
        shell::output(bench.container.exec(demo::USER).args(["sh", "-c", &script]))?;
        let (finding, came) = subscriber.next()?;
        let deed = finding["finding"]["event"]["boot_ns"].as_str().and_then(|ns| ns.parse::<u64>().ok());
        let deed = deed.context("a finding doesn't say when it happened")?;
        latencies.push((came as f64 - deed as f64) / 1e6);
        bench.notes.pending()?;
    }
    Ok(latencies)
}

/// `lunette watch`, and when each of its lines came, in nanoseconds of `CLOCK_BOOTTIME`.
struct Subscriber {
    child: Child,
    lines: Receiver<(Value, u64)>,
}

impl Subscriber {
    /// When it returns, the subscription stands.
    fn start(agent: &Agent) -> Result<Self> {
        let mut watch = agent.watch();
        watch.args(["--json", "--findings", "--rule", "shell-in-container"]);
        let mut child =
            watch.stdout(Stdio::piped()).process_group(0).spawn().context("cannot start the subscriber")?;
        let (sender, lines) = mpsc::channel();
        if let Some(output) = child.stdout.take() {
            thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    let now = clock_gettime(ClockId::Boottime);
                    let now = now.tv_sec as u64 * 1_000_000_000 + now.tv_nsec as u64;
                    if sender.send((serde_json::from_str(&line).unwrap_or_default(), now)).is_err() {
                        return;
                    }
                }
            });
        }
        let subscriber = Self { child, lines };
        // The first says hello.
        subscriber.next()?;
        Ok(subscriber)
    }

    fn next(&self) -> Result<(Value, u64)> {
        self.lines.recv_timeout(WITHIN).with_context(|| {
            format!("nothing came to the subscriber within {} s; what it said stands above", WITHIN.as_secs())
        })
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        // Fails only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
