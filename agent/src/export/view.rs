//! One look at everything the agent knows about itself, for all who show it: `GetStatus`, the metrics, the probes.

use std::time::Duration;

use lunette_proto::lunette::v1 as pb;
use tokio::sync::watch;
use tokio::time::timeout;

use super::bus::Bus;
use super::{convert, jsonl};
use crate::status::StatusHandle;

/// A pipeline that hasn't answered for this long is stuck, whatever else it may be.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Clone, Debug)]
pub struct View {
    pub bus: Bus,
    pub pipeline: StatusHandle,
    /// Whether the agent is ready: attached, and its self-check came back.
    pub ready: watch::Receiver<bool>,
    /// Of the findings file, where there is one.
    pub findings_file: Option<jsonl::Stats>,
}

impl View {
    /// A fresh status; `None` when the pipeline has ended, or is stuck.
    pub async fn status(&self) -> Option<pb::Status> {
        let snapshot = timeout(PATIENCE, self.pipeline.get()).await.ok()??;
        let findings_file = self.findings_file.as_ref().map(jsonl::Stats::get);
        Some(convert::status(&snapshot, &self.bus.deliveries(), findings_file))
    }

    pub fn is_ready(&self) -> bool {
        *self.ready.borrow()
    }
}
