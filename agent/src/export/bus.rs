//! The bus: takes each event and finding from the pipeline and puts it into the queue of every subscriber that wants it.
//!
//! Publishing never waits for a subscriber. A subscriber whose queue is full loses what is published meanwhile, events
//! first: a part of each queue is kept for findings. It is told what it lost, at the place in its stream where it lost
//! it. Nothing is queued, copied or converted for a subscriber that doesn't want it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use thiserror::Error;
use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::{Notify, mpsc};

use super::filter::Filter;
use crate::event::{Event, Finding};

/// Most subscribers at a time: each costs the pipeline a filter's work for each event.
pub const MAX_SUBSCRIBERS: usize = 64;
/// Events that a subscriber's queue holds unless it asks for another number.
pub const DEFAULT_CAPACITY: usize = 2048;

#[derive(Debug, Error, PartialEq, Eq)]
#[error("there are {MAX_SUBSCRIBERS} subscribers already, the most that there can be: end one of them")]
pub struct TooManySubscribers;

/// Where the pipeline publishes and others subscribe; a clone is the same bus.
#[derive(Clone, Debug, Default)]
pub struct Bus {
    /// Publishers only read; who comes, goes or counts writes, and so sees sums that add up.
    registry: Arc<RwLock<Registry>>,
}

#[derive(Debug, Default)]
struct Registry {
    published_events: AtomicU64,
    published_findings: AtomicU64,
    last_event_seq: AtomicU64,
    last_finding_seq: AtomicU64,
    /// Subscribers so far, which is the last one's id.
    subscribers: u64,
    lines: Vec<Line>,
    gone_events: Counts,
    gone_findings: Counts,
    closed: bool,
}

/// The publisher's end of a subscription.
#[derive(Debug)]
struct Line {
    filter: Filter,
    /// `None` once the bus is closed.
    sender: Option<mpsc::Sender<Queued>>,
    /// Room that events leave free, for findings.
    reserve: usize,
    state: Arc<State>,
}

/// What both ends of a subscription know.
#[derive(Debug)]
struct State {
    id: u64,
    name: &'static str,
    events: Tally,
    findings: Tally,
    /// Something was lost: nothing else might come to tell of it.
    lost: Notify,
}

#[derive(Debug, Default)]
struct Tally {
    offered: AtomicU64,
    filtered: AtomicU64,
    dropped: AtomicU64,
    queued: AtomicU64,
    delivered: AtomicU64,
}

#[derive(Debug)]
struct Queued {
    item: Item,
    /// What the subscriber had lost in all when this was queued.
    lost_before: Totals,
}

#[derive(Debug)]
enum Item {
    Event(Arc<Event>),
    Finding(Arc<Finding>),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Totals {
    events: u64,
    findings: u64,
}

/// What a subscriber gets.
#[derive(Clone, Debug)]
pub enum Message {
    Event(Arc<Event>),
    Finding(Arc<Finding>),
    Lost(Lost),
}

/// What a subscriber lost because its own queue was full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Since it was last told.
    pub events: u64,
    pub findings: u64,
    /// Since it subscribed.
    pub total_events: u64,
    pub total_findings: u64,
}

/// How far the streams had come: everything after this comes to the subscriber.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// [`Event::seq`] of the last one; 0 when there was none.
    pub event_seq: u64,
    /// [`Finding::seq`] of the last one; 0 when there was none.
    pub finding_seq: u64,
}

/// What came of what was offered: `offered = filtered + dropped + delivered + waiting + abandoned`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub offered: u64,
    /// Not wanted by the subscriber's filter.
    pub filtered: u64,
    /// Lost because the queue was full.
    pub dropped: u64,
    /// Taken out of the queue by the subscriber.
    pub delivered: u64,
    /// In the queue now.
    pub waiting: u64,
    /// Still in the queue when the subscriber left.
    pub abandoned: u64,
}

/// One subscriber's counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubscriberCounts {
    pub id: u64,
    pub name: &'static str,
    pub events: Counts,
    pub findings: Counts,
}

/// The counts of all of them, at one moment between two publications.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deliveries {
    pub published_events: u64,
    pub published_findings: u64,
    /// All subscribers together, those that have left included.
    pub events: Counts,
    pub findings: Counts,
    /// Those of now.
    pub subscribers: Vec<SubscriberCounts>,
}

