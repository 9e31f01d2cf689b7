//! The gRPC API, `lunette.v1`, with the health and reflection services beside it.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};
use lunette_proto::FILE_DESCRIPTOR_SET;
use lunette_proto::lunette::v1 as pb;
use lunette_proto::lunette::v1::lunette_server::{Lunette, LunetteServer};
use lunette_proto::lunette::v1::watch_response::Message as Told;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::oneshot;
use tokio::time::timeout;
use tonic::transport::Server;
use tonic::{Request, Response, Status};
use tonic_health::ServingStatus;
use tonic_health::server::HealthReporter;

use super::bus::{Message, Subscription};
use super::convert;
use super::filter::Filter;
use super::view::View;

/// The names that the health service answers to: the server as a whole, and the one service.
const HEALTH_NAMES: [&str; 2] = ["", "lunette.v1.Lunette"];
/// A filter at its largest is less than this.
const MAX_REQUEST: usize = 256 << 10;
/// How long a client may take to see the end of its streams once the agent stops.
const GRACE: Duration = Duration::from_secs(1);

/// What the API serves from.
#[derive(Clone, Debug)]
pub struct Api {
    pub view: View,
    pub about: About,
    /// Names of all rules, so that a filter with another name is refused instead of silently finding nothing.
    pub rules: Vec<&'static str>,
    /// Events that each subscriber's queue holds: [`super::bus::DEFAULT_CAPACITY`].
    pub queue: usize,
}

/// What a subscriber is told first.
#[derive(Clone, Debug, Default)]
pub struct About {
    pub node: String,
    /// Of the agent.
    pub version: String,
    /// Kernel release.
    pub kernel: String,
    pub boot_id: String,
}

/// Serves until `shutdown`, then closes the bus, so that each watch gets what waits for it and ends; what isn't over
/// within a second is cut. `shutdown` is for when the pipeline has published its last.
pub async fn serve(
    api: Api,
    listener: UnixListener,
    shutdown: impl Future<Output = ()> + Send,
) -> anyhow::Result<()> {
    let (reporter, health) = tonic_health::server::health_reporter();
    tell_health(&reporter, false).await;
    let follow = tokio::spawn(follow_ready(reporter.clone(), api.view.ready.clone()));
    let reflection = tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
        .build_v1()?;
    let bus = api.view.bus.clone();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = Server::builder()
        .max_concurrent_streams(128)
        .add_service(LunetteServer::new(api).max_decoding_message_size(MAX_REQUEST))
        .add_service(health)
        .add_service(reflection)
        .serve_with_incoming_shutdown(incoming(listener), async {
            // Dropped or sent, it is time.
            let _ = stopped.await;
        });
    tokio::pin!(server);
    let result = tokio::select! {
        result = &mut server => result,
        () = shutdown => {
            follow.abort();
            tell_health(&reporter, false).await;
            bus.close();
            let _ = stop.send(());
            // What is cut after that are streams that only the client ends, as the health service's.
            timeout(GRACE, &mut server).await.unwrap_or(Ok(()))
        }
    };
    follow.abort();
    Ok(result?)
}

/// The server stops at the first error of its listener, and running out of file descriptors for a moment is one.
fn incoming(listener: UnixListener) -> impl Stream<Item = io::Result<UnixStream>> {
    stream::unfold(listener, |listener| async move {
        loop {
            match listener.accept().await {
                Ok((connection, _)) => return Some((Ok(connection), listener)),
                Err(error) => {
                    tracing::warn!("can't accept a connection to the API: {error}");
                    // Nothing tells when there are descriptors again.
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
            }
        }
    })
}

async fn follow_ready(reporter: HealthReporter, mut ready: tokio::sync::watch::Receiver<bool>) {
    loop {
        let now = *ready.borrow_and_update();
        tell_health(&reporter, now).await;
        if ready.changed().await.is_err() {
            // Whoever knew is gone, and so is what was ready.
            return tell_health(&reporter, false).await;
        }
    }
}

async fn tell_health(reporter: &HealthReporter, ready: bool) {
    let status = if ready { ServingStatus::Serving } else { ServingStatus::NotServing };
    for name in HEALTH_NAMES {
        reporter.set_service_status(name, status).await;
    }
}

#[tonic::async_trait]
impl Lunette for Api {
    type WatchStream = Pin<Box<dyn Stream<Item = Result<pb::WatchResponse, Status>> + Send>>;

    async fn watch(&self, request: Request<pb::WatchRequest>) -> Result<Response<Self::WatchStream>, Status> {
        let filter = request.into_inner().filter.unwrap_or_default();
        let filter = Filter::from_proto(&filter, &self.rules)
            .map_err(|error| Status::invalid_argument(error.to_string()))?;
        let subscription = self
            .view
            .bus
            .subscribe("grpc", filter, self.queue)
            .map_err(|error| Status::resource_exhausted(error.to_string()))?;
        let hello = Ok(response(Told::Hello(hello(&self.about, &subscription))));
        let rest = stream::unfold(subscription, |mut subscription| async move {
            let message = subscription.recv().await?;
            Some((Ok(response(told(&message))), subscription))
        });
        Ok(Response::new(Box::pin(stream::iter([hello]).chain(rest))))
    }

    async fn get_status(&self, _: Request<pb::GetStatusRequest>) -> Result<Response<pb::Status>, Status> {
        let status = self.view.status().await;
        status.map(Response::new).ok_or_else(|| {
            Status::unavailable(
                "the agent's pipeline doesn't answer: it is about to end, or stuck; its log says more",
            )
        })
    }
}

fn hello(about: &About, subscription: &Subscription) -> pb::Hello {
    let position = subscription.position();
    pb::Hello {
        node: about.node.clone(),
        version: about.version.clone(),
        kernel: about.kernel.clone(),
        boot_id: about.boot_id.clone(),
        last_event_seq: position.event_seq,
        last_finding_seq: position.finding_seq,
    }
}

/// What a subscriber got, as a message of the API.
pub(super) fn told(message: &Message) -> Told {
    match message {
        Message::Event(event) => Told::Event(convert::event(event)),
        Message::Finding(finding) => Told::Finding(convert::finding(finding)),
        Message::Lost(lost) => Told::Lost(pb::Lost {
            events: lost.events,
            findings: lost.findings,
            total_events: lost.total_events,
            total_findings: lost.total_findings,
        }),
    }
}

pub(super) fn response(message: Told) -> pb::WatchResponse {
    pb::WatchResponse { message: Some(message) }
}

#[cfg(test)]
#[path = "grpc_tests.rs"]
mod tests;
