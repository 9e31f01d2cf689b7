//! `lunette watch`: events and findings of a running agent, as lines or as JSON.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use futures_util::FutureExt;
use lunette_proto::lunette::v1 as pb;
use lunette_proto::lunette::v1::watch_response::Message;
use tokio::time::{Instant, sleep_until};
use tonic::{Code, Streaming};

use super::client::{self, Address};
use super::format::{self, Colours};
use crate::export::json;

/// Watch events and findings as they happen.
///
/// Without filters: all findings, and all events but fork and exit. With --kind alone, events of these kinds; with --rule
/// or --severity alone, these findings. Within one filter any value may match; all filters must match.
#[derive(Args, Clone, Debug)]
pub struct WatchArgs {
    /// The agent's unix socket, or http://HOST:PORT
    #[arg(long, visible_alias = "socket", default_value_t)]
    address: Address,
    /// One JSON object a line (lunette.v1.WatchResponse); the default where output is no terminal
    #[arg(long)]
    json: bool,
    /// Lines to read, also where output is no terminal
    #[arg(long, conflicts_with = "json")]
    text: bool,
    /// Findings alone
    #[arg(long, conflicts_with = "events")]
    findings: bool,
    /// Events alone
    #[arg(long)]
    events: bool,
    /// Events of this kind
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<Kind>,
    /// Findings of this rule
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    rule: Vec<String>,
    /// What happens in pods of this namespace
    #[arg(short, long, value_name = "NAME", value_delimiter = ',')]
    namespace: Vec<String>,
    /// What happens in this pod: name, namespace/name or uid
    #[arg(short, long, value_name = "POD", value_delimiter = ',')]
    pod: Vec<String>,
    /// What happens in this container: name, id, or the first 6 or more characters of the id
    #[arg(short, long, value_name = "CONTAINER", value_delimiter = ',')]
    container: Vec<String>,
    /// Findings of at least this severity
    #[arg(long, value_name = "SEVERITY")]
    severity: Option<Severity>,
    /// End after this many events and findings
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    count: Option<u64>,
    /// End after this time, as 10s, 500ms or 2m; with --count, it is an error if fewer came
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    timeout: Option<Duration>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Exec,
    Fork,
    Exit,
    Open,
    Connect,
    Outcome,
    Send,
    Loss,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Severity {
    Info,
    Low,
    Medium,
    High,
    Critical,
}

impl WatchArgs {
    fn filter(&self) -> pb::Filter {
        use pb::filter::What;
        let (asks_events, asks_findings) =
            (!self.kind.is_empty(), !self.rule.is_empty() || self.severity.is_some());
        let what = match (self.events, self.findings) {
            (true, _) => What::Events,
            (_, true) => What::Findings,
            _ if asks_events && !asks_findings => What::Events,
            _ if asks_findings && !asks_events => What::Findings,
            _ => What::Unspecified,
        };
        let usual = [Kind::Exec, Kind::Open, Kind::Connect, Kind::Outcome, Kind::Send];
        let kinds = if asks_events { &self.kind[..] } else { &usual[..] };
        pb::Filter {
            what: what.into(),
            kinds: kinds.iter().map(|&kind| event_kind(kind).into()).collect(),
            rules: self.rule.clone(),
            namespaces: self.namespace.clone(),
            pods: self.pod.clone(),
            containers: self.container.clone(),
            min_severity: self.severity.map_or(pb::Severity::Unspecified, min_severity).into(),
        }
    }
}

fn event_kind(kind: Kind) -> pb::EventKind {
    match kind {
        Kind::Exec => pb::EventKind::Exec,
        Kind::Fork => pb::EventKind::Fork,
        Kind::Exit => pb::EventKind::Exit,
        Kind::Open => pb::EventKind::Open,
        Kind::Connect => pb::EventKind::Connect,
        Kind::Outcome => pb::EventKind::Outcome,
        Kind::Send => pb::EventKind::Send,
        Kind::Loss => pb::EventKind::Loss,
    }
}

fn min_severity(severity: Severity) -> pb::Severity {
    match severity {
        Severity::Info => pb::Severity::Info,
        Severity::Low => pb::Severity::Low,
        Severity::Medium => pb::Severity::Medium,
        Severity::High => pb::Severity::High,
        Severity::Critical => pb::Severity::Critical,
    }
}

pub(super) fn parse_duration(text: &str) -> Result<Duration, String> {
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let seconds = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err("a time is a number and ms, s, m or h, as 10s".to_owned()),
    };
    let number: f64 = number.parse().map_err(|_| "a time begins with a number, as 10s".to_owned())?;
    Duration::try_from_secs_f64(number * seconds).map_err(|error| error.to_string())
}

/// Why a watch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// As many came as were asked for.
    Count,
    Timeout,
    Interrupt,
    /// Nobody reads the output any more.
    Pipe,
    /// The agent stopped.
    Agent,
}

