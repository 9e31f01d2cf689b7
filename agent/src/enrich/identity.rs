//! Who a cgroup belongs to: asks everyone on the node who may know, and puts together what they say.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bstr::{BStr, BString, ByteSlice};
use futures_util::future::join_all;
use serde::Deserialize;

use super::cgroup::{self, CgroupName, ContainerName, RuntimeHint};
use super::runtime::cgroupfs::NoPath;
use super::runtime::containerd::{Containerd, Known};
use super::runtime::cri::Cri;
use super::runtime::docker::Docker;
use super::runtime::runc::Runc;
use super::runtime::{cgroupfs, complete, knows, part};
use super::secret_mounts::{self, Configured};
use crate::event::{Container, Host, Pod, Subject, Unknown};
use crate::status::Source;

/// Where the cgroup's path is all there is to go by.
const CGROUP: &str = "cgroup";
/// The container that an unknown one runs in.
const OUTER: &str = "outer-container";

/// Where runtimes have their CRI sockets.
const CRI_ENDPOINTS: [&str; 6] = [
    "/run/containerd/containerd.sock",
    "/run/crio/crio.sock",
    "/run/k3s/containerd/containerd.sock",
    "/run/k0s/containerd.sock",
    "/var/snap/microk8s/common/run/containerd.sock",
    "/run/cri-dockerd.sock",
];
/// Where containerd has its socket; Docker may bring one of its own.
const CONTAINERD_ENDPOINTS: [&str; 5] = [
    "/run/containerd/containerd.sock",
    "/run/docker/containerd/containerd.sock",
    "/run/k3s/containerd/containerd.sock",
    "/run/k0s/containerd.sock",
    "/var/snap/microk8s/common/run/containerd.sock",
];
const RUNC_ROOTS: [&str; 6] = [
    "/run/runc",
    "/run/containerd/runc/*",
    "/run/docker/runtime-runc/*",
    "/run/crun",
    "/run/user/*/runc",
    "/run/user/*/crun",
];

/// Between two looks at a container in the making: its state may be there for no more than 20 ms, where it lives shortly.
const FIRST_PAUSE: Duration = Duration::from_millis(2);
const LONGEST_PAUSE: Duration = Duration::from_millis(6);

/// What the configuration says of identities.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IdentityConfig {
    /// CRI sockets; absent: the usual places of containerd, CRI-O, k3s, k0s, MicroK8s and cri-dockerd. Empty:
    /// none.
    pub cri_endpoints: Option<Vec<String>>,
    /// Sockets of containerd's own API; absent: its usual places. Empty: none.
    pub containerd_endpoints: Option<Vec<String>>,
    /// Directories with the state of runc or crun; `*` stands for one whole name.
    pub runc_roots: Vec<String>,
    /// Docker's directory.
    pub docker_root: PathBuf,
    /// Paths in containers: what is mounted there, or below, holds secrets. From the section `secrets`.
    #[serde(skip)]
    pub secret_mounts: Vec<String>,
    /// Names: a mount with such a name in its path in the container holds secrets. From the section
    /// `secrets`.
    #[serde(skip)]
    pub secret_mount_names: Vec<String>,
    /// Longest that one cgroup is looked up, in milliseconds.
    pub lookup_timeout_ms: u64,
}

impl Default for IdentityConfig {
    fn default() -> Self {
        Self {
            cri_endpoints: None,
            containerd_endpoints: None,
            runc_roots: RUNC_ROOTS.map(Into::into).into(),
            docker_root: "/var/lib/docker".into(),
            secret_mounts: Vec::new(),
            secret_mount_names: ["creds", "credentials", "secret", "secrets"].map(Into::into).into(),
            lookup_timeout_ms: 500,
        }
    }
}

/// Asks who a cgroup belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its kernfs id.
    pub cgroup: u64,
    /// Its path in its hierarchy, root first; `None` to find it from the id.
    pub path: Option<BString>,
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub cgroup: u64,
    /// Empty where it couldn't be had.
    pub path: BString,
    pub subject: Subject,
}

/// An answer, and what it is worth.
#[derive(Clone, Debug)]
pub struct LookUp {
    pub answer: Answer,
    /// Someone who may know more didn't answer in time: worth asking again later.
    pub provisional: bool,
}

