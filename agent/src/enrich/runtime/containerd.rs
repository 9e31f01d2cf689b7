//! containerd's own API, which knows all of its containers: the CRI's, Docker's, those of `ctr` and
//! `nerdctl`.

use std::time::Duration;

use bstr::BStr;
use futures_util::future::join_all;
use lunette_proto::containerd::services::containers::v1 as containers;
use lunette_proto::containerd::services::containers::v1::containers_client::ContainersClient;
use lunette_proto::containerd::services::images::v1 as images;
use lunette_proto::containerd::services::images::v1::images_client::ImagesClient;
use lunette_proto::containerd::services::namespaces::v1 as namespaces;
use lunette_proto::containerd::services::namespaces::v1::namespaces_client::NamespacesClient;
use lunette_proto::containerd::services::tasks::v1 as tasks;
use lunette_proto::containerd::services::tasks::v1::tasks_client::TasksClient;
use tonic::transport::Channel;
use tonic::{Code, Request, Status};

use super::oci::{self, Spec};
use super::socket::{MAX_ANSWER, Silence, Socket};
use super::{Findings, part};
use crate::event::Container;
use crate::status::Source;

const SOURCE: &str = "containerd";
/// Header with the namespace that a call is about.
const NAMESPACE: &str = "containerd-namespace";
/// Most namespaces that are looked through.
const MAX_NAMESPACES: usize = 64;
const CRI_NAMESPACE: &str = "k8s.io";
const DOCKER_NAMESPACE: &str = "moby";
/// `container` or `sandbox`: only what the CRI plugin made has it.
const CRI_KIND: &str = "io.cri-containerd.kind";

/// A containerd.
#[derive(Debug)]
pub struct Containerd {
    socket: Socket,
}

/// A container, and whether the CRI will know more of it.
#[derive(Clone, Debug)]
pub struct Known {
    pub container: Container,
    pub cri_knows_more: bool,
}

impl Containerd {
    pub fn new(path: &str, configured: bool) -> Self {
        Self { socket: Socket::new(SOURCE, path, configured) }
    }

    pub fn is_usable(&self) -> bool {
        self.socket.is_usable()
    }

    pub fn status(&self) -> Option<Source> {
        self.socket.status()
    }

    /// The container with this id, in whichever namespace.
    pub async fn container(&self, id: &str, limit: Duration) -> Result<Known, Silence> {
        let lookup = |channel: Channel| async move {
            let names = namespaces(channel.clone()).await?;
            let answers = join_all(names.iter().map(|namespace| get(channel.clone(), namespace, id))).await;
            let mut error = Status::not_found("");
            for (namespace, answer) in names.iter().zip(answers) {
                match answer {
                    Ok(container) => return Ok(describe(channel, namespace, container).await),
                    Err(status) if status.code() == Code::NotFound => {}
                    Err(status) => error = status,
                }
            }
            Err(error)
        };
        self.socket.lookup(limit, lookup).await
    }

    /// The container whose specification puts it into this cgroup, or one above. Those of Kubernetes and
    /// Docker are left out: their cgroups have the id in their name.
    pub async fn container_of_cgroup(&self, path: &BStr, limit: Duration) -> Result<Known, Silence> {
        let lookup = |channel: Channel| async move {
            let names = namespaces(channel.clone()).await?;
            for namespace in
                names.iter().filter(|name| ![CRI_NAMESPACE, DOCKER_NAMESPACE].contains(&name.as_str()))
            {
                for container in list(channel.clone(), namespace).await? {
                    let spec = spec_of(&container);
                    if spec.is_ok_and(|spec| spec.has_cgroup(path)) {
                        return Ok(describe(channel, namespace, container).await);
                    }
                }
            }
            Err(Status::not_found(""))
        };
        self.socket.lookup(limit, lookup).await
    }
}

async fn namespaces(channel: Channel) -> Result<Vec<String>, Status> {
    let answer = NamespacesClient::new(channel).list(namespaces::ListNamespacesRequest::default()).await?;
    let names = answer.into_inner().namespaces.into_iter().map(|namespace| namespace.name);
    Ok(names.take(MAX_NAMESPACES).collect())
}

async fn get(channel: Channel, namespace: &str, id: &str) -> Result<containers::Container, Status> {
    let mut client = ContainersClient::new(channel).max_decoding_message_size(MAX_ANSWER);
    let request = within(namespace, containers::GetContainerRequest { id: id.to_owned() })?;
    client.get(request).await?.into_inner().container.ok_or_else(|| Status::not_found(""))
}

async fn list(channel: Channel, namespace: &str) -> Result<Vec<containers::Container>, Status> {
    let mut client = ContainersClient::new(channel).max_decoding_message_size(MAX_ANSWER);
    let request = within(namespace, containers::ListContainersRequest::default())?;
    Ok(client.list(request).await?.into_inner().containers)
}