pub async fn run(args: WatchArgs) -> Result<()> {
    // The time is for all of it, so that a script never waits longer.
    let deadline = args.timeout.map(|timeout| Instant::now() + timeout);
    let mut client = client::connect(&args.address).await?;
    let request = pb::WatchRequest { filter: Some(args.filter()) };
    let stream = client.watch(request).await.map_err(|status| match status.code() {
        Code::InvalidArgument => anyhow::anyhow!("{}", format::visible(status.message())),
        _ => anyhow::anyhow!("the agent refuses: {}", format::visible(status.message())),
    })?;
    let is_terminal = io::stdout().is_terminal();
    let output = if args.json || (!is_terminal && !args.text) {
        Output::Json
    } else {
        Output::Text(Colours::for_terminal(is_terminal))
    };
    let out = BufWriter::new(io::stdout().lock());
    let mut seen = 0;
    let end = follow(stream.into_inner(), output, out, args.count, deadline, &mut seen).await?;
    match (end, args.count) {
        (End::Timeout, Some(count)) => bail!("{seen} of {count} came before the time was over"),
        (End::Agent, Some(count)) => bail!("{seen} of {count} came before the agent stopped"),
        (End::Agent, None) => eprintln!("the agent has stopped"),
        _ => {}
    }
    Ok(())
}

#[derive(Clone, Copy, Debug)]
enum Output {
    Json,
    Text(Colours),
}

async fn follow(
    mut stream: Streaming<pb::WatchResponse>,
    output: Output,
    mut out: impl Write,
    count: Option<u64>,
    deadline: Option<Instant>,
    seen: &mut u64,
) -> Result<End> {
    let interrupt = tokio::signal::ctrl_c();
    tokio::pin!(interrupt);
    let timeout = async {
        match deadline {
            Some(deadline) => sleep_until(deadline).await,
            None => std::future::pending().await,
        }
    };
    tokio::pin!(timeout);
    loop {
        // Written out when there is nothing more to write at once: a flood is read as fast as can be.
        let ready = stream.message().now_or_never();
        let next = match ready {
            Some(next) if deadline.is_none_or(|deadline| Instant::now() < deadline) => next,
            Some(_) => return finish(out, End::Timeout),
            None => {
                if let Err(error) = out.flush() {
                    return broken(error);
                }
                tokio::select! {
                    next = stream.message() => next,
                    _ = &mut interrupt => return finish(out, End::Interrupt),
                    () = &mut timeout => return finish(out, End::Timeout),
                }
            }
        };
        let Some(response) = next.map_err(|status| gone(&status))? else { return finish(out, End::Agent) };
        if let Err(error) = write(&mut out, output, &response) {
            return broken(error);
        }
        *seen += u64::from(matches!(response.message, Some(Message::Event(_) | Message::Finding(_))));
        if count.is_some_and(|count| *seen >= count) {
            return finish(out, End::Count);
        }
    }
}

fn gone(status: &tonic::Status) -> anyhow::Error {
    anyhow::anyhow!("the agent is gone: {}", format::visible(status.message()))
}

fn finish(mut out: impl Write, end: End) -> Result<End> {
    match out.flush() {
        Ok(()) => Ok(end),
        Err(error) => broken(error),
    }
}

/// Who reads has read enough, as `head` does; anything else is an error.
fn broken(error: io::Error) -> Result<End> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Ok(End::Pipe);
    }
    Err(error).context("can't write the output")
}

fn write(out: &mut impl Write, output: Output, response: &pb::WatchResponse) -> io::Result<()> {
    match output {
        Output::Json => {
            writeln!(out, "{}", json::line(response)?)
        }
        Output::Text(colours) => match &response.message {
            Some(Message::Event(event)) => writeln!(out, "{}", format::event(event, colours)),
            Some(Message::Finding(finding)) => writeln!(out, "{}", format::finding(finding, colours)),
            Some(Message::Lost(lost)) => writeln!(out, "{}", format::lost(lost, colours)),
            Some(Message::Hello(hello)) => {
                // For whoever sits there; the lines alone are the output.
                let colours = Colours::for_terminal(io::stderr().is_terminal());
                writeln!(io::stderr(), "{}", format::hello(hello, colours))
            }
            // Of a newer agent.
            None => Ok(()),
        },
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        args: WatchArgs,
    }

    fn filter(args: &[&str]) -> pb::Filter {
        Cli::try_parse_from([&["watch"], args].concat()).expect("arguments").args.filter()
    }

    #[test]
    fn what_is_asked_for_is_what_comes() {
        use pb::filter::What;
        let usual = filter(&[]);
        assert_eq!((usual.what(), usual.kinds.len()), (What::Unspecified, 5));
        assert!(!usual.kinds.contains(&pb::EventKind::Fork.into()));
        assert_eq!(filter(&["--kind", "exec,fork"]).what(), What::Events);
        assert_eq!(filter(&["--severity", "high"]).what(), What::Findings);
        assert_eq!(filter(&["--severity", "high"]).min_severity(), pb::Severity::High);
        assert_eq!(filter(&["--rule", "x", "--kind", "exec"]).what(), What::Unspecified);
        assert_eq!(filter(&["--rule", "x", "--events"]).what(), What::Events);
        assert_eq!(filter(&["-c", "web", "--findings"]).containers, ["web"]);
        assert!(Cli::try_parse_from(["watch", "--findings", "--events"]).is_err());
        assert!(Cli::try_parse_from(["watch", "--count", "0"]).is_err());
    }

    #[test]
    fn times() {
        assert_eq!(parse_duration("10"), Ok(Duration::from_secs(10)));
        assert_eq!(parse_duration("1.5s"), Ok(Duration::from_millis(1500)));
        assert_eq!(parse_duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse_duration("2m"), Ok(Duration::from_secs(120)));
        for wrong in ["", "s", "1d", "-1s", "1e9h", "1.2.3"] {
            assert!(parse_duration(wrong).is_err(), "{wrong}");
        }
    }
}
