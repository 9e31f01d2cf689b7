//! Those who know containers: the CRI, containerd's own API, and the files that runc and crun keep.
//!
//! Each of them answers with a [`Container`] of which some parts are filled; a part is known when it stands
//! in its `sources`.

pub mod cgroupfs;
pub mod containerd;
pub mod cri;
pub mod docker;
pub mod files;
pub mod oci;
pub mod runc;
pub mod socket;

use crate::event::{Container, Mount, Pod};

/// The parts of a container's identity, as [`Container::sources`] and [`Container::missing`] name them.
pub mod part {
    pub const ID: &str = "id";
    pub const NAME: &str = "name";
    pub const RUNTIME: &str = "runtime";
    pub const IMAGE: &str = "image";
    pub const IMAGE_DIGEST: &str = "image_digest";
    pub const LABELS: &str = "labels";
    /// Name, namespace and UID.
    pub const POD: &str = "pod";
    /// The UID alone, where nothing else of the pod is known.
    pub const POD_UID: &str = "pod_uid";
    pub const POD_LABELS: &str = "pod_labels";
    pub const INIT_PID: &str = "init_pid";
    pub const ROOTFS: &str = "rootfs";
    pub const MOUNTS: &str = "mounts";
}

/// Most labels of a container or pod that are kept.
const MAX_LABELS: usize = 256;
/// Longest key or value of a label that is kept; whoever makes an image chooses them.
const MAX_LABEL_LEN: usize = 4096;
/// Most mounts of a container that are kept.
const MAX_MOUNTS: usize = 1024;
/// Longest name, path or image reference that is kept.
const MAX_TEXT_LEN: usize = 4096;

/// Collects what one source knows.
pub(super) struct Findings {
    source: &'static str,
    container: Container,
}

impl Findings {
    pub(super) fn new(source: &'static str, id: &str) -> Self {
        let mut findings =
            Self { source, container: Container { id: id.to_owned(), ..Container::default() } };
        findings.know(part::ID);
        findings
    }

    fn know(&mut self, part: &'static str) {
        self.container.sources.push((part, self.source));
    }

    fn text(&mut self, part: &'static str, text: &str, field: fn(&mut Container) -> &mut String) {
        if !text.is_empty() && text.len() <= MAX_TEXT_LEN {
            *field(&mut self.container) = text.to_owned();
            self.know(part);
        }
    }

    pub(super) fn name(&mut self, name: &str) {
        self.text(part::NAME, name, |container| &mut container.name);
    }

    pub(super) fn runtime(&mut self, runtime: &str) {
        self.text(part::RUNTIME, runtime, |container| &mut container.runtime);
    }

    pub(super) fn image(&mut self, image: &str) {
        self.text(part::IMAGE, image, |container| &mut container.image);
    }

    /// `sha256:…`, alone or after a repository's name and `@`.
    pub(super) fn image_digest(&mut self, reference: &str) {
        let digest = reference.rsplit_once('@').map_or(reference, |(_, digest)| digest);
        let hex = digest.split_once(':').map_or("", |(_, hex)| hex);
        if hex.len() >= 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            self.text(part::IMAGE_DIGEST, digest, |container| &mut container.image_digest);
        }
    }

    pub(super) fn labels(&mut self, labels: impl IntoIterator<Item = (String, String)>) {
        self.container.labels = bounded_labels(labels);
        self.know(part::LABELS);
    }

    /// Nothing is known where the name or the namespace is empty.
    pub(super) fn pod(&mut self, name: &str, namespace: &str, uid: &str) {
        let too_long = [name, namespace, uid].iter().any(|text| text.len() > MAX_TEXT_LEN);
        if !name.is_empty() && !namespace.is_empty() && !too_long {
            self.container.pod = Some(Pod {
                name: name.to_owned(),
                namespace: namespace.to_owned(),
                uid: uid.to_owned(),
                labels: Vec::new(),
            });
            self.know(part::POD);
        }
    }

    /// Labels as the pod's spec has them: those that kubelet adds for itself are left out.
    pub(super) fn pod_labels(&mut self, labels: impl IntoIterator<Item = (String, String)>) {
        if let Some(pod) = &mut self.container.pod {
            let own = ["io.kubernetes.pod.name", "io.kubernetes.pod.namespace", "io.kubernetes.pod.uid"];
            pod.labels = bounded_labels(labels.into_iter().filter(|(key, _)| !own.contains(&key.as_str())));
            self.know(part::POD_LABELS);
        }
    }

    pub(super) fn init_pid(&mut self, pid: u64) {
        // 0 is a container that hasn't been started, or has ended.
        if let Some(pid) = u32::try_from(pid).ok().filter(|pid| *pid != 0) {
            self.container.init_pid = pid;
            self.know(part::INIT_PID);
        }
    }

    /// Nothing is known of a path that isn't absolute.
    pub(super) fn rootfs(&mut self, path: &str) {
        if path.starts_with('/') {
            self.text(part::ROOTFS, path, |container| &mut container.rootfs);
        }
    }

    /// Pairs of source and destination.
    pub(super) fn mounts(&mut self, mounts: impl IntoIterator<Item = (String, String)>) {
        self.container.mounts = mounts
            .into_iter()
            .filter(|(source, destination)| source.len() <= MAX_TEXT_LEN && destination.len() <= MAX_TEXT_LEN)
            .take(MAX_MOUNTS)
            .map(|(source, destination)| Mount {
                source,
                destination: super::secret_mounts::clean(&destination),
                secret: None,
                root: None,
            })
            .collect();
        self.know(part::MOUNTS);
    }

    /// Says why a part isn't known.
    pub(super) fn missing(&mut self, part: &'static str, why: impl Into<String>) {
        self.container.missing.push((part, why.into()));
    }

    pub(super) fn into_container(self) -> Container {
        self.container
    }
}

