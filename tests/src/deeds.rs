//! The four violations, in many guises, and beside each its innocent twin, which differs in one thing.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use anyhow::Result;
use lunette_proto::lunette::v1 as pb;
use serde_json::{Value, json};

use crate::image::INNOCENT_NAME;
use crate::node;

/// A user that isn't root.
pub const USER: u32 = 1000;
/// Where containers have the Secret, and the ConfigMap that is like it in all but its kind.
pub const SECRET: &str = "/app/creds";
pub const CONFIG: &str = "/app/settings";
/// kubelet's directory for one version of a volume.
const VERSION: &str = "..2026_11_25_01_02_03.123456789";

/// Programs that [`connect_network`] needs, for [`node::why_not`].
pub const PROGRAMS: [&str; 2] = ["ip", "nsenter"];

/// A container's own addresses, and others: all are for documentation (RFC 5737, RFC 3849) and nobody's.
const OWN: [&str; 2] = ["192.0.2.1/32", "2001:db8:1::1/128"];
const HERE: [&str; 2] = ["198.51.100.0/24", "2001:db8:2::/64"];
const ELSEWHERE: [&str; 2] = ["203.0.113.0/24", "2001:db8:3::/64"];

/// Something that a container's user does, and what has to be reported of it.
#[derive(Clone, Copy, Debug)]
pub struct Deed {
    pub command: &'static [&'static str],
    /// Rule and detail, as [`describe`] has them.
    pub finding: Option<&'static str>,
}

const fn deed(command: &'static [&'static str], finding: &'static str) -> Deed {
    Deed { command, finding: Some(finding) }
}

const fn twin(command: &'static [&'static str]) -> Deed {
    Deed { command, finding: None }
}

/// Deeds for `exec` into a container whose own program is innocent, as [`USER`].
pub const DEEDS: &[Deed] = &[
    deed(&["sh", "-c", "id"], "shell-in-container exec-into /bin/busybox: sh -c id"),
    twin(&["id"]),
    // A copy of another name, and a link of one.
    twin(&["cp", "/bin/busybox", "/tmp/innocent"]),
    deed(
        &["probe", "exec", "/tmp/innocent", "sh", "-c", "id"],
        "shell-in-container exec-into /tmp/innocent: sh -c id",
    ),
    twin(&["probe", "exec", "/tmp/innocent", "cat", "/etc/passwd"]),
    twin(&["ln", "-s", "/bin/busybox", "/tmp/link"]),
    deed(
        &["probe", "exec", "/tmp/link", "ash", "-c", "id"],
        "shell-in-container exec-into /bin/busybox: ash -c id",
    ),
    // A shell of another name, and a program of a shell's name.
    deed(&[INNOCENT_NAME, "-c", "id"], "shell-in-container exec-into /bin/worker: /bin/worker -c id"),
    twin(&["cp", "/bin/probe", "/tmp/bash"]),
    twin(&["/tmp/bash", "exec", "/bin/id", "id"]),
    deed(
        &["cat", "/app/creds/token"],
        "secret-read exec-into /bin/busybox: /app/creds/..2026_11_25_01_02_03.123456789/token",
    ),
    twin(&["cat", "/app/settings/token"]),
    twin(&["cat", "/app/creds/ca.crt"]),
    twin(&["ls", "-l", "/app/creds/"]),
    deed(&["probe", "tcp", "203.0.113.1:443"], "undeclared-egress exec-into tcp 203.0.113.1 443"),
    twin(&["probe", "tcp", "198.51.100.1:443"]),
    deed(&["probe", "tcp", "[2001:db8:3::1]:443"], "undeclared-egress exec-into tcp 2001:db8:3::1 443"),
    twin(&["probe", "tcp", "[2001:db8:2::1]:443"]),
    // The list has the port of TCP alone.
    deed(&["probe", "tcp", "198.51.100.1:444"], "undeclared-egress exec-into tcp 198.51.100.1 444"),
    deed(&["probe", "udp-sendto", "198.51.100.1:443"], "undeclared-egress exec-into udp 198.51.100.1 443"),
    // An IPv4 address in an IPv6 socket.
    deed(&["probe", "tcp", "[::ffff:203.0.113.2]:443"], "undeclared-egress exec-into tcp 203.0.113.2 443"),
    twin(&["probe", "tcp", "[::ffff:198.51.100.2]:443"]),
    deed(
        &["probe", "udp-sendto", "[::ffff:203.0.113.2]:5000"],
        "undeclared-egress exec-into udp 203.0.113.2 5000",
    ),
    deed(&["probe", "udp-sendto", "203.0.113.3:5000"], "undeclared-egress exec-into udp 203.0.113.3 5000"),
    deed(
        &["probe", "udp-sendto", "[2001:db8:3::3]:5000"],
        "undeclared-egress exec-into udp 2001:db8:3::3 5000",
    ),
    deed(&["probe", "udp-connected", "203.0.113.4:5000"], "undeclared-egress exec-into udp 203.0.113.4 5000"),
    deed(
        &["probe", "udp-connected", "[2001:db8:3::4]:5000"],
        "undeclared-egress exec-into udp 2001:db8:3::4 5000",
    ),
    deed(
        &["probe", "udp-sendmmsg", "198.51.100.5:5000", "203.0.113.5:5000"],
        "undeclared-egress exec-into udp 203.0.113.5 5000",
    ),
    twin(&["probe", "udp-sendto", "198.51.100.3:5000"]),
    twin(&["probe", "udp-connected", "[2001:db8:2::4]:5000"]),
    // Nothing is sent.
    twin(&["probe", "udp-ask-source", "203.0.113.6:53"]),
    twin(&["probe", "udp-ask-source", "[2001:db8:3::6]:443"]),
    // A resolver of the site's own.
    twin(&["probe", "udp-sendto", "10.96.0.10:53"]),
];

