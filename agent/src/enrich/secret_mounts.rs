//! Which of a container's mounts hold secrets, by what the runtime's mount list says of them.

use std::collections::HashSet;

use crate::event::{Mount, SecretMount};

/// Kinds of kubelet's volumes (`…/pods/UID/volumes/KIND/NAME`) that hold secrets.
const SECRET_KINDS: [(&str, SecretMount); 3] = [
    ("kubernetes.io~secret", SecretMount::KubernetesSecret),
    ("kubernetes.io~projected", SecretMount::Projected),
    ("kubernetes.io~csi", SecretMount::Csi),
];

/// Kinds whose content is public by their nature, whatever they are mounted as.
const PUBLIC_KINDS: [&str; 2] = ["kubernetes.io~configmap", "kubernetes.io~downward-api"];

/// What the configuration says of secret mounts.
#[derive(Clone, Copy, Debug)]
pub struct Configured<'a> {
    /// Paths in containers: a mount there, or below, holds secrets.
    pub paths: &'a [String],
    /// Names: a mount with such a name in its path in the container holds secrets.
    pub names: &'a [String],
}

/// Marks those of a container's mounts that hold secrets.
///
/// `exists` tells whether a path is there on the node: a subPath mount has only its volume's name, and what
/// kind of volume that is shows in which of kubelet's directories has it. Where that can't be told, the mount
/// stays unmarked.
pub fn mark(mounts: &mut [Mount], configured: Configured<'_>, exists: impl Fn(&str) -> bool) {
    let volumes: HashSet<(String, String)> = mounts
        .iter()
        .filter_map(|mount| volume_of(&mount.source))
        .filter(|volume| kind_of(volume.kind) == Some(SecretMount::KubernetesSecret))
        .map(|volume| (volume.pod_dir.to_owned(), volume.name.to_owned()))
        .collect();
    for mount in mounts {
        mount.secret = classify(mount, configured, |subpath| {
            if volumes.contains(&(subpath.pod_dir.to_owned(), subpath.name.to_owned())) {
                return Some(SecretMount::KubernetesSecret);
            }
            let there = |kind: &str| exists(&format!("{}/volumes/{kind}/{}", subpath.pod_dir, subpath.name));
            SECRET_KINDS.iter().find(|(kind, _)| there(kind)).map(|(_, secret)| *secret)
        });
    }
}

fn classify(
    mount: &Mount,
    configured: Configured<'_>,
    subpath: impl FnOnce(&Volume<'_>) -> Option<SecretMount>,
) -> Option<SecretMount> {
    let destination = clean(&mount.destination);
    let volume = volume_of(&mount.source);
    if let Some(secret) = volume.as_ref().and_then(|volume| kind_of(volume.kind)) {
        return Some(secret);
    }
    if configured.paths.iter().any(|path| is_at_or_below(&destination, &clean(path))) {
        return Some(SecretMount::Configured);
    }
    if let Some(secret) = subpath_of(&mount.source).as_ref().and_then(subpath) {
        return Some(secret);
    }
    if volume.is_some_and(|volume| PUBLIC_KINDS.contains(&volume.kind)) {
        return None;
    }
    if ["/run/secrets", "/var/run/secrets"].iter().any(|path| is_at_or_below(&destination, path)) {
        return Some(SecretMount::RunSecrets);
    }
    let named = destination.split('/').any(|name| configured.names.iter().any(|secret| secret == name));
    named.then_some(SecretMount::Configured)
}

/// One of kubelet's volumes, by its path on the node.
struct Volume<'a> {
    /// `/var/lib/kubelet/pods/UID`.
    pod_dir: &'a str,
    /// `kubernetes.io~secret`, …; empty for a subPath.
    kind: &'a str,
    name: &'a str,
}

/// `POD_DIR/volumes/KIND/NAME[/…]`, POD_DIR being `…/pods/UID`.
fn volume_of(source: &str) -> Option<Volume<'_>> {
    let (pod_dir, rest) = source.split_once("/volumes/kubernetes.io~")?;
    let kind_and_rest = &source[source.len() - rest.len() - "kubernetes.io~".len()..];
    let mut parts = kind_and_rest.split('/');
    let (kind, name) = (parts.next()?, parts.next()?);
    is_pod_dir(pod_dir).then_some(Volume { pod_dir, kind, name })
}

/// `POD_DIR/volume-subpaths/NAME/CONTAINER/INDEX`: a bind mount of a part of the volume.
fn subpath_of(source: &str) -> Option<Volume<'_>> {
    let (pod_dir, rest) = source.split_once("/volume-subpaths/")?;
    let name = rest.split('/').next().filter(|name| !name.is_empty() && *name != "..")?;
    is_pod_dir(pod_dir).then_some(Volume { pod_dir, kind: "", name })
}

fn is_pod_dir(path: &str) -> bool {
    path.rsplit('/').nth(1) == Some("pods")
}

fn kind_of(kind: &str) -> Option<SecretMount> {
    SECRET_KINDS.iter().find(|(name, _)| *name == kind).map(|(_, secret)| *secret)
}

