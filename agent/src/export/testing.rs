//! Synthetic events and findings for tests.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, OnceLock};

use bstr::BString;

use crate::event::*;

pub(crate) const CONTAINER_ID: &str = "4f1c2d3e4f1c2d3e4f1c2d3e4f1c2d3e4f1c2d3e4f1c2d3e4f1c2d3e4f1c2d3e";
/// 2023-11-14T22:13:20Z and 5 ns.
pub(crate) const UNIX_NS: u64 = 1_700_000_000_000_000_005;

pub(crate) fn process(exe: &str, args: &[&[u8]]) -> Arc<Process> {
    let kind = OnceLock::new();
    kind.get_or_init(|| ProgramKind::Multicall("busybox"));
    Arc::new(Process {
        key: ProcessKey { pid: 4242, start_ns: 99 },
        parent: Some(ProcessKey { pid: 4200, start_ns: 90 }),
        ns_pid: 7,
        cgroup: 1234,
        image: Arc::new(Image {
            exe: BString::from(exe),
            filename: BString::from(exe),
            args: args.iter().map(|&arg| BString::from(arg)).collect(),
            cwd: BString::from("/"),
            kind,
            ..Image::default()
        }),
        origin: Origin::Spawned,
        source: ProcessSource::Exec,
    })
}

pub(crate) fn container() -> Arc<Container> {
    Arc::new(Container {
        id: CONTAINER_ID.into(),
        name: "web".into(),
        runtime: "containerd".into(),
        image: "docker.io/library/busybox:1".into(),
        image_digest: "sha256:0123".into(),
        labels: vec![("io.kubernetes.container.name".into(), "web".into())],
        pod: Some(Pod {
            name: "web-1".into(),
            namespace: "shop".into(),
            uid: "uid-1".into(),
            labels: vec![("app".into(), "web".into())],
        }),
        init_pid: 4200,
        rootfs: "/run/rootfs".into(),
        mounts: vec![Mount {
            source: "/var/lib/kubelet/pods/uid-1/volumes/kubernetes.io~projected/token".into(),
            destination: "/app/creds".into(),
            secret: Some(SecretMount::Projected),
            root: None,
        }],
        sources: vec![("pod", "cri")],
        missing: vec![("image", "runc keeps no image name".into())],
    })
}

pub(crate) fn event(seq: u64, subject: Subject, process: Arc<Process>, deed: Deed) -> Arc<Event> {
    Arc::new(Event {
        seq,
        boot_ns: seq,
        unix_ns: UNIX_NS,
        actor: Some(Actor {
            process,
            credentials: Credentials::default(),
            tid: 4242,
            comm: BString::from("sh"),
            namespaces: Namespaces { mnt: 1, pid: 2, net: 3, user: 4 },
            subject,
        }),
        deed,
    })
}

/// `sh -c "id \xff"` in [`container`].
pub(crate) fn exec(seq: u64) -> Arc<Event> {
    event(
        seq,
        Subject::Container(container()),
        process("/bin/busybox", &[b"sh", b"-c", b"id \xff"]),
        Deed::Exec,
    )
}

pub(crate) fn host_open(seq: u64, path: &str) -> Arc<Event> {
    let host =
        Host { unit: Some("cron.service".into()), cgroup_path: BString::from("/system.slice/cron.service") };
    let open = Open { path: BString::from(path), mount_root: BString::from("/"), ..Open::default() };
    event(seq, Subject::Host(Arc::new(host)), process("/usr/sbin/cron", &[b"cron"]), Deed::Open(open))
}

pub(crate) fn connect(seq: u64, remote: IpAddr, port: u16) -> Arc<Event> {
    let flow = Flow {
        protocol: Protocol::Tcp,
        remote,
        remote_port: port,
        local: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        local_port: 0,
    };
    let deed = Deed::Connect(Connect { conn: 9, flow, error: None, callers_word: false });
    event(seq, Subject::Container(container()), process("/bin/busybox", &[b"wget"]), deed)
}

pub(crate) fn loss(seq: u64) -> Arc<Event> {
    let deed = Deed::Loss(Loss { stage: "kernel", hook: "open", lost: 3, total: 5 });
    Arc::new(Event { seq, boot_ns: seq, unix_ns: UNIX_NS, actor: None, deed })
}

pub(crate) fn finding(seq: u64) -> Arc<Finding> {
    Arc::new(Finding {
        seq,
        id: "f-0123456789abcdef".into(),
        rule: "shell-in-container",
        title: "Shell in a container",
        severity: Severity::High,
        why: "busybox ran as sh, spawned by the container's own program".into(),
        count: 1,
        first_unix_ns: UNIX_NS,
        last_unix_ns: UNIX_NS,
        tags: Arc::new(Tags {
            attack: vec!["T1059.004".into()],
            iso27001: vec!["8.16".into()],
            soc2: vec!["CC7.2".into()],
        }),
        event: exec(seq),
        ancestors: vec![process("/bin/server", &[b"server"])],
    })
}
