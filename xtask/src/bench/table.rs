//! The figures as a page, with the bounds that they have to keep.

use std::fmt::Write as _;
use std::fs;
use std::thread;

use anyhow::{Context, Result, bail};

use super::Options;
use super::agent::Figures;
use super::load::Spent;
use super::rounds::{Deed, IN_A_CONTAINER, Rounds, median, quantile};
use crate::workspace::Workspace;

const PAGE: &str = "docs/performance.md";
/// Between these the page has what `--write` writes.
const BEGIN: &str = "<!-- cargo xtask bench: begin -->\n";
const END: &str = "<!-- cargo xtask bench: end -->\n";

/// A bound, and the one that is the aim later.
struct Bound {
    now: f64,
    later: f64,
}

const OPEN: Bound = Bound { now: 4.0, later: 2.0 };
const EXEC: Bound = Bound { now: 0.10, later: 0.05 };
const CONNECT: Bound = Bound { now: 0.14, later: 0.07 };
const RSS_MB: Bound = Bound { now: 40.0, later: 30.0 };
const READY_S: f64 = 1.0;
const LATENCY_MS: f64 = 100.0;

fn verdict(is: f64, bound: f64) -> &'static str {
    // What isn't a number keeps no bound.
    if is <= bound { "ok" } else { "**over**" }
}

/// Writing to a string doesn't fail, so what `write!` returns is of no interest here.
pub(super) fn render(rounds: &Rounds, agent: &Figures, options: &Options) -> String {
    let mut page = String::new();
    let _ = writeln!(
        page,
        "`{}` on {}. {} rounds of {} ms a deed and block.\n",
        command(options),
        machine(),
        options.rounds,
        options.ms
    );
    deeds(&mut page, rounds);
    own(&mut page, rounds, agent);
    programs(&mut page, agent);
    page
}

fn deeds(page: &mut String, rounds: &Rounds) {
    let _ = writeln!(
        page,
        "| deed | nothing attached | the floor adds | the agent adds | of the floor | bound (later) | |"
    );
    let _ = writeln!(page, "| --- | --- | --- | --- | --- | --- | --- |");
    for (name, deed) in &rounds.deeds {
        let (floor, agent) = (deed.floor_adds(), deed.agent_adds());
        let (bound, verdict) = bound(name, deed);
        let _ = writeln!(
            page,
            "| {} | {} | {:+.1} % | {:+.1} % | {:.1} × | {bound} | {verdict} |",
            describe(name),
            time(deed.nothing()),
            floor * 100.0,
            agent * 100.0,
            agent / floor,
        );
    }
    page.push('\n');
}

fn bound(name: &str, deed: &Deed) -> (String, &'static str) {
    let agent = deed.agent_adds();
    let percent = |bound: &Bound| {
        (format!("{:+.0} % ({:+.0} %)", bound.now * 100.0, bound.later * 100.0), verdict(agent, bound.now))
    };
    match name.trim_end_matches(IN_A_CONTAINER) {
        "exec" => percent(&EXEC),
        "connect4" | "connect6" => percent(&CONNECT),
        "open" => {
            let times = agent / deed.floor_adds();
            (format!("{} × ({} ×)", OPEN.now, OPEN.later), verdict(times, OPEN.now))
        }
        _ => ("none".to_owned(), ""),
    }
}

/// A deed's name for people.
fn describe(name: &str) -> String {
    let (deed, place) = match name.strip_suffix(IN_A_CONTAINER) {
        Some(deed) => (deed, IN_A_CONTAINER),
        None => (name, ""),
    };
    let deed = match deed {
        "exec" => "exec of a program that does nothing (posix_spawn, wait)",
        "smallest" => "exec of the smallest program there is (129 bytes, no C library)",
        "open" => "open and close of a file that nobody watches",
        "connect4" => "refused TCP connect over IPv4 (socket, connect, close)",
        "connect6" => "refused TCP connect over IPv6 (socket, connect, close)",
        "send" => "UDP datagram, one of many to the same destination",
        other => other,
    };
    format!("{deed}{place}")
}