impl Bus {
    /// Hands an event to whoever wants it. Never waits for a subscriber.
    pub fn publish_event(&self, event: &Arc<Event>) {
        let registry = self.registry.read().unwrap_or_else(PoisonError::into_inner);
        registry.published_events.fetch_add(1, Ordering::Relaxed);
        registry.last_event_seq.store(event.seq, Ordering::Relaxed);
        for line in &registry.lines {
            line.offer(&line.state.events, line.reserve, || {
                line.filter.wants_event(event).then(|| Item::Event(Arc::clone(event)))
            });
        }
    }

    /// Hands a finding to whoever wants it. Never waits for a subscriber.
    pub fn publish_finding(&self, finding: &Arc<Finding>) {
        let registry = self.registry.read().unwrap_or_else(PoisonError::into_inner);
        registry.published_findings.fetch_add(1, Ordering::Relaxed);
        registry.last_finding_seq.store(finding.seq, Ordering::Relaxed);
        for line in &registry.lines {
            line.offer(&line.state.findings, 0, || {
                line.filter.wants_finding(finding).then(|| Item::Finding(Arc::clone(finding)))
            });
        }
    }

    /// From now on, everything that `filter` wants comes to the subscription, as long as it keeps no more than `capacity`
    /// messages waiting; a quarter as many findings (at least 16) have room beyond. `name` says in the status what it is.
    pub fn subscribe(
        &self,
        name: &'static str,
        filter: Filter,
        capacity: usize,
    ) -> Result<Subscription, TooManySubscribers> {
        let capacity = capacity.max(1);
        let reserve = (capacity / 4).max(16);
        let (sender, receiver) = mpsc::channel(capacity + reserve);
        let mut registry = self.registry.write().unwrap_or_else(PoisonError::into_inner);
        if registry.lines.len() >= MAX_SUBSCRIBERS {
            return Err(TooManySubscribers);
        }
        registry.subscribers += 1;
        let state = Arc::new(State {
            id: registry.subscribers,
            name,
            events: Tally::default(),
            findings: Tally::default(),
            lost: Notify::new(),
        });
        let position = Position {
            event_seq: registry.last_event_seq.load(Ordering::Relaxed),
            finding_seq: registry.last_finding_seq.load(Ordering::Relaxed),
        };
        let sender = (!registry.closed).then_some(sender);
        registry.lines.push(Line { filter, sender, reserve, state: Arc::clone(&state) });
        Ok(Subscription {
            registry: Arc::clone(&self.registry),
            receiver,
            state,
            position,
            told: Totals::default(),
            next: None,
        })
    }

    /// Ends every subscription, once it has taken what waits for it. What is published after this goes nowhere.
    pub fn close(&self) {
        let mut registry = self.registry.write().unwrap_or_else(PoisonError::into_inner);
        registry.closed = true;
        for line in &mut registry.lines {
            line.sender = None;
        }
    }

    /// What came of everything published.
    pub fn deliveries(&self) -> Deliveries {
        let registry = self.registry.write().unwrap_or_else(PoisonError::into_inner);
        let subscribers: Vec<_> = registry.lines.iter().map(|line| line.state.counts()).collect();
        let (mut events, mut findings) = (registry.gone_events, registry.gone_findings);
        for subscriber in &subscribers {
            events.add(&subscriber.events);
            findings.add(&subscriber.findings);
        }
        Deliveries {
            published_events: registry.published_events.load(Ordering::Relaxed),
            published_findings: registry.published_findings.load(Ordering::Relaxed),
            events,
            findings,
            subscribers,
        }
    }
}

impl Line {
    /// Queues what `wanted` gives, if it gives anything and there is room beyond `reserve`.
    fn offer(&self, tally: &Tally, reserve: usize, wanted: impl FnOnce() -> Option<Item>) {
        let Some(sender) = &self.sender else { return };
        tally.offered.fetch_add(1, Ordering::Relaxed);
        let Some(item) = wanted() else {
            tally.filtered.fetch_add(1, Ordering::Relaxed);
            return;
        };
        let queued = Queued { item, lost_before: self.state.lost() };
        // Only publishing takes room away, and the pipeline is one thread, so that the room seen here is still there.
        if sender.capacity() > reserve && sender.try_send(queued).is_ok() {
            tally.queued.fetch_add(1, Ordering::Relaxed);
        } else {
            tally.dropped.fetch_add(1, Ordering::Release);
            self.state.lost.notify_one();
        }
    }
}

