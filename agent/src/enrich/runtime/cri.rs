//! Kubernetes' Container Runtime Interface: containerd's, CRI-O's, cri-dockerd's.

use std::collections::HashMap;
use std::time::Duration;

use lunette_proto::runtime::v1 as api;
use lunette_proto::runtime::v1::runtime_service_client::RuntimeServiceClient;
use serde_json::Value;
use tokio::sync::OnceCell;
use tonic::Status;
use tonic::transport::Channel;

use super::oci::{SANDBOX_HAS_NO_NAME, Spec};
use super::socket::{MAX_ANSWER, Silence, Socket};
use super::{Findings, part};
use crate::event::Container;
use crate::status::Source;

const SOURCE: &str = "cri";
/// Where an image was never pulled from a registry, all that the runtime has is its id: the digest of its
/// configuration.
const IMAGE_ID: &str = "cri-image-id";
/// Longest verbose information that is looked at, in bytes.
const MAX_INFO: usize = 4 << 20;

/// A CRI endpoint.
#[derive(Debug)]
pub struct Cri {
    socket: Socket,
    /// As the endpoint's `Version` call has it: it doesn't change while the agent runs.
    runtime_name: OnceCell<String>,
}

impl Cri {
    pub fn new(path: &str, configured: bool) -> Self {
        Self { socket: Socket::new(SOURCE, path, configured), runtime_name: OnceCell::new() }
    }

    pub fn is_usable(&self) -> bool {
        self.socket.is_usable()
    }

    pub fn status(&self) -> Option<Source> {
        self.socket.status()
    }

    /// What the endpoint knows of the container, or pod sandbox, with this id.
    pub async fn container(&self, id: &str, limit: Duration) -> Result<Container, Silence> {
        self.socket.lookup(limit, |channel| self.ask(channel, id)).await
    }

    async fn ask(&self, channel: Channel, id: &str) -> Result<Container, Status> {
        let client = RuntimeServiceClient::new(channel).max_decoding_message_size(MAX_ANSWER);
        // The first container of a pod is its sandbox, which has calls of its own.
        let (container, sandbox, runtime) = tokio::join!(
            container_status(client.clone(), id),
            sandbox_status(client.clone(), id, true),
            self.runtime_name(client.clone())
        );
        match container {
            Ok(response) => {
                let (mut findings, sandbox_id) = read_container(id, response, client.clone()).await?;
                findings.runtime(&runtime);
                self.add_pod(client, &mut findings, sandbox_id).await;
                Ok(findings.into_container())
            }
            Err(error) => match sandbox {
                Ok(response) => {
                    let mut findings = read_sandbox(id, response)?;
                    findings.runtime(&runtime);
                    Ok(findings.into_container())
                }
                Err(_) => Err(error),
            },
        }
    }

    /// Empty where it can't be had.
    async fn runtime_name(&self, mut client: RuntimeServiceClient<Channel>) -> String {
        let name = self.runtime_name.get_or_try_init(|| async {
            let answer = client.version(api::VersionRequest::default()).await?;
            Ok::<_, Status>(answer.into_inner().runtime_name)
        });
        name.await.cloned().unwrap_or_default()
    }

    /// A sandbox that can't be had leaves the container known without its pod.
    async fn add_pod(
        &self,
        client: RuntimeServiceClient<Channel>,
        findings: &mut Findings,
        sandbox_id: String,
    ) {
        if sandbox_id.is_empty() {
            findings.missing(part::POD, "the runtime doesn't say which sandbox it belongs to");
            return;
        }
        match sandbox_status(client, &sandbox_id, false).await {
            Ok(response) => add_pod(findings, response.status),
            Err(error) => {
                findings.missing(part::POD, format!("its sandbox can't be asked about: {}", error.code()))
            }
        }
    }
}

async fn container_status(
    mut client: RuntimeServiceClient<Channel>,
    id: &str,
) -> Result<api::ContainerStatusResponse, Status> {
    let request = api::ContainerStatusRequest { container_id: id.to_owned(), verbose: true };
    Ok(client.container_status(request).await?.into_inner())
}

