//! `lunette status`: what a running agent knows about itself.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};

use anyhow::{Context, Result};
use clap::Args;
use lunette_proto::lunette::v1 as pb;
use lunette_proto::lunette::v1::check::State;

use super::client::{self, Address};
use super::format::{BAD, BOLD, Colours, DIM, GOOD, WARN, duration, table, visible};
use crate::export::json;

/// Show what the agent sees with, what came through, and what it can't see.
#[derive(Args, Clone, Debug)]
pub struct StatusArgs {
    /// The agent's unix socket, or http://HOST:PORT
    #[arg(long, visible_alias = "socket", default_value_t)]
    address: Address,
    /// JSON (lunette.v1.Status); the default where output is no terminal
    #[arg(long)]
    json: bool,
    /// Tables to read, also where output is no terminal
    #[arg(long, conflicts_with = "json")]
    text: bool,
}

pub async fn run(args: StatusArgs) -> Result<()> {
    let mut client = client::connect(&args.address).await?;
    let status = client
        .get_status(pb::GetStatusRequest {})
        .await
        .map_err(|status| anyhow::anyhow!("{}", visible(status.message())))?
        .into_inner();
    let is_terminal = io::stdout().is_terminal();
    let text = if args.json || (!is_terminal && !args.text) {
        json::page(&status)? + "\n"
    } else {
        render(&status, Colours::for_terminal(is_terminal))
    };
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("can't write the output")
        }
        _ => Ok(()),
    }
}

/// The status as a page for a terminal.
pub fn render(status: &pb::Status, colours: Colours) -> String {
    let mut page = Page { text: String::new(), colours };
    page.head(status);
    page.sensors(status);
    page.counters(status);
    page.surroundings(status);
    page.delivery(status);
    page.text
}

struct Page {
    text: String,
    colours: Colours,
}