/// Looks cgroups up. It remembers nothing of them: that is for whoever asks.
#[derive(Debug)]
pub struct Resolver {
    cri: Vec<Cri>,
    containerd: Vec<Containerd>,
    runc: Arc<Runc>,
    docker: Arc<Docker>,
    secret_mounts: Vec<String>,
    secret_mount_names: Vec<String>,
    timeout: Duration,
}

/// What one round of asking gave.
#[derive(Default)]
struct Round {
    cri: Option<Container>,
    containerd: Option<Known>,
    docker: Option<Container>,
    runc: Option<Container>,
    /// Someone may yet say more.
    unsettled: bool,
}

impl Resolver {
    /// Opens nothing yet: a runtime that isn't there now may come later.
    pub fn new(config: &IdentityConfig) -> Self {
        let endpoints = |configured: &Option<Vec<String>>, usual: &[&str]| match configured {
            Some(paths) => paths.iter().map(|path| (path.clone(), true)).collect::<Vec<_>>(),
            None => usual.iter().map(|path| ((*path).to_owned(), false)).collect(),
        };
        let cri = endpoints(&config.cri_endpoints, &CRI_ENDPOINTS);
        let containerd = endpoints(&config.containerd_endpoints, &CONTAINERD_ENDPOINTS);
        Self {
            cri: cri.iter().map(|(path, configured)| Cri::new(path, *configured)).collect(),
            containerd: containerd
                .iter()
                .map(|(path, configured)| Containerd::new(path, *configured))
                .collect(),
            runc: Arc::new(Runc::new(&config.runc_roots)),
            docker: Arc::new(Docker::new(&config.docker_root)),
            secret_mounts: config.secret_mounts.clone(),
            secret_mount_names: config.secret_mount_names.clone(),
            timeout: Duration::from_millis(config.lookup_timeout_ms),
        }
    }

    /// Everyone who is asked, with how they do. Usual places where nothing ever was are left out.
    pub fn sources(&self) -> Vec<Source> {
        let cri = self.cri.iter().filter_map(Cri::status);
        let containerd = self.containerd.iter().filter_map(Containerd::status);
        cri.chain(containerd).chain(self.runc.status()).collect()
    }

    /// Who the cgroup belongs to, within the look-up timeout (and a little).
    pub async fn resolve(&self, request: Request) -> Answer {
        self.look_up(request).await.answer
    }

    /// As [`Self::resolve`], for those who ask again where it helps.
    pub async fn look_up(&self, request: Request) -> LookUp {
        let Request { cgroup, path } = request;
        let path = match path {
            Some(path) => path,
            None => match find_path(cgroup).await {
                Ok(path) => path,
                Err(NoPath { reason, .. }) => {
                    let unknown = Unknown { cgroup_path: BString::default(), reason };
                    let subject = Subject::Unknown(Arc::new(unknown));
                    let answer = Answer { cgroup, path: BString::default(), subject };
                    return LookUp { answer, provisional: false };
                }
            },
        };
        let (subject, provisional) = match cgroup::parse(path.as_bstr()) {
            CgroupName::Container(name) => {
                let (container, provisional) = self.container(name, path.as_bstr()).await;
                (Subject::Container(Arc::new(container)), provisional)
            }
            CgroupName::Unit(unit) => self.plain(cgroup, path.as_bstr(), Some(unit)).await,
            CgroupName::Plain => self.plain(cgroup, path.as_bstr(), None).await,
        };
        LookUp { answer: Answer { cgroup, path, subject }, provisional }
    }

    /// A cgroup whose name has a container's id.
    async fn container(&self, name: ContainerName, path: &BStr) -> (Container, bool) {
        let deadline = Instant::now() + self.timeout;
        let mut pause = FIRST_PAUSE;
        let round = loop {
            let round = self.ask(&name.id, name.runtime, path, deadline).await;
            if !round.unsettled || !wait(&mut pause, deadline).await {
                break round;
            }
        };
        let provisional = round.unsettled || self.someone_is_silent();
        let mut container = round.put_together(Some(name.id.clone()));
        if let Some(runtime) = name.runtime.filter(|_| !knows(&container, part::RUNTIME)) {
            container.runtime = runtime.as_str().to_owned();
            container.sources.push((part::RUNTIME, CGROUP));
        }
        let nobody_knows = container.sources.iter().all(|(_, source)| *source == CGROUP);
        if let Some(outer) = name.outer.as_deref().filter(|_| nobody_knows) {
            self.add_outer(&mut container, outer, path).await;
        }
        if let Some(uid) = name.pod_uid.filter(|_| container.pod.is_none()) {
            container.pod = Some(Pod { uid, ..Pod::default() });
            container.sources.push((part::POD_UID, CGROUP));
        }
        self.finish(&mut container, nobody_knows);
        (container, provisional)
    }

