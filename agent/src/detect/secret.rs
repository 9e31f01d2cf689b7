//! `secret-read`: a file that holds a secret was opened for reading in a container.

use std::borrow::Cow;

use bstr::{BStr, BString, ByteSlice};

use super::secret_files::{FileKind, SecretFiles, is_timestamp, names};
use super::text::Quoted;
use super::{Hit, Key, RuleId, Scene, program};
use crate::enrich::runtime::part;
use crate::event::{Container, Mount, Open, Origin, SecretMount, Severity};

/// Why a file is secret.
enum Secret<'a> {
    Mount(&'a Mount, SecretMount),
    /// By where its mount begins in its own file system, or by what the kernel was told of the mount.
    Volume(Option<SecretMount>),
    File(FileKind),
}

/// `TMPFS_MAGIC` of linux/magic.h.
const TMPFS: u32 = 0x0102_1994;

pub(super) fn check(scene: &Scene<'_>, open: &Open, files: &SecretFiles) -> Option<Hit> {
    let secret = find(scene.container, open, files)?;
    let path = shown(open.path.as_bstr());
    let image = &scene.actor.process.image;
    let what: Cow<'static, str> = match &secret {
        Secret::Mount(mount, kind) => {
            format!("{}, mounted at {}", describe(*kind), Quoted(mount.destination.as_bytes())).into()
        }
        Secret::Volume(Some(kind)) => describe(*kind).into(),
        Secret::Volume(None) => "on a mount that holds secrets".into(),
        Secret::File(kind) => kind.describe().into(),
    };
    let (severity, reader) = judge(scene, open, &secret);
    let mut why =
        format!("{} opened {} for reading: {what}. {reader}", Quoted(program::name(image)), Quoted(&path),);
    if open.cut {
        why += "; the path's beginning is missing";
    }
    if open.detached {
        why += "; the path begins at a mount that is in no directory";
    }
    let mut key = Key::new(RuleId::Secret.name(), scene.container);
    key.add(&path);
    key.add(&image.exe);
    key.add(program::name(image));
    Some(Hit { severity, why, key, path: Some(path), destination: None })
}

fn find<'a>(container: &'a Container, open: &Open, files: &SecretFiles) -> Option<Secret<'a>> {
    let path = open.path.as_bstr();
    if files.is_public(path) {
        return None;
    }
    let mount = if open.cut || open.detached { None } else { mount_of(container, path) };
    if let Some(mount) = mount {
        let configured =
            files.mounts().iter().any(|listed| is_inside(mount.destination.as_bytes(), listed.as_bytes()));
        let kind = mount.secret.or(configured.then_some(SecretMount::Configured));
        if let Some(kind) = kind {
            // The volume's files that aren't secret may still be so by themselves.
            return if !configured && is_public_on(kind, &mount.source, path) {
                files.find(path, open.cut).map(Secret::File)
            } else {
                Some(Secret::Mount(mount, kind))
            };
        }
    }
    if files.mounts().iter().any(|listed| is_inside(path, listed.as_bytes())) {
        // Not in the runtime's list: it was mounted by other means, or the list isn't known.
        return Some(Secret::Volume(Some(SecretMount::Configured)));
    }
    // What is mounted where isn't known of a container that ended too soon: its names are left to go by, on volumes.
    let unknown = !container.sources.iter().any(|(part, _)| *part == part::MOUNTS);
    let on_volume = open.mount_root != "/" || open.file.fs_magic == TMPFS;
    if unknown && on_volume && files.has_mount_name(path) && !is_public_on(SecretMount::Configured, "", path)
    {
        return Some(Secret::Volume(Some(SecretMount::Configured)));
    }
    let volume = volume_kind(open.mount_root.as_bstr()).or_else(|| volume_kind(path));
    if open.on_secret_mount || volume.is_some() {
        let kind = volume.unwrap_or(SecretMount::KubernetesSecret);
        if !is_public_on(kind, "", path) {
            return Some(Secret::Volume(volume));
        }
    }
    files.find(path, open.cut).map(Secret::File)
}

/// The mount that a path is on: the deepest whose destination it is under. Linear in the container's mounts.
fn mount_of<'a>(container: &'a Container, path: &BStr) -> Option<&'a Mount> {
    container
        .mounts
        .iter()
        .filter(|mount| is_inside(path, mount.destination.as_bytes()))
        .max_by_key(|mount| unlinked(mount.destination.as_bytes()).len())
}

/// Images have `/var/run` as a link to `/run`, so that a destination and a real path differ by that.
fn unlinked(path: &[u8]) -> &[u8] {
    match path.strip_prefix(b"/var") {
        Some(rest) if rest == b"/run" || rest.starts_with(b"/run/") => rest,
        _ => path,
    }
}

/// Whether a path is a directory's, or the directory (or mounted file) itself.
fn is_inside(path: &[u8], directory: &[u8]) -> bool {
    match unlinked(path).strip_prefix(unlinked(directory)) {
        Some(rest) => rest.is_empty() || rest.starts_with(b"/"),
        None => false,
    }
}

/// The volume that a path on the node is in, by kubelet's and Docker's names for their directories.
fn volume_kind(path: &BStr) -> Option<SecretMount> {
    if path.contains_str("/kubernetes.io~secret/") {
        Some(SecretMount::KubernetesSecret)
    } else if path.contains_str("/kubernetes.io~projected/") {
        Some(SecretMount::Projected)
    } else if path.contains_str("/mounts/secrets/") {
        Some(SecretMount::RunSecrets)
    } else {
        None
    }
}

