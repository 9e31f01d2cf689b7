use std::path::PathBuf;

use lunette_proto::lunette::v1::lunette_client::LunetteClient;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tonic::transport::Channel;
use tonic::{Code, Streaming};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;

use super::*;
use crate::cli::client::{self, Address};
use crate::export::bus::Bus;
use crate::export::socket::Socket;
use crate::export::testing;
use crate::status::{Snapshot, StatusHandle};

const SOON: Duration = Duration::from_secs(10);

struct Agent {
    bus: Bus,
    ready: watch::Sender<bool>,
    path: PathBuf,
    stop: oneshot::Sender<()>,
    server: JoinHandle<anyhow::Result<()>>,
    pipeline: JoinHandle<()>,
    _dir: tempfile::TempDir,
    _socket: Socket,
}

async fn answer_always(mut requests: mpsc::Receiver<oneshot::Sender<Snapshot>>) {
    while let Some(request) = requests.recv().await {
        let _ = request.send(Snapshot { version: "0.1.0".into(), node: "n1".into(), ..Snapshot::default() });
    }
}

impl Agent {
    fn start(queue: usize) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("agent.sock");
        let socket = Socket::bind(&path).expect("a socket");
        let (pipeline, requests) = StatusHandle::new();
        let (ready, receiver) = watch::channel(false);
        let bus = Bus::default();
        let view = View { bus: bus.clone(), pipeline, ready: receiver, findings_file: None };
        let about = About { node: "n1".into(), version: "0.1.0".into(), ..About::default() };
        let api = Api { view, about, rules: vec!["shell-in-container"], queue };
        let (stop, stopped) = oneshot::channel::<()>();
        let listener = socket.listener().expect("a listener");
        let server = tokio::spawn(serve(api, listener, async {
            let _ = stopped.await;
        }));
        let pipeline = tokio::spawn(answer_always(requests));
        Self { bus, ready, path, stop, server, pipeline, _dir: dir, _socket: socket }
    }

    async fn channel(&self) -> Channel {
        client::channel(&Address::Unix(self.path.clone())).await.expect("it listens")
    }

    async fn watch(&self, filter: pb::Filter) -> (pb::Hello, Streaming<pb::WatchResponse>) {
        let request = pb::WatchRequest { filter: Some(filter) };
        let mut stream =
            LunetteClient::new(self.channel().await).watch(request).await.expect("a stream").into_inner();
        let Some(Told::Hello(hello)) = next(&mut stream).await else { panic!("hello comes first") };
        (hello, stream)
    }
}

/// `None` at the end of the stream.
async fn next(stream: &mut Streaming<pb::WatchResponse>) -> Option<Told> {
    let message = timeout(SOON, stream.message()).await.expect("in time").expect("no error");
    message.map(|response| response.message.expect("a message that this client knows"))
}

#[tokio::test]
async fn a_subscriber_gets_what_it_asked_for() {
    let agent = Agent::start(64);
    agent.bus.publish_event(&testing::exec(1));
    let filter = pb::Filter {
        kinds: vec![pb::EventKind::Open.into()],
        min_severity: pb::Severity::Critical.into(),
        ..pb::Filter::default()
    };
    let (hello, mut opens) = agent.watch(filter).await;
    assert_eq!((hello.node.as_str(), hello.last_event_seq, hello.last_finding_seq), ("n1", 1, 0));
    let (_, mut findings) =
        agent.watch(pb::Filter { what: pb::filter::What::Findings.into(), ..pb::Filter::default() }).await;

    agent.bus.publish_event(&testing::exec(2));
    agent.bus.publish_finding(&testing::finding(1));
    agent.bus.publish_event(&testing::host_open(3, "/etc/shadow"));
    let Some(Told::Event(event)) = next(&mut opens).await else { panic!("an event") };
    assert_eq!(event, convert::event(&testing::host_open(3, "/etc/shadow")));
    let Some(Told::Finding(finding)) = next(&mut findings).await else { panic!("a finding") };
    assert_eq!(finding, convert::finding(&testing::finding(1)));

    // Each ends cleanly with the agent, though the client holds on.
    let _ = agent.stop.send(());
    assert_eq!(next(&mut opens).await, None);
    assert_eq!(next(&mut findings).await, None);
    timeout(SOON, agent.server).await.expect("in time").expect("no panic").expect("no error");
}

