//! `lunette replay`: a recording through the same stages, without a kernel and without root.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow, bail};
use clap::Args;
use lunette_proto::lunette::v1 as pb;

use super::format::{self, Colours};
use crate::detect::Detector;
use crate::export::bus::{Bus, Message, Subscription};
use crate::export::convert;
use crate::export::filter::Filter;
use crate::export::json;
use crate::pipeline::Pipeline;
use crate::recording::{Reader, RecordingError};

/// Messages that wait to be printed; they are taken after each input.
const QUEUE: usize = 65_536;

/// Show what a recording holds: its findings, and with --events all else. Needs no root.
///
/// The recording goes through the same stages as if it happened now, with the rules and egress lists of the configuration:
/// so a rule can be tried on what happened yesterday.
#[derive(Args, Clone, Debug)]
pub struct ReplayArgs {
    /// A file that `lunette record` wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Events too, not only findings
    #[arg(long)]
    events: bool,
    /// One JSON object a line (lunette.v1.WatchResponse); the default where output is no terminal
    #[arg(long)]
    json: bool,
    /// Lines to read, also where output is no terminal
    #[arg(long, conflicts_with = "json")]
    text: bool,
    /// Configuration with other rules and egress lists [default: the built-in ones]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub fn run(args: &ReplayArgs) -> Result<()> {
    let config = match &args.config {
        Some(path) => crate::config::Config::load(path)?,
        None => crate::config::Config::default(),
    };
    let name = args.file.display();
    let file = File::open(&args.file).with_context(|| format!("can't read {name}"))?;
    let mut reader = Reader::new(file).with_context(|| format!("{name}"))?;
    let node = reader.node().clone();
    let bus = Bus::default();
    let filter = if args.events { Filter::default() } else { Filter::findings() };
    let messages = bus.subscribe("replay", filter, QUEUE).map_err(|error| anyhow!("{error}"))?;
    let detector = Detector::new(&config, node.namespaces);
    let mut pipeline = Pipeline::new(node, detector, bus);
    let is_terminal = io::stdout().is_terminal();
    let mut out = Printer {
        out: BufWriter::new(io::stdout().lock()),
        messages,
        json: args.json || (!is_terminal && !args.text),
        colours: Colours::for_terminal(is_terminal),
    };
    let error = loop {
        match reader.next_input() {
            Ok(Some(input)) => pipeline.push(input),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
        if !out.print()? {
            return Ok(());
        }
    };
    pipeline.flush();
    if !out.print()? {
        return Ok(());
    }
    drop(out);
    let stages = pipeline.stages();
    eprintln!(
        "{name}: {} records, {} events, {} findings ({} different)",
        stages.read, stages.events, stages.findings, stages.findings_new
    );
    if reader.gaps > 0 {
        eprintln!("{name}: {} records are missing: the disk was too slow when it was made", reader.gaps);
    }
    if stages.undecodable > 0 {
        eprintln!("{name}: {} records couldn't be read", stages.undecodable);
    }
    match error {
        None => Ok(()),
        Some(error @ (RecordingError::Cut(_) | RecordingError::Damaged { .. })) => bail!("{name}: {error}"),
        Some(error) => Err(anyhow!(error).context(format!("{name}"))),
    }
}

struct Printer<'a> {
    out: BufWriter<io::StdoutLock<'a>>,
    messages: Subscription,
    json: bool,
    colours: Colours,
}

impl Printer<'_> {
    /// Prints what has come. False when nobody reads any more.
    fn print(&mut self) -> Result<bool> {
        while let Some(message) = self.messages.try_recv() {
            let message = match message {
                Message::Event(event) => pb::watch_response::Message::Event(convert::event(&event)),
                Message::Finding(finding) => pb::watch_response::Message::Finding(convert::finding(&finding)),
                Message::Lost(_) => continue,
            };
            let line = if self.json {
                json::line(&pb::WatchResponse { message: Some(message) })?
            } else {
                match &message {
                    pb::watch_response::Message::Event(event) => format::event(event, self.colours),
                    pb::watch_response::Message::Finding(finding) => format::finding(finding, self.colours),
                    _ => continue,
                }
            };
            match writeln!(self.out, "{line}") {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(false),
                written => written.context("can't write the output")?,
            }
        }
        Ok(true)
    }
}
