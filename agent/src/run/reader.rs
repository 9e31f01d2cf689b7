//! The thread that reads the rings and runs the pipeline. It waits for the rings and for nothing else: every other thing
//! that it looks after comes to it by a queue, and goes from it by one that it never waits for.

use std::time::Duration;

use anyhow::{Context as _, Result};
use aya::maps::{MapData, RingBuf};
use lunette_wire::{Counters, hook, ring};
use tokio::io::unix::AsyncFd;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use super::filters::KernelFilters;
use super::lookups::Found;
use super::{clock, seeds};
use crate::kernel::load::HookCounters;
use crate::pipeline::{Input, Pipeline, Want};
use crate::recording::Tap;
use crate::status::{Hook, Ring, Rule, Stages, Table};

/// After a wake-up, and after each record, the rings are looked at by the clock for this long. For less than half of it
/// the programs wake nobody (`ebpf/src/out.rs`), so what they write then is found here. A wake-up that comes while the
/// clock runs may leave no trace, its record having been taken already: hence "after each record".
const POLL_FOR: Duration = Duration::from_millis(12);
const POLL_EVERY: Duration = Duration::from_millis(3);
/// How often counters are read and overdue events let go.
const TICK: Duration = Duration::from_millis(250);
/// Most records of a ring that are taken before the others are looked at.
const TURN: [u64; ring::COUNT] = [4_096, 512, 512];
/// Most turns before anything else is looked at.
const TURNS: u32 = 8;

/// What the thread works with.
pub struct Reader {
    pub rings: [RingBuf<MapData>; ring::COUNT],
    pub ring_bytes: [u64; ring::COUNT],
    pub counters: HookCounters,
    pub filters: KernelFilters,
    pub pipeline: Pipeline,
    /// What the task iterator found.
    pub tasks: Vec<u8>,
    pub wants: mpsc::UnboundedSender<Want>,
    pub found: mpsc::UnboundedReceiver<Found>,
    pub commands: mpsc::Receiver<Command>,
    /// Changes to true when the programs are detached, and what is in the rings is all that will come.
    pub stop: watch::Receiver<bool>,
    /// Where a copy of every input goes, while somebody records.
    pub tap: Tap,
}

/// What others may ask of the thread.
pub enum Command {
    /// The numbers of this moment.
    Numbers(oneshot::Sender<Numbers>),
    /// The self-check is over: the node's own opens may be left out.
    ReleaseHost,
}

/// The numbers of one moment: rings empty, counters read, so that they add up.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    pub hooks: Vec<Hook>,
    pub rings: Vec<Ring>,
    pub stages: Stages,
    pub tables: Vec<Table>,
    pub containers: u64,
    pub rules: Vec<Rule>,
}

/// What a look at the rings found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Drained {
    Nothing,
    All,
    /// There may be more.
    More,
}

struct Worker {
    rings: [AsyncFd<RingBuf<MapData>>; ring::COUNT],
    stats: [Ring; ring::COUNT],
    counters: HookCounters,
    filters: KernelFilters,
    pipeline: Pipeline,
    wants: mpsc::UnboundedSender<Want>,
    offset: i64,
    tap: Tap,
    /// Until when the rings are looked at by the clock.
    poll_until: Option<Instant>,
}

/// Runs until `stop`, then takes what is left and ends. Blocks: the caller gives it a thread.
pub fn run(reader: Reader) -> Result<Numbers> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let Reader {
            rings,
            ring_bytes,
            counters,
            filters,
            pipeline,
            tasks,
            wants,
            found,
            commands,
            stop,
            tap,
        } = reader;
        // SAFETY: each ring owns its descriptor for as long as it lives, and gives out no other.
        let register = |ring| unsafe { AsyncFd::register(ring) }.map_err(std::io::Error::from);
        let rings: Vec<_> = rings.into_iter().map(register).collect::<Result<_, _>>()?;
        let Ok(rings) = <[_; ring::COUNT]>::try_from(rings) else { unreachable!("as many as there were") };
        let mut stats = [Ring::default(); ring::COUNT];
        for (i, stat) in stats.iter_mut().enumerate() {
            stat.name = ring::NAMES[i];
            stat.size_bytes = ring_bytes[i];
        }
        let offset = clock::offset();
        let mut worker =
            Worker { rings, stats, counters, filters, pipeline, wants, offset, tap, poll_until: None };
        worker.push(Input::Clock(offset));
        for record in seeds::records(&tasks) {
            if let Ok(decoded) = crate::decode::decode(record) {
                worker.push(Input::Seed(record, seeds::read(decoded.task().tgid)));
            }
        }
        drop(tasks);
        worker.run(found, commands, stop).await
    })
}

