//! Events and findings as lines for people, from the API's types: pure, and safe to show. Whoever is watched chooses
//! file names and arguments, so no text of theirs reaches the terminal with a character that does anything there.

use std::borrow::Cow;
use std::fmt::Write;
use std::io;

use anstyle::{AnsiColor, Style};
use lunette_proto::lunette::v1 as pb;
use lunette_proto::lunette::v1::actor::Subject;
use lunette_proto::lunette::v1::event::Deed;
use pbjson_types::Timestamp;

pub use crate::export::json::visible;

/// Longest command line that is shown, in characters; a JSON line has all of it.
const COMMAND_MAX: usize = 160;
/// Longest path or other text that is shown.
const TEXT_MAX: usize = 300;
/// Width of the column that says who it was.
const WHO: usize = 24;

/// Whether lines have colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colours(pub bool);

impl Colours {
    /// Colours for a terminal, unless `NO_COLOR` (no-color.org) or a dumb terminal says otherwise.
    pub fn for_terminal(is_terminal: bool) -> Self {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self(is_terminal && !no_color && !dumb)
    }

    /// `text`, which must be safe to show, in a style.
    pub fn paint(self, style: Style, text: &str) -> String {
        if self.0 && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

pub const DIM: Style = Style::new().dimmed();
pub const BOLD: Style = Style::new().bold();
pub const GOOD: Style = AnsiColor::Green.on_default();
pub const WARN: Style = AnsiColor::Yellow.on_default();
pub const BAD: Style = AnsiColor::Red.on_default();
const WHO_STYLE: Style = AnsiColor::Cyan.on_default();

/// At most `max` characters of `text`, safe to show; `…` stands for the rest.
fn short(text: &str, max: usize) -> Cow<'_, str> {
    match text.char_indices().nth(max) {
        None => visible(text),
        Some((end, _)) => Cow::Owned(format!("{}…", visible(&text[..end]))),
    }
}

/// Time of day, in UTC, to the millisecond.
pub fn time_of_day(time: Option<&Timestamp>) -> String {
    let Some(time) = time else { return "--:--:--.---".to_owned() };
    let second = time.seconds.rem_euclid(86_400);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{hour:02}:{minute:02}:{second:02}.{:03}", time.nanos / 1_000_000)
}

/// A span of time, to three digits or so.
pub fn duration(ns: u64) -> String {
    match ns {
        0..1_000 => format!("{ns} ns"),
        1_000..1_000_000 => format!("{:.1} µs", ns as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} ms", ns as f64 / 1e6),
        _ => format!("{:.1} s", ns as f64 / 1e9),
    }
}

/// One line for an event, without its newline.
pub fn event(event: &pb::Event, colours: Colours) -> String {
    let time = colours.paint(DIM, &time_of_day(event.time.as_ref()));
    let actor = event.actor.as_ref();
    let (kind, what) = match &event.deed {
        Some(Deed::Loss(loss)) => return format!("{time} {}", loss_line(loss, colours)),
        Some(deed) => deed_text(deed, actor),
        None => ("?", "an event that this client doesn't know: it is older than the agent".to_owned()),
    };
    let who = padded(&who(actor), WHO);
    let pid =
        actor.and_then(|it| it.process.as_ref()).and_then(|it| it.key.as_ref()).map_or(0, |key| key.pid);
    format!(
        "{time} {} {} {what} {}",
        colours.paint(BOLD, &format!("{kind:<8}")),
        colours.paint(WHO_STYLE, &who),
        colours.paint(DIM, &format!("[{pid}{}]", uid(actor)))
    )
}

/// One line for a finding, without its newline.
pub fn finding(finding: &pb::Finding, colours: Colours) -> String {
    let (name, style) = severity(finding.severity());
    let actor = finding.event.as_ref().and_then(|event| event.actor.as_ref());
    let mut line = format!(
        "{} {} {} {} {}",
        colours.paint(DIM, &time_of_day(finding.last_time.as_ref())),
        colours.paint(style, &format!("{name:<8}")),
        colours.paint(WHO_STYLE, &padded(&who(actor), WHO)),
        colours.paint(style, &short(&finding.rule, TEXT_MAX)),
        short(&finding.why, TEXT_MAX * 2),
    );
    if finding.count > 1 {
        line.push_str(&colours.paint(BOLD, &format!(" ×{}", finding.count)));
    }
    let process = actor.and_then(|actor| actor.process.as_ref());
    if let Some(process) = process {
        let pid = process.key.as_ref().map_or(0, |key| key.pid);
        let mut tail = format!(" [{pid}{}: {}", uid(actor), command(process));
        for ancestor in finding.ancestors.iter().take(3) {
            // Writing to a String can't fail.
            let _ = write!(tail, " ← {}", short(program(ancestor), 40));
        }
        if finding.ancestors.len() > 3 {
            tail.push_str(" ← …");
        }
        tail.push(']');
        line.push_str(&colours.paint(DIM, &tail));
    }
    line
}

/// One line for what this client lost by being slow.
pub fn lost(lost: &pb::Lost, colours: Colours) -> String {
    let text = format!(
        "this client was too slow: {} events and {} findings lost here, {} and {} in all",
        lost.events, lost.findings, lost.total_events, lost.total_findings
    );
    colours.paint(WARN, &text)
}

/// What is said when a watch begins.
pub fn hello(hello: &pb::Hello, colours: Colours) -> String {
    let node = short(&hello.node, TEXT_MAX);
    let text = format!(
        "watching {node} (lunette {}, Linux {}); times are UTC; Ctrl-C ends",
        short(&hello.version, TEXT_MAX),
        short(&hello.kernel, TEXT_MAX)
    );
    colours.paint(DIM, &text)
}

/// Its name in capitals, and its colour.
pub fn severity(severity: pb::Severity) -> (&'static str, Style) {
    match severity {
        pb::Severity::Unspecified => ("?", Style::new()),
        pb::Severity::Info => ("INFO", DIM),
        pb::Severity::Low => ("LOW", AnsiColor::Blue.on_default()),
        pb::Severity::Medium => ("MEDIUM", WARN),
        pb::Severity::High => ("HIGH", BAD.bold()),
        pb::Severity::Critical => ("CRITICAL", BAD.bold().invert()),
    }
}

/// Whom a deed is put down to: `namespace/pod/container`, a container's name or short id, `host`, a unit of the host.
pub fn who(actor: Option<&pb::Actor>) -> String {
    let Some(subject) = actor.and_then(|actor| actor.subject.as_ref()) else { return "-".to_owned() };
    match subject {
        Subject::Host(host) if host.unit.is_empty() => "host".to_owned(),
        Subject::Host(host) => format!("host:{}", short(&host.unit, 60)),
        Subject::Unknown(_) => "unknown".to_owned(),
        Subject::Container(container) => {
            let name = if container.name.is_empty() {
                container.id.get(..12).unwrap_or(&container.id)
            } else {
                &container.name
            };
            let name = short(name, 80);
            match &container.pod {
                Some(pod) => format!("{}/{}/{name}", short(&pod.namespace, 80), short(&pod.name, 80)),
                None => name.into_owned(),
            }
        }
    }
}

/// A process's command line, as far as it fits, and its program where the command line has another name.
pub fn command(process: &pb::Process) -> String {
    let Some(image) = &process.image else { return "?".to_owned() };
    let mut line = String::new();
    for arg in &image.args {
        if !line.is_empty() {
            line.push(' ');
        }
        if arg.is_empty() || arg.contains(|c: char| c.is_whitespace() || c == '"' || c == '\'') {
            line.push('"');
            line.push_str(&arg.replace('"', "\\\""));
            line.push('"');
        } else {
            line.push_str(arg);
        }
        if line.len() > 4 * COMMAND_MAX {
            break;
        }
    }
    let exe = short(program(process), TEXT_MAX);
    if line.is_empty() {
        return exe.into_owned();
    }
    let same = image.args.first().is_some_and(|arg| basename(arg) == basename(&image.exe));
    let line = short(&line, COMMAND_MAX);
    if same { line.into_owned() } else { format!("{line} ({exe})") }
}

fn program(process: &pb::Process) -> &str {
    let exe = process.image.as_ref().map_or("", |image| image.exe.as_str());
    if exe.is_empty() { "?" } else { exe }
}

fn basename(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn uid(actor: Option<&pb::Actor>) -> String {
    let uid = actor.and_then(|actor| actor.credentials.as_ref()).and_then(|credentials| credentials.euid);
    uid.map(|uid| format!(" uid {uid}")).unwrap_or_default()
}

fn padded(text: &str, width: usize) -> String {
    format!("{text:<width$}")
}

/// The name of its kind, and what was done.
fn deed_text(deed: &Deed, actor: Option<&pb::Actor>) -> (&'static str, String) {
    let process = actor.and_then(|actor| actor.process.as_ref());
    let by = short(process.map_or("?", program), TEXT_MAX);
    match deed {
        Deed::Exec(_) => ("exec", process.map_or_else(|| "?".to_owned(), command)),
        Deed::Fork(fork) => {
            ("fork", format!("{by} → process {}", fork.child.as_ref().map_or(0, |child| child.pid)))
        }
        Deed::Exit(exit) => {
            let how = match (exit.signal, exit.status) {
                (Some(signal), _) => format!("killed by signal {signal}"),
                (None, Some(status)) => format!("status {status}"),
                (None, None) => "ended".to_owned(),
            };
            ("exit", format!("{by} {how}"))
        }
        Deed::Open(open) => {
            let cut = if open.cut { "…" } else { "" };
            let deleted = if open.deleted { " (deleted)" } else { "" };
            ("open", format!("{by} → {cut}{}{deleted}", short(&open.path, TEXT_MAX)))
        }
        Deed::Connect(connect) => {
            let error = connect.error.map(|errno| format!(": {}", error_text(errno))).unwrap_or_default();
            ("connect", format!("{by} → {}{error}", flow(connect.flow.as_ref())))
        }
        Deed::Outcome(outcome) => {
            let result = match outcome.result() {
                pb::ConnectResult::Unspecified => "?".to_owned(),
                pb::ConnectResult::Established => "established".to_owned(),
                pb::ConnectResult::Refused => "refused".to_owned(),
                pb::ConnectResult::TimedOut => "timed out".to_owned(),
                pb::ConnectResult::Unreachable => "unreachable".to_owned(),
                pb::ConnectResult::Abandoned => "abandoned".to_owned(),
                pb::ConnectResult::Failed => error_text(outcome.error.unwrap_or(0)),
            };
            let took = duration(outcome.took_ns);
            ("outcome", format!("{by} → {} {result} after {took}", flow(outcome.flow.as_ref())))
        }
        Deed::Send(send) => {
            let count = if send.count > 1 { format!(" ×{}", send.count) } else { String::new() };
            let error = send.error.map(|errno| format!(": {}", error_text(errno))).unwrap_or_default();
            ("send", format!("{by} → {}{count}{error}", flow(send.flow.as_ref())))
        }
        Deed::Loss(_) => ("loss", String::new()),
    }
}

fn loss_line(loss: &pb::Loss, colours: Colours) -> String {
    let hook = if loss.hook.is_empty() { String::new() } else { format!(" ({})", short(&loss.hook, 40)) };
    let stage = short(&loss.stage, 40);
    let text = format!("loss     {} records lost: {stage}{hook}, {} in all", loss.lost, loss.total);
    colours.paint(BAD, &text)
}

fn flow(flow: Option<&pb::Flow>) -> String {
    let Some(flow) = flow else { return "?".to_owned() };
    let protocol = match flow.protocol() {
        pb::Protocol::Tcp => "tcp".to_owned(),
        pb::Protocol::Udp => "udp".to_owned(),
        pb::Protocol::Sctp => "sctp".to_owned(),
        pb::Protocol::Other | pb::Protocol::Unspecified => format!("protocol {}", flow.protocol_number),
    };
    let remote = short(&flow.remote, 60);
    if remote.contains(':') {
        format!("{protocol} [{remote}]:{}", flow.remote_port)
    } else {
        format!("{protocol} {remote}:{}", flow.remote_port)
    }
}

/// `Connection refused` of 111.
fn error_text(errno: u32) -> String {
    let text = io::Error::from_raw_os_error(errno as i32).to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

/// Rows as columns; the first is left-aligned, numbers are right-aligned. Cells must be safe to show and uncoloured.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..columns).map(width).collect();
    let numeric = |cell: &str| cell.starts_with(|c: char| c.is_ascii_digit());
    let right: Vec<_> = (0..columns)
        .map(|column| {
            column > 0 && rows.iter().skip(1).all(|row| row.get(column).is_none_or(|it| numeric(it)))
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::from(" ");
        for ((cell, width), right) in row.iter().zip(&widths).zip(&right) {
            let _ = if *right { write!(line, " {cell:>width$} ") } else { write!(line, " {cell:<width$} ") };
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
#[path = "format_tests.rs"]
mod tests;