    /// What runs inside a container that is known belongs to that container's pod, whoever made it.
    async fn add_outer(&self, container: &mut Container, outer: &str, path: &BStr) {
        let deadline = Instant::now() + self.timeout;
        let outer = self.ask(outer, None, path, deadline).await.put_together(None);
        if outer.id.is_empty() {
            return;
        }
        let why = format!("it was made inside container {} by nobody that this node knows", outer.id);
        container.missing.extend([part::NAME, part::IMAGE, part::MOUNTS].map(|part| (part, why.clone())));
        if let Some(pod) = outer.pod.filter(|pod| !pod.name.is_empty()) {
            container.pod = Some(pod);
            container.sources.push((part::POD, OUTER));
        }
    }

    /// Asks everyone at once about an id.
    async fn ask(&self, id: &str, runtime: Option<RuntimeHint>, path: &BStr, deadline: Instant) -> Round {
        let limit = deadline.saturating_duration_since(Instant::now()).max(FIRST_PAUSE);
        let (runc, docker) = (self.runc.clone(), self.docker.clone());
        let (key, cgroup) = (id.to_owned(), path.to_owned());
        let files = tokio::task::spawn_blocking(move || {
            (runc.container(&key, cgroup.as_bstr()), docker.container(&key), runc.is_making_one())
        });
        let (cri, containerd, files) = tokio::join!(
            join_all(self.cri.iter().map(|cri| cri.container(id, limit))),
            join_all(self.containerd.iter().map(|containerd| containerd.container(id, limit))),
            files
        );
        // The task can't be cancelled, and a panic in it leaves one source silent.
        let (runc, docker, making) = files.unwrap_or_default();
        let mut round = Round {
            cri: cri.into_iter().find_map(Result::ok),
            containerd: containerd.into_iter().find_map(Result::ok),
            docker,
            runc,
            unsettled: false,
        };
        // Podman has no daemon that could know more, or later.
        let asks_daemons = runtime != Some(RuntimeHint::Podman);
        let cri_may_know = asks_daemons && self.cri.iter().any(Cri::is_usable);
        let containerd_may_know = asks_daemons && self.containerd.iter().any(Containerd::is_usable);
        let settled = match &round {
            Round { cri: Some(_), .. } | Round { docker: Some(_), .. } => true,
            Round { containerd: Some(known), .. } => !(known.cri_knows_more && cri_may_know),
            _ => !cri_may_know && !containerd_may_know,
        };
        round.unsettled = !settled || (round.runc.is_none() && making);
        round
    }

    /// A cgroup with any other name: a container of `runc` or `ctr`, or the node itself.
    async fn plain(&self, cgroup: u64, path: &BStr, unit: Option<String>) -> (Subject, bool) {
        let host = || Subject::Host(Arc::new(Host { unit: unit.clone(), cgroup_path: path.to_owned() }));
        if path.iter().all(|byte| *byte == b'/') {
            return (host(), false);
        }
        let deadline = Instant::now() + self.timeout;
        let mut pause = FIRST_PAUSE;
        let round = loop {
            let round = self.ask_by_cgroup(path, deadline).await;
            if !round.unsettled || !wait(&mut pause, deadline).await {
                break round;
            }
        };
        let provisional = round.unsettled;
        let mut container = round.put_together(None);
        if !container.id.is_empty() {
            self.finish(&mut container, false);
            return (Subject::Container(Arc::new(container)), provisional);
        }
        // A container with a free name that ended meanwhile left nothing to tell it from the node's own
        // cgroups by. No container is a `.service`.
        let may_have_been_one = unit.as_ref().is_none_or(|unit| unit.ends_with(".scope"));
        if may_have_been_one && find_path(cgroup).await.is_err_and(|error| error.gone) {
            let reason = "the cgroup was gone before anyone could be asked whose it is".to_owned();
            return (Subject::Unknown(Arc::new(Unknown { cgroup_path: path.to_owned(), reason })), false);
        }
        (host(), provisional)
    }