fn own(page: &mut String, rounds: &Rounds, agent: &Figures) {
    let ready: Vec<f64> = rounds.ready.iter().map(|ready| ready.as_secs_f64()).collect();
    let ready = median(ready);
    let latency = median(agent.latencies.clone());
    let slow = quantile(agent.latencies.clone(), 0.99);
    let rss = agent.rss as f64 / 1024.0;
    let _ = writeln!(page, "| the agent's own | | bound (later) | |");
    let _ = writeln!(page, "| --- | --- | --- | --- |");
    let mut line = |what: &str, value: String, bound: String, verdict: &str| {
        let _ = writeln!(page, "| {what} | {value} | {bound} | {verdict} |");
    };
    line(
        "resident memory after the load, and at the most",
        format!("{rss:.1} MB, {:.1} MB", agent.rss_most as f64 / 1024.0),
        format!("{} MB ({} MB)", RSS_MB.now, RSS_MB.later),
        verdict(rss, RSS_MB.now),
    );
    line(
        "from start to ready, as seen from outside and as it says itself",
        format!("{:.0} ms, {:.0} ms", ready * 1e3, agent.ready.as_secs_f64() * 1e3),
        format!("{:.0} ms", READY_S * 1e3),
        verdict(ready, READY_S),
    );
    line(
        &format!(
            "from a shell's exec to its finding at a subscriber, median and 99th percentile of {}",
            agent.latencies.len()
        ),
        format!("{latency:.1} ms, {slow:.1} ms"),
        format!("{LATENCY_MS} ms"),
        verdict(latency, LATENCY_MS),
    );
    line("records lost, of all", format!("{} of {}", agent.lost, agent.records), "none".to_owned(), "");
    line(
        "processor time with nothing to do",
        format!("{:.2} % of a CPU", agent.idle * 100.0),
        "none".to_owned(),
        "",
    );
    for (deed, ns) in &agent.cpu_ns {
        let records = match deed.as_str() {
            "exec" | "smallest" => " (3 events: fork, exec, exit)",
            "connect4" | "connect6" => " (2 events: connect, outcome)",
            "open" => " (no event)",
            _ => " (an event a second)",
        };
        line(&format!("processor time for one `{deed}`{records}"), time(*ns), "none".to_owned(), "");
    }
    page.push('\n');
}

fn programs(page: &mut String, agent: &Figures) {
    let _ = writeln!(page, "Kernel programs, with the kernel taking their time (which costs some itself):\n");
    let _ = writeln!(page, "| deed | program: runs a deed × time a run |");
    let _ = writeln!(page, "| --- | --- |");
    for (deed, (deeds, programs)) in &agent.programs {
        let per_deed = |spent: &Spent| spent.runs as f64 / *deeds as f64;
        let programs: Vec<String> = programs
            .iter()
            // Less is what else went on in the meantime.
            .filter(|(_, spent)| per_deed(spent) >= 0.1)
            .map(|(name, spent)| {
                format!("`{name}`: {:.1} × {}", per_deed(spent), time(spent.ns as f64 / spent.runs as f64))
            })
            .collect();
        let _ = writeln!(page, "| {deed} | {} |", programs.join(", "));
    }
}

fn time(ns: f64) -> String {
    match ns {
        ..1e3 => format!("{ns:.0} ns"),
        ..1e6 => format!("{:.2} µs", ns / 1e3),
        _ => format!("{:.2} ms", ns / 1e6),
    }
}

/// As it would have to be typed for the same figures.
fn command(options: &Options) -> String {
    format!("cargo xtask bench --rounds {} --ms {} --shells {}", options.rounds, options.ms, options.shells)
}

fn machine() -> String {
    let cpuinfo = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("an unnamed CPU", |(_, model)| model.trim());
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let cpus = thread::available_parallelism().map_or(0, std::num::NonZero::get);
    format!("{model}, {cpus} CPUs, Linux {}", kernel.trim())
}

/// Puts the table into its page.
pub(super) fn write(workspace: &Workspace, table: &str) -> Result<()> {
    let path = workspace.root.join(PAGE);
    let page = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let Some(page) = put_into(&page, table) else {
        bail!("{} has lost its two marks: put {} and {} back", path.display(), BEGIN.trim(), END.trim());
    };
    fs::write(&path, page).with_context(|| format!("cannot write {}", path.display()))
}

fn put_into(page: &str, table: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{table}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_keeps_what_is_around_the_table() {
        let page = format!("above\n{BEGIN}old\n{END}below\n");
        let new = put_into(&page, "new\n").unwrap();
        assert_eq!(new, format!("above\n{BEGIN}\nnew\n\n{END}below\n"));
        assert_eq!(put_into(&new, "new\n").unwrap(), new);
        assert_eq!(put_into("no marks", "new\n"), None);
    }

    #[test]
    fn the_page_in_this_checkout_has_its_marks() {
        let page = include_str!("../../../docs/performance.md");
        assert!(put_into(page, "").is_some());
    }

    #[test]
    fn nothing_measured_keeps_no_bound() {
        assert_eq!(verdict(f64::NAN, 1.0), "**over**");
        assert_eq!(verdict(1.0, 1.0), "ok");
    }
}