/// Come last, and leave a finding by each ring: once all of these have come, so has all that was before.
pub const LAST: &[Deed] = &[
    deed(&["probe", "tcp", "203.0.113.254:9"], "undeclared-egress exec-into tcp 203.0.113.254 9"),
    deed(
        &["cat", "/app/creds/last"],
        "secret-read exec-into /bin/busybox: /app/creds/..2026_11_25_01_02_03.123456789/last",
    ),
    deed(&["sh", "-c", "true"], "shell-in-container exec-into /bin/busybox: sh -c true"),
];

/// The configuration's `egress` for all of these.
pub fn egress() -> Value {
    json!({ "default": "deny", "lists": [{
        "name": "test",
        "allow": [
            { "cidr": HERE[0], "ports": [443], "protocol": "tcp" },
            { "cidr": HERE[0], "ports": [5000], "protocol": "udp" },
            { "cidr": HERE[1] },
        ],
    }] })
}

/// Makes a Secret and a ConfigMap where kubelet would, below `directory`, and gives the mounts for both.
///
/// # Errors
/// When files can't be written.
pub fn make_volumes(directory: &Path, pod_uid: &str) -> Result<Vec<(String, String)>> {
    let volumes = directory.join("pods").join(pod_uid).join("volumes");
    let secret = volumes.join("kubernetes.io~secret/creds");
    let config = volumes.join("kubernetes.io~configmap/settings");
    for volume in [&secret, &config] {
        make_volume(volume)?;
    }
    let pair = |source: &PathBuf, destination: &str| (source.display().to_string(), destination.to_owned());
    Ok(vec![pair(&secret, SECRET), pair(&config, CONFIG)])
}

/// Files behind the links that kubelet swaps when the content changes.
fn make_volume(volume: &Path) -> Result<()> {
    let version = volume.join(VERSION);
    fs::create_dir_all(&version)?;
    symlink(VERSION, volume.join("..data"))?;
    for name in ["token", "last", "ca.crt"] {
        fs::write(version.join(name), "made up for a test\n")?;
        fs::set_permissions(version.join(name), fs::Permissions::from_mode(0o644))?;
        symlink(Path::new("..data").join(name), volume.join(name))?;
    }
    Ok(())
}

/// Runs `ip` in the network namespace of a process.
///
/// # Errors
/// When it fails.
pub fn ip(pid: u32, arguments: &str) -> Result<()> {
    let net = format!("--net=/proc/{pid}/ns/net");
    node::run("nsenter", [&net, "ip"].into_iter().map(AsRef::as_ref).chain(arguments.split(' '))).map(|_| ())
}

/// Gives the network namespace of a process its addresses, and routes all others of these deeds back to itself: a
/// connection to any is a real one, to an address that isn't its own, and no packet leaves the namespace.
///
/// # Errors
/// When `ip` fails.
pub fn connect_network(pid: u32) -> Result<()> {
    ip(pid, "link set lo up")?;
    ip(pid, &format!("address add {} dev lo", OWN[0]))?;
    ip(pid, &format!("address add {} dev lo nodad", OWN[1]))?;
    for to in [HERE[0], ELSEWHERE[0], "10.96.0.10/32"] {
        ip(pid, &format!("route add local {to} dev lo src 192.0.2.1 table local"))?;
    }
    for to in [HERE[1], ELSEWHERE[1]] {
        ip(pid, &format!("-6 route add local {to} dev lo src 2001:db8:1::1 table local"))?;
    }
    Ok(())
}

/// A finding as a line: its rule, how the process came to be, and what it did.
pub fn describe(finding: &pb::Finding) -> String {
    let Some(event) = &finding.event else { return format!("{} without an event", finding.rule) };
    let process = event.actor.clone().unwrap_or_default().process.unwrap_or_default();
    let origin = match process.origin() {
        pb::Origin::Entrypoint => "entrypoint",
        pb::Origin::Spawned => "spawned",
        pb::Origin::ExecInto => "exec-into",
        other => other.as_str_name(),
    };
    let image = process.image.unwrap_or_default();
    let flow = |flow: &Option<pb::Flow>| {
        let flow = flow.clone().unwrap_or_default();
        let protocol = match flow.protocol() {
            pb::Protocol::Tcp => "tcp",
            pb::Protocol::Udp => "udp",
            other => other.as_str_name(),
        };
        format!("{protocol} {} {}", flow.remote, flow.remote_port)
    };
    let what = match &event.deed {
        Some(pb::event::Deed::Exec(_)) => format!("{}: {}", image.exe, image.args.join(" ")),
        Some(pb::event::Deed::Open(open)) => format!("{}: {}", image.exe, open.path),
        Some(pb::event::Deed::Connect(connect)) => flow(&connect.flow),
        Some(pb::event::Deed::Send(send)) => flow(&send.flow),
        other => format!("{other:?}"),
    };
    format!("{} {origin} {what}", finding.rule)
}
