//! Pods over the Container Runtime Interface, as kubelet makes them. All calls block.

use std::collections::HashMap;
use std::future::Future;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use lunette_proto::runtime::v1 as api;
use lunette_proto::runtime::v1::runtime_service_client::RuntimeServiceClient;
use tonic::transport::{Channel, Endpoint};

use crate::node;

const LIMIT: Duration = Duration::from_secs(60);

/// A CRI socket.
#[derive(Clone, Debug)]
pub struct Cri {
    address: String,
}

/// What a pod is to be.
#[derive(Clone, Debug, Default)]
pub struct PodSpec {
    pub name: String,
    pub namespace: String,
    /// A UUID.
    pub uid: String,
    pub labels: Vec<(String, String)>,
    pub network: Network,
}

/// Where a pod has its addresses from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Network {
    /// The node's own.
    #[default]
    Node,
    /// Its own, of both families.
    Own,
}

/// What a container is to be.
#[derive(Clone, Debug, Default)]
pub struct ContainerSpec {
    pub name: String,
    pub image: String,
    pub command: Vec<String>,
    /// Pairs of source and destination.
    pub mounts: Vec<(String, String)>,
    pub labels: Vec<(String, String)>,
    pub env: Vec<(String, String)>,
    /// Root where `None`.
    pub uid: Option<i64>,
    pub tty: bool,
}

/// A pod; gone with all of its containers when dropped.
#[derive(Debug)]
pub struct Pod {
    cri: Cri,
    config: api::PodSandboxConfig,
    cgroup_top: String,
    /// Of its sandbox.
    pub id: String,
    /// Its addresses; none on the node's network.
    pub addresses: Vec<String>,
}

/// What a command in a container came to.
#[derive(Clone, Debug)]
pub struct Output {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl Cri {
    pub fn new(socket: &Path) -> Self {
        Self { address: format!("unix://{}", socket.display()) }
    }

    /// Starts a pod in cgroups like those that kubelet makes for it, below one of its own.
    ///
    /// # Errors
    /// The runtime's.
    pub fn run_pod(&self, spec: PodSpec) -> Result<Pod> {
        let network = match spec.network {
            Network::Node => api::NamespaceMode::Node,
            Network::Own => api::NamespaceMode::Pod,
        };
        let namespaces = api::NamespaceOption { network: network.into(), ..Default::default() };
        let cgroup_top = format!("/lunette-test-{}", spec.uid);
        let mut labels: HashMap<String, String> = spec.labels.into_iter().collect();
        labels.insert("io.kubernetes.pod.name".into(), spec.name.clone());
        labels.insert("io.kubernetes.pod.namespace".into(), spec.namespace.clone());
        labels.insert("io.kubernetes.pod.uid".into(), spec.uid.clone());
        let config = api::PodSandboxConfig {
            linux: Some(api::LinuxPodSandboxConfig {
                cgroup_parent: format!("{cgroup_top}/kubepods/burstable/pod{}", spec.uid),
                security_context: Some(api::LinuxSandboxSecurityContext {
                    namespace_options: Some(namespaces),
                }),
            }),
            // On the node's network it has the node's name.
            hostname: if spec.network == Network::Own { spec.name.clone() } else { String::new() },
            metadata: Some(api::PodSandboxMetadata {
                name: spec.name,
                namespace: spec.namespace,
                uid: spec.uid,
                attempt: 0,
            }),
            labels,
            ..Default::default()
        };
        let mut pod = Pod {
            cri: self.clone(),
            config: config.clone(),
            cgroup_top,
            id: String::new(),
            addresses: Vec::new(),
        };
        let answer = self.call(|mut client| async move {
            client.run_pod_sandbox(api::RunPodSandboxRequest { config: Some(config) }).await
        })?;
        pod.id = answer.pod_sandbox_id;
        let id = pod.id.clone();
        let status = self.call(|mut client| async move {
            let request = api::PodSandboxStatusRequest { pod_sandbox_id: id, verbose: false };
            client.pod_sandbox_status(request).await
        })?;
        let network = status.status.unwrap_or_default().network.unwrap_or_default();
        let more = network.additional_ips.into_iter().map(|ip| ip.ip);
        pod.addresses = [network.ip].into_iter().chain(more).filter(|ip| !ip.is_empty()).collect();
        Ok(pod)
    }

    fn call<T, F>(&self, call: impl FnOnce(RuntimeServiceClient<Channel>) -> F + Send) -> Result<T>
    where
        T: Send,
        F: Future<Output = Result<tonic::Response<T>, tonic::Status>>,
    {
        let ask = || -> Result<T> {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let channel = Endpoint::from_shared(self.address.clone())?.connect().await?;
                let client = RuntimeServiceClient::new(channel);
                let answer = tokio::time::timeout(LIMIT, call(client)).await.context("no answer in time")?;
                answer.map(tonic::Response::into_inner).map_err(|status| {
                    anyhow::anyhow!("the runtime says {}: {}", status.code(), status.message())
                })
            })
        };
        // A thread of its own: the caller may be a task of another tokio.
        std::thread::scope(|scope| scope.spawn(ask).join())
            .unwrap_or_else(|_| Err(anyhow::anyhow!("the call to the runtime panicked")))
    }
}

