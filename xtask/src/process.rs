//! Long-lived children, and everything that may happen while they run, on one channel: nothing is polled.

use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::shell;

/// How long a child may take to end once told to.
const END_WITHIN: Duration = Duration::from_secs(15);

/// Something happened.
#[derive(Debug)]
pub(crate) enum Note {
    /// The user, or whoever runs this, wants it to end.
    Signal(i32),
    /// The agent told its service manager, which is us (`sd_notify(3)`): lines of `KEY=value`.
    Notify(String),
    /// A line from the watching child.
    Line(String),
    /// The watching child's output has ended.
    LinesEnded,
    /// A child has ended.
    Ended(&'static str, ExitStatus),
}

/// Where notes arrive.
#[derive(Debug)]
pub(crate) struct Notes {
    sender: Sender<Note>,
    receiver: Receiver<Note>,
}

/// The error of a task that the user ended.
#[derive(Debug)]
pub(crate) struct Interrupted(i32);

impl Interrupted {
    /// Exit code, as shells have it.
    pub(crate) fn code(&self) -> u8 {
        u8::try_from(self.0).map_or(1, |signal| 128 + signal % 128)
    }
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "interrupted by signal {}", self.0)
    }
}

impl std::error::Error for Interrupted {}

impl Notes {
    /// From here on Ctrl-C, SIGTERM and a closed terminal are notes, so that whoever reads them can clean up.
    pub(crate) fn new() -> Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).context("cannot handle signals")?;
        let notes = sender.clone();
        thread::spawn(move || {
            for signal in signals.forever() {
                // Fails when nobody listens any more: the task is over.
                let _ = notes.send(Note::Signal(signal));
            }
        });
        Ok(Self { sender, receiver })
    }

    pub(crate) fn sender(&self) -> Sender<Note> {
        self.sender.clone()
    }

    /// Sends each line of `output` as a note.
    pub(crate) fn follow(&self, output: impl Read + Send + 'static) {
        let notes = self.sender();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = notes.send(Note::Line(line));
            }
            let _ = notes.send(Note::LinesEnded);
        });
    }

    /// The next one, or `None` at `deadline`.
    ///
    /// # Errors
    /// [`Interrupted`], on a signal.
    pub(crate) fn next(&self, deadline: Instant) -> Result<Option<Note>> {
        match self.receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Note::Signal(signal)) => Err(Interrupted(signal).into()),
            Ok(note) => Ok(Some(note)),
            // It can't be disconnected: a sender is kept here.
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Ok(None),
        }
    }

    /// `error`, or [`Interrupted`] where that is what it came from: Ctrl-C also ends the programs that we wait for.
    pub(crate) fn explain(&self, error: anyhow::Error) -> anyhow::Error {
        let signal = self.receiver.try_iter().find_map(|note| match note {
            Note::Signal(signal) => Some(signal),
            _ => None,
        });
        signal.map_or(error, |signal| Interrupted(signal).into())
    }

    /// Forgets what has happened so far.
    ///
    /// # Errors
    /// [`Interrupted`], when that was a signal.
    pub(crate) fn pending(&self) -> Result<()> {
        for note in self.receiver.try_iter() {
            if let Note::Signal(signal) = note {
                return Err(Interrupted(signal).into());
            }
        }
        Ok(())
    }

    /// The next one, however long it takes.
    pub(crate) fn wait(&self) -> Result<Note> {
        loop {
            if let Some(note) = self.next(Instant::now() + Duration::from_secs(3600))? {
                return Ok(note);
            }
        }
    }
}

/// A child whose end is noted, and that doesn't outlive this value.
#[derive(Debug)]
pub(crate) struct Process {
    id: u32,
    pidfd: OwnedFd,
    waiter: Option<JoinHandle<()>>,
}

impl Process {
    pub(crate) fn spawn(name: &'static str, command: &mut Command, notes: &Notes) -> Result<Self> {
        // A process group of its own: Ctrl-C is for us, and we end the child when its turn has come.
        command.process_group(0);
        let mut child =
            command.spawn().with_context(|| format!("cannot start `{}`", shell::line(command)))?;
        if let Some(output) = child.stdout.take() {
            notes.follow(output);
        }
        // Nobody has waited for the child yet, so the number is still its own.
        let pidfd = pidfd(&child).inspect_err(|_| {
            let _ = child.kill();
        })?;
        let id = child.id();
        let sender = notes.sender();
        let waiter = thread::spawn(move || {
            if let Ok(status) = child.wait() {
                let _ = sender.send(Note::Ended(name, status));
            }
        });
        Ok(Self { id, pidfd, waiter: Some(waiter) })
    }

    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    /// Asks it to end.
    pub(crate) fn terminate(&self) {
        // Fails only when it has ended already.
        let _ = pidfd_send_signal(&self.pidfd, Signal::TERM);
    }

    /// Makes it end: asks, and when that takes too long, insists.
    fn end(&mut self) {
        let Some(waiter) = self.waiter.take() else { return };
        self.terminate();
        if !self.ended_within(END_WITHIN) {
            shell::say(&format!(
                "a child didn't end within {} s of SIGTERM: killing it",
                END_WITHIN.as_secs()
            ));
            let _ = pidfd_send_signal(&self.pidfd, Signal::KILL);
        }
        let _ = waiter.join();
    }

    fn ended_within(&self, bound: Duration) -> bool {
        let deadline = Instant::now() + bound;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(left) = Timespec::try_from(left) else { return false };
            let mut fds = [PollFd::new(&self.pidfd, PollFlags::IN)];
            match poll(&mut fds, Some(&left)) {
                Ok(0) => return false,
                Ok(_) => return true,
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return false,
            }
        }
    }
}

fn pidfd(child: &Child) -> Result<OwnedFd> {
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw).context("a child has no process id")?;
    pidfd_open(pid, PidfdFlags::empty()).context("cannot watch over a child (pidfd_open)")
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}
