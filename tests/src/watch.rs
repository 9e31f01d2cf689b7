//! A subscription to an agent's stream.

use std::future::Future;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, bail};
use lunette_proto::lunette::v1 as pb;
use lunette_proto::lunette::v1::lunette_client::LunetteClient;
pub use lunette_proto::lunette::v1::watch_response::Message;
use tokio::runtime::{Handle, Runtime};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tonic::Streaming;
use tonic::transport::Channel;

use crate::deeds::describe;

/// What came, and when.
#[derive(Clone, Debug)]
pub struct Received {
    pub at: SystemTime,
    pub message: Message,
}

impl Received {
    pub fn finding(&self) -> Option<&pb::Finding> {
        match &self.message {
            Message::Finding(finding) => Some(finding),
            _ => None,
        }
    }

    pub fn event(&self) -> Option<&pb::Event> {
        match &self.message {
            Message::Event(event) => Some(event),
            _ => None,
        }
    }

    /// The event, where it tells of a loss.
    pub fn loss(&self) -> Option<&pb::Loss> {
        match self.event()?.deed.as_ref()? {
            pb::event::Deed::Loss(loss) => Some(loss),
            _ => None,
        }
    }

    pub fn lost(&self) -> Option<&pb::Lost> {
        match &self.message {
            Message::Lost(lost) => Some(lost),
            _ => None,
        }
    }
}

impl Received {
    /// A line about it: all of it is a page, with ancestors that aren't the test's own.
    pub fn summary(&self) -> String {
        match &self.message {
            Message::Finding(finding) => {
                format!("{} ({}, {} times)", describe(finding), finding.why, finding.count)
            }
            Message::Event(event) => format!("event {}: {:?}", event.seq, event.deed),
            other => format!("{other:?}"),
        }
    }
}

/// A subscription; it ends when dropped.
#[derive(Debug)]
pub struct Watch {
    /// What came first.
    pub hello: pb::Hello,
    source: Source,
    runtime: Handle,
}

#[derive(Debug)]
enum Source {
    /// A task reads all the time.
    Read { messages: mpsc::UnboundedReceiver<Received>, task: JoinHandle<()> },
    /// The stream itself.
    Lazy(Box<Streaming<pb::WatchResponse>>),
}

impl Watch {
    pub(crate) fn start<F: Future<Output = Result<LunetteClient<Channel>>>>(
        runtime: &Runtime,
        client: impl FnOnce() -> F,
        filter: pb::Filter,
    ) -> Result<Self> {
        let (hello, mut stream) = runtime.block_on(open(client, filter))?;
        let (sender, messages) = mpsc::unbounded_channel();
        let task = runtime.spawn(async move {
            while let Ok(Some(response)) = stream.message().await {
                let Some(message) = response.message else { continue };
                if sender.send(Received { at: SystemTime::now(), message }).is_err() {
                    return;
                }
            }
        });
        Ok(Self { hello, source: Source::Read { messages, task }, runtime: runtime.handle().clone() })
    }

    pub(crate) fn lazy<F: Future<Output = Result<LunetteClient<Channel>>>>(
        runtime: &Runtime,
        client: impl FnOnce() -> F,
        filter: pb::Filter,
    ) -> Result<Self> {
        let (hello, stream) = runtime.block_on(open(client, filter))?;
        Ok(Self { hello, source: Source::Lazy(Box::new(stream)), runtime: runtime.handle().clone() })
    }

    /// The next message; `None` when the stream has ended, or the time is up.
    pub fn next(&mut self, deadline: Instant) -> Option<Received> {
        let source = &mut self.source;
        let next = async {
            match source {
                Source::Read { messages, .. } => messages.recv().await,
                Source::Lazy(stream) => {
                    let message = stream.message().await.ok()??.message?;
                    Some(Received { at: SystemTime::now(), message })
                }
            }
        };
        self.runtime.block_on(async { tokio::time::timeout_at(deadline.into(), next).await.ok()? })
    }

    /// Everything up to the message for which `done` is true, that one included.
    ///
    /// # Errors
    /// With what came, when the stream ends or the time is up before.
    pub fn until(
        &mut self,
        limit: Duration,
        mut done: impl FnMut(&Received) -> bool,
    ) -> Result<Vec<Received>> {
        let deadline = Instant::now() + limit;
        let mut all = Vec::new();
        loop {
            let Some(received) = self.next(deadline) else {
                let last: Vec<String> =
                    all[all.len().saturating_sub(5)..].iter().map(Received::summary).collect();
                bail!("not within {limit:?}; {} messages came, the last ones: {last:#?}", all.len());
            };
            let is_last = done(&received);
            all.push(received);
            if is_last {
                return Ok(all);
            }
        }
    }

    /// Everything until the stream ends.
    ///
    /// # Errors
    /// When it doesn't in time.
    pub fn rest(&mut self, limit: Duration) -> Result<Vec<Received>> {
        let deadline = Instant::now() + limit;
        let mut all = Vec::new();
        while let Some(received) = self.next(deadline) {
            all.push(received);
        }
        if Instant::now() >= deadline {
            bail!("the stream hasn't ended within {limit:?}");
        }
        Ok(all)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Source::Read { task, .. } = &self.source {
            task.abort();
        }
    }
}

async fn open<F: Future<Output = Result<LunetteClient<Channel>>>>(
    client: impl FnOnce() -> F,
    filter: pb::Filter,
) -> Result<(pb::Hello, Streaming<pb::WatchResponse>)> {
    let request = pb::WatchRequest { filter: Some(filter) };
    let mut stream = client().await?.watch(request).await?.into_inner();
    let first = stream.message().await?.context("the stream is empty")?;
    match first.message {
        Some(Message::Hello(hello)) => Ok((hello, stream)),
        other => bail!("the stream begins with {other:?}"),
    }
}
