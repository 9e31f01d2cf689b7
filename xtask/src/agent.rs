//! An agent of our own, beside any that may run on this node already: its socket, its findings and its configuration are
//! in a directory that goes away with it.

use std::fs;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::{Note, Notes, Process};
use crate::shell::say;

/// How long it may take from its start until it says that it sees.
const READY_WITHIN: Duration = Duration::from_secs(30);

#[derive(Debug)]
pub(crate) struct Agent {
    /// First, so that it has ended before its directory goes.
    process: Process,
    binary: PathBuf,
    directory: TempDir,
}

impl Agent {
    /// Starts it and waits until it is ready, which it says in the way of systemd's services (`sd_notify(3)`).
    ///
    /// `egress` is the configuration's section of that name; `extra` are further arguments of `lunette run`, and when
    /// one of them is `--config`, no configuration is made here.
    pub(crate) fn start(binary: &Path, egress: &Value, extra: &[String], notes: &Notes) -> Result<Self> {
        let directory =
            tempfile::Builder::new().prefix("lunette-").tempdir().context("cannot make a directory")?;
        let notify = directory.path().join("notify");
        let messages =
            UnixDatagram::bind(&notify).with_context(|| format!("cannot listen on {}", notify.display()))?;
        let sender = notes.sender();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length) = messages.recv(&mut buffer) {
                let text = String::from_utf8_lossy(&buffer[..length]).into_owned();
                if sender.send(Note::Notify(text)).is_err() {
                    return;
                }
            }
        });

        let mut command = Command::new(binary);
        command.arg("run").arg("--socket").arg(socket(&directory)).env("NOTIFY_SOCKET", &notify);
        if !names_config(extra) {
            let config = directory.path().join("config.yaml");
            fs::write(&config, configuration(&directory, egress))
                .with_context(|| format!("cannot write {}", config.display()))?;
            command.arg("--config").arg(config);
        }
        command.args(extra).stdin(Stdio::null());
        let process = Process::spawn("agent", &mut command, notes)?;
        let agent = Self { process, binary: binary.to_owned(), directory };
        agent.wait_until_ready(notes)?;
        Ok(agent)
    }

    /// `lunette watch` on this agent.
    pub(crate) fn watch(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("watch").arg("--address").arg(socket(&self.directory)).stdin(Stdio::null());
        command
    }

    /// `lunette status` of this agent.
    pub(crate) fn status(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("status").arg("--address").arg(socket(&self.directory));
        command
    }

    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Asks it to send out what it has and end.
    pub(crate) fn terminate(&self) {
        self.process.terminate();
    }

    fn wait_until_ready(&self, notes: &Notes) -> Result<()> {
        let deadline = Instant::now() + READY_WITHIN;
        loop {
            match notes.next(deadline)? {
                Some(Note::Notify(text)) if text.lines().any(|line| line == "READY=1") => {
                    if let Some(blind) = text.lines().find_map(|line| line.strip_prefix("STATUS=BLIND")) {
                        say(&format!("the agent is blind{blind}"));
                    }
                    return Ok(());
                }
                Some(Note::Ended("agent", status)) => bail!(
                    "the agent ended before it was ready ({status}); what it said stands above, and `{} doctor` says \
                     what this kernel allows",
                    self.binary.display()
                ),
                Some(_) => {}
                None => bail!(
                    "the agent wasn't ready within {} s; `{} doctor` says what this kernel allows",
                    READY_WITHIN.as_secs(),
                    self.binary.display()
                ),
            }
        }
    }
}

fn socket(directory: &TempDir) -> PathBuf {
    directory.path().join("lunette.sock")
}

/// A configuration file. JSON is YAML, and quotes any path right.
fn configuration(directory: &TempDir, egress: &Value) -> String {
    let findings = directory.path().join("findings.jsonl");
    let config = json!({
        // Another agent may have the usual port.
        "metrics": { "listen": "off" },
        "findings": { "file": { "path": findings.to_string_lossy() } },
        "egress": egress,
    });
    format!("{config:#}\n")
}

/// Whether the user's own arguments name a configuration.
pub(crate) fn names_config(arguments: &[String]) -> bool {
    arguments.iter().any(|argument| argument == "--config" || argument.starts_with("--config="))
}