/// A table's row.
fn row<const N: usize>(cells: [&dyn std::fmt::Display; N]) -> Vec<String> {
    cells.iter().map(|cell| visible(&cell.to_string()).into_owned()).collect()
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn title(&mut self, title: &str) {
        let title = self.colours.paint(BOLD, title);
        self.line("");
        self.line(&title);
    }

    fn table(&mut self, title: &str, rows: &[Vec<String>]) {
        if rows.len() > 1 {
            self.title(title);
            self.text.push_str(&table(rows));
        }
    }

    fn head(&mut self, status: &pb::Status) {
        let head = format!(
            "{}: lunette {}, Linux {}, pid {}",
            visible(&status.node),
            visible(&status.version),
            visible(&status.kernel),
            status.pid
        );
        let head = self.colours.paint(BOLD, &head);
        self.line(&head);
        let up = match (&status.started, &status.taken) {
            (Some(started), Some(taken)) => taken.seconds.saturating_sub(started.seconds).max(0),
            _ => 0,
        };
        let ready = if status.ready_after_ns == 0 {
            self.colours.paint(BAD, "not ready")
        } else {
            self.colours.paint(GOOD, &format!("ready after {}", duration(status.ready_after_ns)))
        };
        let up = format!("{}h {:02}m {:02}s", up / 3600, up / 60 % 60, up % 60);
        self.line(&format!("up {up}, {ready}"));
        let mut checks = Vec::new();
        for check in &status.self_check {
            let (text, style) = match check.state() {
                State::Seen => (format!("seen after {}", duration(check.took_ns)), GOOD),
                State::Waiting => ("waiting".to_owned(), WARN),
                State::Missing => ("didn't come back".to_owned(), BAD),
                State::Unattached => ("sensor not attached".to_owned(), BAD),
                State::Unspecified => ("?".to_owned(), DIM),
            };
            checks.push(format!("{} {}", visible(&check.name), self.colours.paint(style, &text)));
        }
        if !checks.is_empty() {
            self.line(&format!("self-check: {}", checks.join(", ")));
        }
    }

    fn sensors(&mut self, status: &pb::Status) {
        let mut rows = vec![row([&"sensor", &"backend", &"hook", &"missed", &"state"])];
        for it in &status.sensors {
            let state = if it.attached { "attached".to_owned() } else { format!("BLIND: {}", it.error) };
            let backend = if it.backend.is_empty() { "-" } else { &it.backend };
            rows.push(row([&it.name, &backend, &it.hook, &it.missed, &state]));
        }
        self.table("Sensors", &rows);
        self.title("Not seen");
        if status.blind.is_empty() {
            self.line("  nothing known");
        }
        for it in &status.blind {
            let what = self.colours.paint(WARN, &visible(&it.what));
            self.line(&format!("  {what}: {}", visible(&it.why)));
        }
    }

    fn counters(&mut self, status: &pb::Status) {
        let mut rows = vec![row([&"hook", &"seen", &"filtered", &"repeated", &"submitted", &"dropped"])];
        for it in &status.hooks {
            rows.push(row([&it.name, &it.seen, &it.filtered, &it.repeated, &it.submitted, &it.dropped]));
        }
        self.table("Kernel", &rows);
        let mut rows = vec![row([&"ring", &"records", &"bytes", &"size"])];
        for it in &status.rings {
            rows.push(row([&it.name, &it.records, &it.bytes, &it.size_bytes]));
        }
        self.table("Rings", &rows);
        if let Some(it) = &status.stages {
            self.title("Pipeline");
            let lines = [
                format!("read       {} = {} decoded + {} undecodable", it.read, it.decoded, it.undecodable),
                format!("decoded    {} = {} events + {} parked", it.decoded, it.events, it.parked),
                format!("published  {} = {} events + {} losses", it.published, it.events, it.losses),
                format!("findings   {}, {} of them new", it.findings, it.findings_new),
                format!("early      {} events with less identity than hoped", it.unparked_early),
            ];
            for line in lines {
                self.line(&format!("  {line}"));
            }
        }
    }

    fn surroundings(&mut self, status: &pb::Status) {
        let mut rows = vec![row([&"rule", &"fired", &"new", &"suppressed"])];
        for it in &status.rules {
            rows.push(row([&it.name, &it.findings, &it.new, &it.suppressed]));
        }
        self.table("Rules", &rows);
        let mut rows = vec![row([&"table", &"entries", &"capacity", &"evicted"])];
        for it in &status.tables {
            rows.push(row([&it.name, &it.entries, &it.capacity, &it.evicted]));
        }
        self.table("Tables", &rows);
        let mut rows = vec![row([&"source", &"endpoint", &"lookups", &"failures", &"state"])];
        for it in &status.sources {
            let state = if it.available { "answers".to_owned() } else { format!("no answer: {}", it.error) };
            rows.push(row([&it.name, &it.endpoint, &it.lookups, &it.failures, &state]));
        }
        self.table("Identity", &rows);
    }

    fn delivery(&mut self, status: &pb::Status) {
        let titles =
            row([&"subscriber", &"offered", &"filtered", &"dropped", &"delivered", &"waiting", &"abandoned"]);
        let mut rows = vec![titles];
        let mut add = |name: String, counts: Option<&pb::Counts>| {
            let it = counts.copied().unwrap_or_default();
            rows.push(row([
                &name,
                &it.offered,
                &it.filtered,
                &it.dropped,
                &it.delivered,
                &it.waiting,
                &it.abandoned,
            ]));
        };
        for it in &status.subscribers {
            add(format!("{} {}: events", it.name, it.id), it.events.as_ref());
            add(format!("{} {}: findings", it.name, it.id), it.findings.as_ref());
        }
        if let Some(it) = &status.delivery {
            add("all so far: events".to_owned(), it.events.as_ref());
            add("all so far: findings".to_owned(), it.findings.as_ref());
        }
        self.table("Delivery", &rows);
        if let Some(it) = &status.findings_file {
            self.title("Findings file");
            let mut line = format!(
                "  {}: {} written, {} lost, {} errors, {} bytes, put aside {} times",
                visible(&it.path),
                it.written,
                it.lost,
                it.errors,
                it.bytes,
                it.rotations
            );
            if !it.error.is_empty() {
                let error = format!("; can't be written now: {}", visible(&it.error));
                let _ = write!(line, "{}", self.colours.paint(BAD, &error));
            }
            self.line(&line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_is_wrong() {
        let status = pb::Status {
            node: "node\u{1b}[2J".into(),
            sensors: vec![pb::Sensor { name: "open".into(), error: "no BTF".into(), ..Default::default() }],
            hooks: vec![pb::Hook { name: "exec".into(), seen: 12, submitted: 12, ..Default::default() }],
            self_check: vec![pb::Check {
                name: "exec".into(),
                state: State::Missing.into(),
                ..Default::default()
            }],
            blind: vec![pb::Blind { what: "opens through io_uring".into(), why: "no hook".into() }],
            stages: Some(pb::Stages { read: 3, decoded: 2, undecodable: 1, ..Default::default() }),
            findings_file: Some(pb::FindingsFile { error: "disk full".into(), ..Default::default() }),
            ..Default::default()
        };
        let page = render(&status, Colours(false));
        for expected in [
            "node\\u{1b}[2J: lunette",
            "not ready",
            "self-check: exec didn't come back",
            "BLIND: no BTF",
            "opens through io_uring: no hook",
            "read       3 = 2 decoded + 1 undecodable",
            "can't be written now: disk full",
        ] {
            assert!(page.contains(expected), "{expected:?} is not in:\n{page}");
        }
        assert!(!render(&pb::Status::default(), Colours(true)).is_empty());
    }
}