/// Sorted by key, so that the same labels always look the same.
fn bounded_labels(labels: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut labels: Vec<_> = labels
        .into_iter()
        .filter(|(key, value)| key.len() <= MAX_LABEL_LEN && value.len() <= MAX_LABEL_LEN)
        .take(MAX_LABELS)
        .collect();
    labels.sort();
    labels
}

/// Whether one of the container's sources has told this part.
pub(super) fn knows(container: &Container, part: &str) -> bool {
    container.sources.iter().any(|(known, _)| *known == part)
}

/// Takes from `other` each part that `container` doesn't know.
pub(super) fn complete(container: &mut Container, other: Container) {
    let Container {
        id,
        name,
        runtime,
        image,
        image_digest,
        labels,
        pod,
        init_pid,
        rootfs,
        mounts,
        sources,
        missing,
    } = other;
    for (part, source) in sources {
        if knows(container, part) {
            continue;
        }
        match part {
            part::ID => container.id.clone_from(&id),
            part::NAME => container.name.clone_from(&name),
            part::RUNTIME => container.runtime.clone_from(&runtime),
            part::IMAGE => container.image.clone_from(&image),
            part::IMAGE_DIGEST => container.image_digest.clone_from(&image_digest),
            part::LABELS => container.labels.clone_from(&labels),
            part::POD | part::POD_UID if container.pod.is_none() => container.pod.clone_from(&pod),
            part::INIT_PID => container.init_pid = init_pid,
            part::ROOTFS => container.rootfs.clone_from(&rootfs),
            part::MOUNTS => container.mounts.clone_from(&mounts),
            part::POD_LABELS => match (&mut container.pod, &pod) {
                (Some(mine), Some(theirs))
                    if (&mine.name, &mine.namespace) == (&theirs.name, &theirs.namespace) =>
                {
                    mine.labels.clone_from(&theirs.labels);
                }
                _ => continue,
            },
            _ => continue,
        }
        container.sources.push((part, source));
    }
    container.missing.extend(missing);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_comes_from_the_first_source_that_knows_it() {
        let mut cri = Findings::new("cri", "one");
        cri.name("web");
        cri.labels([]);
        let mut runc = Findings::new("runc", "one");
        runc.name("one");
        runc.labels([("bundle".to_owned(), "/x".to_owned())]);
        runc.init_pid(7);
        runc.rootfs("relative");
        let mut container = cri.into_container();
        complete(&mut container, runc.into_container());
        assert_eq!(container.name, "web");
        assert!(container.labels.is_empty(), "an empty list of labels is an answer");
        assert_eq!(container.init_pid, 7);
        let expected =
            [(part::ID, "cri"), (part::NAME, "cri"), (part::LABELS, "cri"), (part::INIT_PID, "runc")];
        assert_eq!(container.sources, expected);
    }

    #[test]
    fn a_pod_and_its_labels_come_from_one_source() {
        let mut containerd = Findings::new("containerd", "one");
        containerd.pod("web-0", "shop", "uid");
        let mut cri = Findings::new("cri", "one");
        cri.pod("web-0", "shop", "uid");
        cri.pod_labels([
            ("app".to_owned(), "web".to_owned()),
            ("io.kubernetes.pod.name".to_owned(), "web-0".to_owned()),
        ]);
        let mut other = Findings::new("cri", "one");
        other.pod("web-1", "shop", "uid");
        other.pod_labels([("app".to_owned(), "other".to_owned())]);
        let mut container = containerd.into_container();
        complete(&mut container, other.into_container());
        assert!(container.pod.as_ref().unwrap().labels.is_empty(), "another pod's labels");
        complete(&mut container, cri.into_container());
        assert_eq!(container.pod.unwrap().labels, [("app".to_owned(), "web".to_owned())]);
        let expected = [(part::ID, "containerd"), (part::POD, "containerd"), (part::POD_LABELS, "cri")];
        assert_eq!(container.sources, expected);
    }

    #[test]
    fn digests_with_and_without_repository() {
        let digest = format!("sha256:{}", "0a".repeat(32));
        for reference in [digest.clone(), format!("docker.io/library/nginx@{digest}")] {
            let mut findings = Findings::new("cri", "one");
            findings.image_digest(&reference);
            assert_eq!(findings.into_container().image_digest, digest);
        }
        for reference in ["nginx:1.27", "", "sha256:12", "localhost:5000/x"] {
            let mut findings = Findings::new("cri", "one");
            findings.image_digest(reference);
            assert_eq!(findings.into_container().image_digest, "", "{reference}");
        }
    }

    #[test]
    fn what_is_too_long_is_left_out() {
        let mut findings = Findings::new("cri", "one");
        findings.image(&"i".repeat(MAX_TEXT_LEN + 1));
        findings.labels((0..2 * MAX_LABELS).map(|n| (n.to_string(), String::new())));
        let container = findings.into_container();
        assert_eq!(container.image, "");
        assert_eq!(container.labels.len(), MAX_LABELS);
        assert!(!knows(&container, part::IMAGE));
    }
}