impl Pod {
    /// Makes a container in the pod and starts it; gives its id.
    ///
    /// # Errors
    /// The runtime's.
    pub fn run(&self, spec: ContainerSpec) -> Result<String> {
        let id = self.create(spec)?;
        self.start(&id)?;
        Ok(id)
    }

    /// Makes a container and doesn't start it yet.
    ///
    /// # Errors
    /// The runtime's.
    pub fn create(&self, spec: ContainerSpec) -> Result<String> {
        let metadata = self.config.metadata.clone().unwrap_or_default();
        let mut labels: HashMap<String, String> = spec.labels.into_iter().collect();
        labels.insert("io.kubernetes.container.name".into(), spec.name.clone());
        labels.insert("io.kubernetes.pod.name".into(), metadata.name);
        labels.insert("io.kubernetes.pod.namespace".into(), metadata.namespace);
        labels.insert("io.kubernetes.pod.uid".into(), metadata.uid);
        let sandbox = self.config.linux.clone().unwrap_or_default().security_context.unwrap_or_default();
        let context = api::LinuxContainerSecurityContext {
            namespace_options: sandbox.namespace_options,
            run_as_user: spec.uid.map(|value| api::Int64Value { value }),
        };
        let mount = |(source, destination)| api::Mount {
            host_path: source,
            container_path: destination,
            readonly: true,
        };
        let config = api::ContainerConfig {
            metadata: Some(api::ContainerMetadata { name: spec.name, attempt: 0 }),
            image: Some(api::ImageSpec { image: spec.image, ..Default::default() }),
            command: spec.command,
            mounts: spec.mounts.into_iter().map(mount).collect(),
            envs: spec.env.into_iter().map(|(key, value)| api::KeyValue { key, value }).collect(),
            labels,
            tty: spec.tty,
            linux: Some(api::LinuxContainerConfig { security_context: Some(context) }),
            ..Default::default()
        };
        let request = api::CreateContainerRequest {
            pod_sandbox_id: self.id.clone(),
            config: Some(config),
            sandbox_config: Some(self.config.clone()),
        };
        let answer = self.cri.call(|mut client| async move { client.create_container(request).await })?;
        Ok(answer.container_id)
    }

    /// Starts a container that [`Pod::create`] made.
    ///
    /// # Errors
    /// The runtime's.
    pub fn start(&self, container: &str) -> Result<()> {
        let request = api::StartContainerRequest { container_id: container.to_owned() };
        self.cri.call(|mut client| async move { client.start_container(request).await }).map(|_| ())
    }

    /// Stops a container and removes it, as kubelet does before it makes the next one of the same name.
    ///
    /// # Errors
    /// The runtime's.
    pub fn remove(&self, container: &str) -> Result<()> {
        let id = container.to_owned();
        let removed = self.cri.call(|mut client| async move {
            let stop = api::StopContainerRequest { container_id: id.clone(), timeout: 0 };
            client.stop_container(stop).await?;
            client.remove_container(api::RemoveContainerRequest { container_id: id }).await
        });
        removed.map(|_| ())
    }

    /// Runs a command in a container, to its end, as `kubectl exec` does.
    ///
    /// # Errors
    /// The runtime's; a command that fails is none.
    pub fn exec(&self, container: &str, command: &[&str]) -> Result<Output> {
        let request = api::ExecSyncRequest {
            container_id: container.to_owned(),
            cmd: command.iter().map(|word| (*word).to_owned()).collect(),
            timeout: 30,
        };
        let answer = self.cri.call(|mut client| async move { client.exec_sync(request).await })?;
        Ok(Output {
            stdout: String::from_utf8_lossy(&answer.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&answer.stderr).into_owned(),
            code: answer.exit_code,
        })
    }

    /// Pid of a container's, or the sandbox's, first process on the node.
    ///
    /// # Errors
    /// The runtime's, or when it doesn't tell.
    pub fn pid(&self, container: &str) -> Result<u32> {
        let id = container.to_owned();
        let info = if container == self.id {
            let request = api::PodSandboxStatusRequest { pod_sandbox_id: id, verbose: true };
            self.cri.call(|mut client| async move { client.pod_sandbox_status(request).await })?.info
        } else {
            let request = api::ContainerStatusRequest { container_id: id, verbose: true };
            self.cri.call(|mut client| async move { client.container_status(request).await })?.info
        };
        let info: serde_json::Value =
            serde_json::from_str(info.get("info").context("no verbose information")?)?;
        let pid = info.get("pid").and_then(serde_json::Value::as_u64).context("no pid")?;
        ensure!(pid != 0, "it isn't running");
        Ok(pid as u32)
    }

    /// The cgroup below which the pod has all of its own.
    pub fn cgroup_top(&self) -> &str {
        &self.cgroup_top
    }
}

impl Drop for Pod {
    fn drop(&mut self) {
        if !self.id.is_empty() {
            let id = self.id.clone();
            let _ = self.cri.call(|mut client| async move {
                client.stop_pod_sandbox(api::StopPodSandboxRequest { pod_sandbox_id: id.clone() }).await?;
                client.remove_pod_sandbox(api::RemovePodSandboxRequest { pod_sandbox_id: id }).await
            });
        }
        node::remove_cgroup(&self.cgroup_top);
    }
}