fn is_at_or_below(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Without doubled and trailing slashes and `.`: one spelling for one path.
pub fn clean(path: &str) -> String {
    let names: Vec<&str> = path.split('/').filter(|name| !name.is_empty() && *name != ".").collect();
    format!("/{}", names.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POD: &str = "/var/lib/kubelet/pods/0b1ceb8e-5d0a-4a4e-9f0f-1f2e3d4c5b6a";

    fn marked(
        mounts: &[(&str, &str)],
        paths: &[&str],
        exists: impl Fn(&str) -> bool,
    ) -> Vec<Option<SecretMount>> {
        let mut mounts: Vec<Mount> = mounts
            .iter()
            .map(|(source, destination)| Mount {
                source: (*source).into(),
                destination: (*destination).into(),
                secret: None,
                root: None,
            })
            .collect();
        let paths: Vec<String> = paths.iter().map(|path| (*path).into()).collect();
        let names: Vec<String> = ["creds", "credentials", "secret", "secrets"].map(Into::into).into();
        mark(&mut mounts, Configured { paths: &paths, names: &names }, exists);
        mounts.iter().map(|mount| mount.secret).collect()
    }

    fn one(source: &str, destination: &str) -> Option<SecretMount> {
        marked(&[(source, destination)], &[], |_| false)[0]
    }

    #[test]
    fn kubelets_volumes() {
        let secret = one(&format!("{POD}/volumes/kubernetes.io~secret/db"), "/app/config");
        assert_eq!(secret, Some(SecretMount::KubernetesSecret));
        let token = one(
            &format!("{POD}/volumes/kubernetes.io~projected/kube-api-access-x"),
            "/var/run/secrets/kubernetes.io/serviceaccount",
        );
        assert_eq!(token, Some(SecretMount::Projected));
        let csi = one(&format!("{POD}/volumes/kubernetes.io~csi/vault/mount"), "/mnt/vault");
        assert_eq!(csi, Some(SecretMount::Csi));
        assert_eq!(one(&format!("{POD}/volumes/kubernetes.io~empty-dir/cache"), "/cache"), None);
        assert_eq!(one(&format!("{POD}/volumes/kubernetes.io~configmap/settings"), "/app/secrets"), None);
        assert_eq!(one(&format!("{POD}/volumes/kubernetes.io~downward-api/info"), "/run/secrets/info"), None);
    }

    #[test]
    fn a_lookalike_is_no_volume_of_kubelets() {
        assert_eq!(one("/home/me/volumes/kubernetes.io~secret/db", "/data"), None);
        assert_eq!(one(&format!("{POD}/volumes/kubernetes.io~secret"), "/data"), None);
        assert_eq!(one(&format!("{POD}/volumes/kubernetes.io~secretive/db"), "/data"), None);
    }

    #[test]
    fn subpaths_are_what_their_volume_is() {
        let subpath = format!("{POD}/volume-subpaths/db/app/0");
        assert_eq!(one(&subpath, "/app/password"), None, "the kind of volume isn't known");
        let whole = format!("{POD}/volumes/kubernetes.io~secret/db");
        let both = marked(&[(&whole, "/all"), (&subpath, "/app/password")], &[], |_| false);
        assert_eq!(both, [Some(SecretMount::KubernetesSecret); 2]);
        let seen = marked(&[(&subpath, "/app/password")], &[], |path| path == whole);
        assert_eq!(seen, [Some(SecretMount::KubernetesSecret)]);
        let other_pod = whole.replace("0b1c", "ffff");
        assert_eq!(marked(&[(&other_pod, "/all"), (&subpath, "/p")], &[], |_| false)[1], None);
    }

    #[test]
    fn places_where_other_tools_put_secrets() {
        assert_eq!(
            one("/var/lib/docker/containers/x/mounts/secrets", "/run/secrets"),
            Some(SecretMount::RunSecrets)
        );
        assert_eq!(one("/tmp/x", "/var/run/secrets/db/"), Some(SecretMount::RunSecrets));
        assert_eq!(one("/tmp/x", "/run/secretsauce"), None);
    }

    #[test]
    fn what_the_configuration_names() {
        assert_eq!(one("/srv/token", "/app/creds"), Some(SecretMount::Configured));
        assert_eq!(one("/srv/token", "/app/creds/token"), Some(SecretMount::Configured));
        assert_eq!(one("/srv/data", "/app/data"), None);
        let configured = |destination| marked(&[("/srv", destination)], &["/opt/keys/"], |_| false)[0];
        assert_eq!(configured("/opt/keys"), Some(SecretMount::Configured));
        assert_eq!(configured("//opt/keys/a"), Some(SecretMount::Configured));
        assert_eq!(configured("/opt/keysmith"), None);
    }

    #[test]
    fn one_spelling() {
        assert_eq!(clean("/a//b/./c/"), "/a/b/c");
        assert_eq!(clean("/"), "/");
        assert_eq!(clean(""), "/");
    }
}