async fn pid(channel: Channel, namespace: &str, id: &str) -> Result<u32, Status> {
    let request = tasks::GetRequest { container_id: id.to_owned(), exec_id: String::new() };
    let answer = TasksClient::new(channel).get(within(namespace, request)?).await?;
    Ok(answer.into_inner().process.unwrap_or_default().pid)
}

async fn image(channel: Channel, namespace: &str, name: &str) -> Result<images::Image, Status> {
    let request = images::GetImageRequest { name: name.to_owned() };
    let answer = ImagesClient::new(channel).get(within(namespace, request)?).await?;
    answer.into_inner().image.ok_or_else(|| Status::not_found(""))
}

fn within<T>(namespace: &str, message: T) -> Result<Request<T>, Status> {
    let mut request = Request::new(message);
    let namespace =
        namespace.parse().map_err(|_| Status::internal("a namespace's name that no header can have"))?;
    request.metadata_mut().insert(NAMESPACE, namespace);
    Ok(request)
}

fn spec_of(container: &containers::Container) -> Result<Spec, String> {
    let json = container.spec.as_ref().map(|spec| spec.value.as_slice()).unwrap_or_default();
    Spec::parse(json)
}

async fn describe(channel: Channel, namespace: &str, container: containers::Container) -> Known {
    let (pid, image) = tokio::join!(pid(channel.clone(), namespace, &container.id), async {
        if container.image.is_empty() {
            None
        } else {
            Some(image(channel, namespace, &container.image).await)
        }
    });
    let mut findings = Findings::new(SOURCE, &container.id);
    let kind = container.labels.get(CRI_KIND).map(String::as_str);
    let docker = namespace == DOCKER_NAMESPACE;
    findings.runtime(if docker { "docker" } else { "containerd" });
    findings.init_pid(u64::from(pid.unwrap_or(0)));
    findings.image(&container.image);
    match (&image, &container.created_at) {
        (Some(Ok(image)), Some(created)) => add_digest(&mut findings, image, created),
        (Some(Ok(_)), None) => {
            findings.missing(part::IMAGE_DIGEST, "containerd doesn't say when it was made")
        }
        (Some(Err(error)), _) => {
            let why =
                format!("containerd doesn't have its image under that name any more ({})", error.code());
            findings.missing(part::IMAGE_DIGEST, why);
        }
        (None, _) => {}
    }
    let label = |key: &str| container.labels.get(key).map(String::as_str).unwrap_or_default();
    findings.pod(
        label("io.kubernetes.pod.name"),
        label("io.kubernetes.pod.namespace"),
        label("io.kubernetes.pod.uid"),
    );
    let name = oci::annotated_name(|key| container.labels.get(key).map(String::as_str));
    match spec_of(&container) {
        Ok(spec) => {
            let mut annotated = Findings::new(SOURCE, &container.id);
            oci::annotated(&mut annotated, |key| spec.annotation(key));
            super::complete(&mut findings.container, annotated.into_container());
            findings.rootfs(spec.root().unwrap_or_default());
            if let Some(mounts) = spec.mounts() {
                findings.mounts(mounts);
            }
        }
        Err(error) => findings.missing(part::MOUNTS, error),
    }
    match name {
        Ok(Some(name)) => findings.name(name),
        Ok(None) if docker => findings.missing(part::NAME, "containerd isn't told Docker's name for it"),
        Ok(None) => findings.name(&container.id),
        Err(why) => findings.missing(part::NAME, why),
    }
    findings.labels(container.labels.clone());
    Known { container: findings.into_container(), cri_knows_more: kind.is_some_and(|kind| kind != "sandbox") }
}

/// An image's name can be moved on to another image; only one that was last moved before the container was
/// made is sure to be the container's.
fn add_digest(findings: &mut Findings, image: &images::Image, created: &containers::Timestamp) {
    let moved = image.updated_at.unwrap_or_default();
    if (moved.seconds, moved.nanos) <= (created.seconds, created.nanos) {
        findings.image_digest(image.target.as_ref().map(|target| target.digest.as_str()).unwrap_or_default());
    } else {
        findings.missing(
            part::IMAGE_DIGEST,
            "its image's name was given to another image, or pulled again, after it was made",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_name_gives_no_digest() {
        let digest = format!("sha256:{}", "0a".repeat(32));
        let image = images::Image {
            name: "app:1".into(),
            target: Some(images::Descriptor { digest: digest.clone(), ..Default::default() }),
            updated_at: Some(images::Timestamp { seconds: 100, nanos: 5 }),
        };
        let at = |nanos| {
            let mut findings = Findings::new(SOURCE, "one");
            add_digest(&mut findings, &image, &containers::Timestamp { seconds: 100, nanos });
            findings.into_container()
        };
        assert_eq!(at(5).image_digest, digest);
        assert_eq!(at(4).image_digest, "");
        assert_eq!(at(4).missing[0].0, part::IMAGE_DIGEST);
    }
}