impl Worker {
    async fn run(
        &mut self,
        mut found: mpsc::UnboundedReceiver<Found>,
        mut commands: mpsc::Receiver<Command>,
        mut stop: watch::Receiver<bool>,
    ) -> Result<Numbers> {
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut next_poll = Instant::now();
        loop {
            tokio::select! {
                // What is rare comes first: under a flood the rings always have more.
                biased;
                changed = stop.changed() => {
                    if changed.is_err() || *stop.borrow() {
                        break;
                    }
                }
                _ = tick.tick() => self.tick()?,
                Some(command) = commands.recv() => self.command(command, &mut found)?,
                ready = readable(&mut self.rings) => {
                    ready.context("a ring can't be waited for")?;
                    self.poll_until = Some(Instant::now() + POLL_FOR);
                    next_poll = Instant::now();
                }
                () = sleep_until(next_poll), if self.poll_until.is_some() => {
                    let drained = self.drain(&mut found);
                    let now = Instant::now();
                    // What is not taken yet is taken at once; else by the clock, until its time is up.
                    next_poll = if drained == Drained::More { now } else { now + POLL_EVERY };
                    if drained == Drained::Nothing && self.poll_until.is_some_and(|until| now > until) {
                        self.poll_until = None;
                    }
                }
                Some(answer) = found.recv() => self.found(answer),
            }
        }
        while self.drain(&mut found) == Drained::More {}
        self.tick()?;
        self.pipeline.flush();
        self.numbers(&mut found)
    }

    /// Takes what is in the rings, process records first.
    fn drain(&mut self, found: &mut mpsc::UnboundedReceiver<Found>) -> Drained {
        for turn in 0..TURNS {
            let mut taken = 0;
            for (i, most) in TURN.into_iter().enumerate() {
                let mut records = 0;
                while records < most
                    && let Some(item) = self.rings[i].get_mut().next()
                {
                    records += 1;
                    self.stats[i].bytes += item.len() as u64;
                    let input = Input::Record(&item);
                    self.tap.copy(&input);
                    self.pipeline.push(input);
                }
                self.stats[i].records += records;
                taken += records;
            }
            self.send_wants();
            while let Ok(answer) = found.try_recv() {
                self.found(answer);
            }
            if taken > 0 {
                self.poll_until = Some(Instant::now() + POLL_FOR);
            } else {
                return if turn == 0 { Drained::Nothing } else { Drained::All };
            }
        }
        Drained::More
    }

    fn push(&mut self, input: Input<'_>) {
        self.tap.copy(&input);
        self.pipeline.push(input);
        self.send_wants();
    }

    fn send_wants(&mut self) {
        for want in self.pipeline.take_wants() {
            if let Want::Forget(cgroups) = &want {
                self.filters.forget(cgroups);
            } else {
                // Nobody answers only when the agent ends.
                let _ = self.wants.send(want);
            }
        }
    }

    fn found(&mut self, found: Found) {
        match found {
            Found::Identity(found, mounts) => {
                self.filters.learn(found.answer.cgroup, &found.answer.subject, mounts);
                self.push(Input::Identity(found));
            }
            Found::Program(key, kind) => self.push(Input::Program(key, kind)),
        }
    }

    fn command(&mut self, command: Command, found: &mut mpsc::UnboundedReceiver<Found>) -> Result<()> {
        match command {
            Command::Numbers(answer) => {
                let _ = answer.send(self.numbers(found)?);
            }
            Command::ReleaseHost => self.filters.release_host(),
        }
        Ok(())
    }

    /// Reads the counters between two looks at the rings, and again until nothing came in between: then they belong
    /// together. Under a flood that never happens; then the last reading stands.
    fn numbers(&mut self, found: &mut mpsc::UnboundedReceiver<Found>) -> Result<Numbers> {
        let mut counters = [Counters::default(); hook::COUNT];
        for _ in 0..8 {
            let drained = self.drain(found);
            counters = self.counters.read()?;
            let submitted: u64 = counters.iter().map(|c| c.submitted).sum();
            if drained == Drained::More || submitted == self.stats.iter().map(|s| s.records).sum::<u64>() {
                break;
            }
        }
        self.push(Input::Counters(counters));
        let hooks = hook::NAMES.iter().zip(counters).map(|(name, counters)| Hook { name, counters });
        Ok(Numbers {
            hooks: hooks.collect(),
            rings: self.stats.to_vec(),
            stages: self.pipeline.stages(),
            tables: self.pipeline.tables(),
            containers: self.pipeline.containers(),
            rules: self.pipeline.rules(),
        })
    }

    fn tick(&mut self) -> Result<()> {
        let offset = clock::offset();
        // Below a millisecond it is the two readings that differ, not the clocks.
        if offset.abs_diff(self.offset) > 1_000_000 {
            self.offset = offset;
            self.push(Input::Clock(offset));
        }
        let counters = self.counters.read()?;
        self.push(Input::Counters(counters));
        self.push(Input::Tick(clock::boot_ns()));
        Ok(())
    }
}

/// Waits until one of the rings wakes its reader.
async fn readable(rings: &mut [AsyncFd<RingBuf<MapData>>; ring::COUNT]) -> std::io::Result<()> {
    let [a, b, c] = rings;
    // Wake-ups come by edges: each is taken note of, and then the ring is read until it is empty.
    tokio::select! {
        guard = a.readable_mut() => guard?.clear_ready(),
        guard = b.readable_mut() => guard?.clear_ready(),
        guard = c.readable_mut() => guard?.clear_ready(),
    }
    Ok(())
}