#[tokio::test]
async fn a_slow_subscriber_is_told_what_it_lost() {
    let agent = Agent::start(4);
    let (_, mut slow) = agent.watch(pb::Filter::default()).await;
    let (_, mut other) =
        agent.watch(pb::Filter { what: pb::filter::What::Findings.into(), ..pb::Filter::default() }).await;
    // More than every buffer on the way holds: the test's thread lets nobody else run meanwhile.
    for seq in 1..=500 {
        agent.bus.publish_event(&testing::exec(seq));
    }
    agent.bus.publish_finding(&testing::finding(1));

    let Some(Told::Finding(_)) = next(&mut other).await else { panic!("another subscriber lost nothing") };
    let (mut events, mut lost, mut last) = (0, 0, 0);
    loop {
        match next(&mut slow).await.expect("not the end") {
            Told::Event(event) => {
                events += 1;
                assert!(event.seq > last, "in order");
                last = event.seq;
            }
            Told::Lost(it) => {
                lost += it.events;
                assert_eq!((it.total_events, it.findings), (lost, 0));
            }
            Told::Finding(_) => break,
            Told::Hello(_) => panic!("hello comes once"),
        }
    }
    assert_eq!(events + lost, 500);
    assert!(lost > 0);
    let deliveries = agent.bus.deliveries();
    assert_eq!(deliveries.subscribers[0].events.dropped, lost);
    assert_eq!(deliveries.subscribers[0].findings.dropped, 0);
}

#[tokio::test]
async fn a_killed_subscriber_leaves_no_trace() {
    let agent = Agent::start(4);
    let (_, stream) = agent.watch(pb::Filter::default()).await;
    assert_eq!(agent.bus.deliveries().subscribers.len(), 1);
    drop(stream);
    let gone = async {
        while !agent.bus.deliveries().subscribers.is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(SOON, gone).await.expect("it is noticed");
}

#[tokio::test]
async fn a_filter_that_is_none_is_refused() {
    let agent = Agent::start(4);
    let filter = pb::Filter { rules: vec!["shell".into()], ..pb::Filter::default() };
    let request = pb::WatchRequest { filter: Some(filter) };
    let status = LunetteClient::new(agent.channel().await).watch(request).await.expect_err("refused");
    assert_eq!(status.code(), Code::InvalidArgument);
    assert_eq!(status.message(), "there is no rule \"shell\"; there are shell-in-container");
}

#[tokio::test]
async fn status_is_the_pipelines_while_there_is_one() {
    let agent = Agent::start(4);
    let mut client = LunetteClient::new(agent.channel().await);
    let (_, _stream) = agent.watch(pb::Filter::default()).await;
    let status = client.get_status(pb::GetStatusRequest {}).await.expect("a status").into_inner();
    assert_eq!((status.node.as_str(), status.subscribers.len()), ("n1", 1));
    agent.pipeline.abort();
    let error = client.get_status(pb::GetStatusRequest {}).await.expect_err("no pipeline");
    assert_eq!(error.code(), Code::Unavailable);
}

#[tokio::test]
async fn health_is_true() {
    use tonic_health::pb::health_check_response::ServingStatus;
    let agent = Agent::start(4);
    let mut client = HealthClient::new(agent.channel().await);
    for service in HEALTH_NAMES {
        agent.ready.send(false).expect("someone listens");
        let request = HealthCheckRequest { service: service.into() };
        let mut watch = client.watch(request).await.expect("a known service").into_inner();
        let mut expect = async |status: ServingStatus| loop {
            let next = timeout(SOON, watch.message()).await.expect("in time").expect("no error");
            if next.expect("not the end").status() == status {
                break;
            }
        };
        expect(ServingStatus::NotServing).await;
        agent.ready.send(true).expect("someone listens");
        expect(ServingStatus::Serving).await;
        agent.ready.send(false).expect("someone listens");
        expect(ServingStatus::NotServing).await;
    }
    // A health watch never ends by itself; the agent does all the same.
    let request = HealthCheckRequest { service: String::new() };
    let _held = client.watch(request).await.expect("a known service");
    let _ = agent.stop.send(());
    timeout(SOON, agent.server).await.expect("in time").expect("no panic").expect("no error");
}

#[tokio::test]
async fn reflection_lists_the_services() {
    let agent = Agent::start(4);
    let mut client = ServerReflectionClient::new(agent.channel().await);
    let request = |request| tonic_reflection::pb::v1::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(request),
    };
    let requests = tokio_stream::iter([
        request(MessageRequest::ListServices(String::new())),
        request(MessageRequest::FileContainingSymbol("lunette.v1.WatchResponse".into())),
    ]);
    let mut answers = client.server_reflection_info(requests).await.expect("a stream").into_inner();
    let answer = answers.message().await.expect("no error").expect("an answer").message_response;
    let Some(MessageResponse::ListServicesResponse(list)) = answer else { panic!("a list: {answer:?}") };
    let names: Vec<_> = list.service.iter().map(|service| service.name.as_str()).collect();
    for name in ["lunette.v1.Lunette", "grpc.health.v1.Health"] {
        assert!(names.contains(&name), "{names:?}");
    }
    let answer = answers.message().await.expect("no error").expect("an answer").message_response;
    let Some(MessageResponse::FileDescriptorResponse(file)) = answer else { panic!("a file: {answer:?}") };
    assert!(!file.file_descriptor_proto.is_empty());
}