impl State {
    fn lost(&self) -> Totals {
        Totals {
            events: self.events.dropped.load(Ordering::Acquire),
            findings: self.findings.dropped.load(Ordering::Acquire),
        }
    }

    fn counts(&self) -> SubscriberCounts {
        SubscriberCounts {
            id: self.id,
            name: self.name,
            events: self.events.counts(),
            findings: self.findings.counts(),
        }
    }
}

impl Tally {
    fn counts(&self) -> Counts {
        let queued = self.queued.load(Ordering::Relaxed);
        let delivered = self.delivered.load(Ordering::Relaxed);
        Counts {
            offered: self.offered.load(Ordering::Relaxed),
            filtered: self.filtered.load(Ordering::Relaxed),
            dropped: self.dropped.load(Ordering::Relaxed),
            delivered,
            waiting: queued - delivered,
            abandoned: 0,
        }
    }
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.offered += other.offered;
        self.filtered += other.filtered;
        self.dropped += other.dropped;
        self.delivered += other.delivered;
        self.waiting += other.waiting;
        self.abandoned += other.abandoned;
    }

    /// As they are once nobody will take what waits.
    fn left(mut self) -> Self {
        self.abandoned += std::mem::take(&mut self.waiting);
        self
    }
}

/// A subscriber's end: what it wants, in the order in which it was published. Dropping it unsubscribes.
#[derive(Debug)]
pub struct Subscription {
    registry: Arc<RwLock<Registry>>,
    receiver: mpsc::Receiver<Queued>,
    state: Arc<State>,
    position: Position,
    /// Of what is lost, what the subscriber knows.
    told: Totals,
    /// Taken from the queue, but a loss before it had to be told first.
    next: Option<Queued>,
}

impl Subscription {
    /// Where the streams stood at the subscription.
    pub fn position(&self) -> Position {
        self.position
    }

    /// The next message; `None` once the bus is closed and all is taken. Cancel-safe.
    pub async fn recv(&mut self) -> Option<Message> {
        loop {
            // A flood must not keep the other tasks of this thread from running.
            tokio::task::consume_budget().await;
            if let Some(message) = self.try_recv() {
                return Some(message);
            }
            tokio::select! {
                biased;
                queued = self.receiver.recv() => match queued {
                    Some(queued) => self.next = Some(queued),
                    None => return self.untold(self.state.lost()).map(Message::Lost),
                },
                () = self.state.lost.notified() => {}
            }
        }
    }

    /// The next message, if one is there.
    pub fn try_recv(&mut self) -> Option<Message> {
        if self.next.is_none() {
            match self.receiver.try_recv() {
                Ok(queued) => self.next = Some(queued),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => {}
            }
        }
        let lost = self.next.as_ref().map_or_else(|| self.state.lost(), |queued| queued.lost_before);
        if let Some(lost) = self.untold(lost) {
            return Some(Message::Lost(lost));
        }
        self.next.take().map(|queued| match queued.item {
            Item::Event(event) => {
                self.state.events.delivered.fetch_add(1, Ordering::Relaxed);
                Message::Event(event)
            }
            Item::Finding(finding) => {
                self.state.findings.delivered.fetch_add(1, Ordering::Relaxed);
                Message::Finding(finding)
            }
        })
    }

    fn untold(&mut self, lost: Totals) -> Option<Lost> {
        let (events, findings) =
            (lost.events.saturating_sub(self.told.events), lost.findings.saturating_sub(self.told.findings));
        if events == 0 && findings == 0 {
            return None;
        }
        self.told.events += events;
        self.told.findings += findings;
        Some(Lost { events, findings, total_events: self.told.events, total_findings: self.told.findings })
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut registry = self.registry.write().unwrap_or_else(PoisonError::into_inner);
        registry.lines.retain(|line| line.state.id != self.state.id);
        let counts = self.state.counts();
        registry.gone_events.add(&counts.events.left());
        registry.gone_findings.add(&counts.findings.left());
    }
}

#[cfg(test)]
#[path = "bus_tests.rs"]
mod tests;