    /// Asks those who know the cgroups of containers with free names.
    async fn ask_by_cgroup(&self, path: &BStr, deadline: Instant) -> Round {
        let limit = deadline.saturating_duration_since(Instant::now()).max(FIRST_PAUSE);
        let (runc, cgroup) = (self.runc.clone(), path.to_owned());
        let files = tokio::task::spawn_blocking(move || {
            // In this order: one that is finished in between is found by the next round.
            let making = runc.is_making_one();
            (runc.container_of_cgroup(cgroup.as_bstr()), making)
        });
        let containerd = join_all(self.containerd.iter().map(|it| it.container_of_cgroup(path, limit)));
        let (containerd, files) = tokio::join!(containerd, files);
        let (runc, making) = files.unwrap_or_default();
        let containerd = containerd.into_iter().find_map(Result::ok);
        let unsettled = runc.is_none() && making;
        Round { containerd, runc, unsettled, ..Round::default() }
    }

    /// Marks the secret mounts and says of each part that isn't known why.
    fn finish(&self, container: &mut Container, nobody_knows: bool) {
        let configured = Configured { paths: &self.secret_mounts, names: &self.secret_mount_names };
        secret_mounts::mark(&mut container.mounts, configured, |path| {
            std::fs::symlink_metadata(path).is_ok()
        });

        let reasons = std::mem::take(&mut container.missing);
        let in_pod = container.pod.is_some();
        let wanted = [
            (part::NAME, true),
            (part::RUNTIME, true),
            (part::IMAGE, true),
            (part::IMAGE_DIGEST, true),
            (part::LABELS, true),
            (part::POD, in_pod),
            (part::POD_LABELS, in_pod),
            (part::INIT_PID, true),
            (part::ROOTFS, true),
            (part::MOUNTS, true),
        ];
        for (part, _) in wanted.iter().filter(|(_, wanted)| *wanted) {
            if knows(container, part) {
                continue;
            }
            let told = reasons.iter().find(|(missing, _)| missing == part).map(|(_, why)| why.clone());
            let why = told.unwrap_or_else(|| self.silence(nobody_knows));
            container.missing.push((*part, why));
        }
    }

    /// One that was there, or was named in the configuration, doesn't answer.
    fn someone_is_silent(&self) -> bool {
        self.sources().iter().any(|source| !source.available)
    }

    fn silence(&self, nobody_knows: bool) -> String {
        let failing: Vec<String> = self
            .sources()
            .into_iter()
            .filter(|source| !source.available)
            .map(|source| format!("{} at {}", source.name, source.endpoint))
            .collect();
        let whole = if nobody_knows {
            "no runtime on this node knows this container"
        } else {
            "none of its sources tells"
        };
        if failing.is_empty() {
            whole.to_owned()
        } else {
            format!("{whole}; not answering: {}", failing.join(", "))
        }
    }
}

impl Round {
    /// One container of what everyone said, the best informed first; one with an empty id when nobody said
    /// anything. `id` is the one that the cgroup's path has.
    fn put_together(self, id: Option<String>) -> Container {
        let mut container = Container::default();
        if let Some(id) = id {
            container.id = id;
            container.sources.push((part::ID, CGROUP));
        }
        let containerd = self.containerd.map(|known| known.container);
        for told in [self.cri, self.docker, containerd, self.runc].into_iter().flatten() {
            // Found by their cgroup: two that differ are two containers, one within the other.
            if container.id.is_empty() || container.id == told.id {
                complete(&mut container, told);
            }
        }
        container
    }
}

/// Waits a little longer each time; `false` once the time is up.
async fn wait(pause: &mut Duration, deadline: Instant) -> bool {
    if Instant::now() + *pause >= deadline {
        return false;
    }
    tokio::time::sleep(*pause).await;
    *pause = (*pause * 2).min(LONGEST_PAUSE);
    true
}

async fn find_path(cgroup: u64) -> Result<BString, NoPath> {
    let unseen = |reason: &str| NoPath { gone: false, reason: reason.to_owned() };
    if cgroup == 0 {
        return Err(unseen("the kernel couldn't tell its cgroup"));
    }
    tokio::task::spawn_blocking(move || cgroupfs::path_of(cgroup))
        .await
        .unwrap_or_else(|_| Err(unseen("the search for the cgroup's path broke off")))
}

#[cfg(test)]
#[path = "identity_tests.rs"]
mod tests;