async fn sandbox_status(
    mut client: RuntimeServiceClient<Channel>,
    id: &str,
    verbose: bool,
) -> Result<api::PodSandboxStatusResponse, Status> {
    let request = api::PodSandboxStatusRequest { pod_sandbox_id: id.to_owned(), verbose };
    Ok(client.pod_sandbox_status(request).await?.into_inner())
}

/// What the container's status says, and the id of its sandbox (empty where nobody says).
async fn read_container(
    id: &str,
    response: api::ContainerStatusResponse,
    mut client: RuntimeServiceClient<Channel>,
) -> Result<(Findings, String), Status> {
    // Runtimes take a prefix of an id for the id.
    let status = response.status.filter(|status| status.id == id).ok_or_else(|| Status::not_found(""))?;
    let mut findings = Findings::new(SOURCE, id);
    findings.name(&status.metadata.unwrap_or_default().name);
    let image = status.image.unwrap_or_default();
    let asked_for =
        if image.user_specified_image.is_empty() { &image.image } else { &image.user_specified_image };
    findings.image(asked_for);
    add_digest(&mut findings, id, &status.image_ref);
    findings.labels(status.labels);
    findings.mounts(status.mounts.into_iter().map(|mount| (mount.host_path, mount.container_path)));
    let info = parse_info(&response.info);
    add_info(&mut findings, &info);
    let mut sandbox_id = info.get("sandboxID").and_then(Value::as_str).unwrap_or_default().to_owned();
    if sandbox_id.is_empty() {
        let filter = api::ContainerFilter { id: id.to_owned(), ..Default::default() };
        let list =
            client.list_containers(api::ListContainersRequest { filter: Some(filter) }).await?.into_inner();
        let container = list.containers.into_iter().find(|container| container.id == id);
        sandbox_id = container.unwrap_or_default().pod_sandbox_id;
    }
    Ok((findings, sandbox_id))
}

fn read_sandbox(id: &str, response: api::PodSandboxStatusResponse) -> Result<Findings, Status> {
    let status = response.status.filter(|status| status.id == id).ok_or_else(|| Status::not_found(""))?;
    let mut findings = Findings::new(SOURCE, id);
    findings.missing(part::NAME, SANDBOX_HAS_NO_NAME);
    let info = parse_info(&response.info);
    if let Some(image) = info.get("image").and_then(Value::as_str) {
        findings.image(image);
    }
    add_info(&mut findings, &info);
    findings.labels(status.labels.clone());
    // kubelet gives a sandbox no volumes.
    findings.mounts([]);
    add_pod(&mut findings, Some(status));
    Ok(findings)
}

fn add_pod(findings: &mut Findings, status: Option<api::PodSandboxStatus>) {
    let status = status.unwrap_or_default();
    let metadata = status.metadata.unwrap_or_default();
    findings.pod(&metadata.name, &metadata.namespace, &metadata.uid);
    findings.pod_labels(status.labels);
}

fn add_digest(findings: &mut Findings, id: &str, image_ref: &str) {
    if image_ref.contains('@') {
        findings.image_digest(image_ref);
        return;
    }
    let mut by_id = Findings::new(IMAGE_ID, id);
    by_id.image_digest(image_ref);
    super::complete(&mut findings.container, by_id.into_container());
}

/// `Null` where there is none, or it can't be read: the interface promises nothing of it.
fn parse_info(info: &HashMap<String, String>) -> Value {
    info.get("info")
        .filter(|json| json.len() <= MAX_INFO)
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default()
}

fn add_info(findings: &mut Findings, info: &Value) {
    findings.init_pid(info.get("pid").and_then(Value::as_u64).unwrap_or(0));
    if let Some(spec) = info.get("runtimeSpec") {
        findings.rootfs(Spec::from_value(spec.clone()).root().unwrap_or_default());
    }
}