/// Whether a file of a secret mount is there for anyone to know: certificates, and what stands beside a token.
fn is_public_on(kind: SecretMount, source: &str, path: &BStr) -> bool {
    let Some(name) = names(path).next_back() else { return false };
    let certificate = matches!(name, b"ca.crt" | b"tls.crt" | b"service-ca.crt") || name.ends_with(b".pub");
    match kind {
        SecretMount::KubernetesSecret => {
            let of_token = source.contains("-token-") || path.contains_str("/serviceaccount/");
            certificate || (of_token && name == b"namespace")
        }
        // The downward API's usual names; a token's volume has its namespace by the same means.
        SecretMount::Projected => certificate || matches!(name, b"namespace" | b"labels" | b"annotations"),
        SecretMount::Csi | SecretMount::RunSecrets => certificate,
        // By its name only; what the configuration lists by path doesn't come here.
        SecretMount::Configured => certificate || name == b"namespace",
    }
}

fn describe(kind: SecretMount) -> &'static str {
    match kind {
        SecretMount::KubernetesSecret => "on a Kubernetes Secret volume",
        SecretMount::Projected => "on a projected volume, where tokens are",
        SecretMount::Csi => "on a secrets-store volume",
        SecretMount::RunSecrets => "a secret of the container engine's",
        SecretMount::Configured => "on a mount that is one of secrets by the configuration",
    }
}

/// The path without kubelet's directory for the version, so that a token is the same file after its rotation.
fn shown(path: &BStr) -> BString {
    if !names(path).any(is_timestamp) {
        return path.to_owned();
    }
    let mut shown = BString::default();
    for name in names(path).filter(|name| !is_timestamp(name)) {
        shown.push(b'/');
        shown.extend_from_slice(name);
    }
    shown
}

/// Programs that show, copy, pack or send what they are given: it isn't they who need a secret.
const TOOLS: [&[u8]; 52] = [
    b"awk",
    b"base32",
    b"base64",
    b"busybox",
    b"bzip2",
    b"cat",
    b"cp",
    b"cpio",
    b"curl",
    b"cut",
    b"dd",
    b"diff",
    b"ed",
    b"emacs",
    b"find",
    b"ftp",
    b"gawk",
    b"grep",
    b"gzip",
    b"head",
    b"hexdump",
    b"install",
    b"jq",
    b"less",
    b"ln",
    b"mawk",
    b"more",
    b"mv",
    b"nano",
    b"nc",
    b"ncat",
    b"netcat",
    b"od",
    b"rsync",
    b"scp",
    b"sed",
    b"sftp",
    b"socat",
    b"sort",
    b"split",
    b"strings",
    b"tac",
    b"tail",
    b"tar",
    b"tee",
    b"uniq",
    b"uuencode",
    b"vi",
    b"vim",
    b"wget",
    b"xxd",
    b"zip",
];

/// Programs whose work it is to check or change passwords. By name, so it lowers a severity and silences nothing.
const ACCOUNT_TOOLS: [&[u8]; 16] = [
    b"adduser",
    b"chage",
    b"chpasswd",
    b"cron",
    b"crond",
    b"groupadd",
    b"login",
    b"newusers",
    b"passwd",
    b"pwck",
    b"sshd",
    b"su",
    b"sudo",
    b"unix_chkpwd",
    b"useradd",
    b"usermod",
];

/// How bad it is, and what of the reader says so.
fn judge(scene: &Scene<'_>, open: &Open, secret: &Secret<'_>) -> (Severity, &'static str) {
    let process = &scene.actor.process;
    let image = &process.image;
    let name = program::name(image);
    let projected = matches!(
        secret,
        Secret::Mount(_, SecretMount::Projected) | Secret::Volume(Some(SecretMount::Projected))
    );
    // Of a projected volume only the token is known to be secret.
    let is_token = program::basename(&open.path) == "token";
    let most = if projected && !is_token { Severity::Medium } else { Severity::Critical };
    let (severity, reader) = if matches!(secret, Secret::File(FileKind::Passwords))
        && listed(&ACCOUNT_TOOLS, name)
    {
        (Severity::Low, "By its name the reader is one that checks passwords")
    } else if process.origin == Origin::ExecInto {
        (Severity::High, "The reader was brought in from outside (as kubectl exec, runc exec and nsenter do)")
    } else if program::shell(image).is_some() {
        (Severity::High, "The reader is a shell")
    } else if listed(&TOOLS, name) {
        (Severity::High, "The reader is a tool that shows, copies or sends files")
    } else if process.origin == Origin::Unknown || image.exe.is_empty() {
        (Severity::Medium, "Where the reader comes from isn't known")
    } else if matches!(
        secret,
        Secret::Mount(..)
            | Secret::Volume(_)
            | Secret::File(FileKind::ServiceAccountToken | FileKind::Mounted)
    ) {
        (Severity::Low, "The reader looks like the application that it was mounted for")
    } else {
        (Severity::Medium, "The reader is a program of the container's own")
    };
    (severity.min(most), reader)
}

fn listed(names: &[&[u8]], name: &BStr) -> bool {
    names.binary_search(&name.as_bytes()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(TOOLS.is_sorted() && ACCOUNT_TOOLS.is_sorted());
    }
}
