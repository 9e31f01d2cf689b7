//! Events for tests: a container named `web` of the pod `shop/cart-1`, and what is done in it.

use std::net::IpAddr;
use std::sync::Arc;

use super::Detector;
use crate::config::Config;
use crate::enrich::runtime::part;
use crate::event::*;

pub(super) const HOST: Namespaces = Namespaces { user: 1, mnt: 2, pid: 3, net: 4 };

/// An event in the making.
#[derive(Clone)]
pub(super) struct Maker {
    pub image: Image,
    pub origin: Origin,
    pub credentials: Credentials,
    pub namespaces: Namespaces,
    pub container: Arc<Container>,
    pub subject: Option<Subject>,
    pub parent: Option<Image>,
    pub unix_ns: u64,
}

pub(super) fn container() -> Container {
    Container {
        id: "c0ffee".into(),
        name: "web".into(),
        image: "docker.io/library/nginx:1.27".into(),
        pod: Some(Pod {
            name: "cart-1".into(),
            namespace: "shop".into(),
            uid: "u-1".into(),
            labels: Vec::new(),
        }),
        ..Container::default()
    }
}

/// A program by its file and arguments, of a kind.
pub(super) fn image(kind: Option<ProgramKind>, exe: &str, args: &[&str]) -> Image {
    let image = Image {
        exe: exe.into(),
        filename: exe.into(),
        args: args.iter().map(|arg| (*arg).into()).collect(),
        cap_effective: 0xa804_25fb,
        ..Image::default()
    };
    if let Some(kind) = kind {
        image.kind.set(kind).unwrap();
    }
    image
}

pub(super) fn busybox(args: &[&str]) -> Image {
    image(Some(ProgramKind::Multicall("busybox")), "/bin/busybox", args)
}

/// An ordinary user's program, started by the container's own nginx.
pub(super) fn run(image: Image) -> Maker {
    Maker {
        image,
        origin: Origin::Spawned,
        credentials: Credentials { uid: 1000, gid: 1000, euid: 1000, egid: 1000 },
        namespaces: Namespaces { mnt: 10, pid: 11, net: 12, user: HOST.user },
        container: Arc::new(container()),
        subject: None,
        parent: Some(self::image(Some(ProgramKind::Other), "/usr/sbin/nginx", &["nginx"])),
        unix_ns: 1_800_000_000_000_000_000,
    }
}

impl Maker {
    pub(super) fn origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    pub(super) fn uid(mut self, uid: u32, euid: u32) -> Self {
        self.credentials.uid = uid;
        self.credentials.euid = euid;
        self
    }

    pub(super) fn root(self) -> Self {
        self.uid(0, 0)
    }

    pub(super) fn tty(mut self) -> Self {
        self.image.flags.tty = true;
        self
    }

    pub(super) fn on(mut self, mounts: &[(&str, &str, Option<SecretMount>)]) -> Self {
        let mounts = mounts.iter().map(|(source, destination, secret)| Mount {
            source: (*source).into(),
            destination: (*destination).into(),
            secret: *secret,
            root: None,
        });
        self.container = Arc::new(Container {
            mounts: mounts.collect(),
            sources: vec![(part::MOUNTS, "cri")],
            ..container()
        });
        self
    }

    pub(super) fn event(&self, deed: Deed) -> Arc<Event> {
        let process = Process {
            key: ProcessKey { pid: 70, start_ns: 7 },
            parent: Some(ProcessKey { pid: 60, start_ns: 6 }),
            ns_pid: 7,
            cgroup: 1,
            image: Arc::new(self.image.clone()),
            origin: self.origin,
            source: ProcessSource::Exec,
        };
        Arc::new(Event {
            seq: 1,
            boot_ns: 1,
            unix_ns: self.unix_ns,
            actor: Some(Actor {
                process: Arc::new(process),
                credentials: self.credentials,
                tid: 70,
                comm: "x".into(),
                namespaces: self.namespaces,
                subject: self
                    .subject
                    .clone()
                    .unwrap_or_else(|| Subject::Container(Arc::clone(&self.container))),
            }),
            deed,
        })
    }

    fn ancestors(&self) -> Vec<Arc<Process>> {
        let parent = |image: &Image| Process {
            key: ProcessKey { pid: 60, start_ns: 6 },
            parent: None,
            ns_pid: 1,
            cgroup: 1,
            image: Arc::new(image.clone()),
            origin: Origin::Entrypoint,
            source: ProcessSource::Exec,
        };
        self.parent.iter().map(|image| Arc::new(parent(image))).collect()
    }

    pub(super) fn give(&self, detector: &mut Detector, deed: Deed) -> Vec<Finding> {
        let mut findings = detector.inspect(&self.event(deed), &|| self.ancestors());
        // All of these tests' events happen at the same time; how repeats are spread over time is tested elsewhere.
        findings.extend(detector.due(u64::MAX));
        findings
    }

    pub(super) fn exec(&self, detector: &mut Detector) -> Vec<Finding> {
        self.give(detector, Deed::Exec)
    }

    pub(super) fn open(&self, detector: &mut Detector, path: &str) -> Vec<Finding> {
        let open = Open { path: path.into(), mount_root: "/".into(), ..Open::default() };
        self.give(detector, Deed::Open(open))
    }

    pub(super) fn connect(&self, detector: &mut Detector, to: &str) -> Vec<Finding> {
        self.give(
            detector,
            Deed::Connect(Connect {
                conn: 1,
                flow: flow(Protocol::Tcp, to),
                error: None,
                callers_word: false,
            }),
        )
    }

    pub(super) fn send(&self, detector: &mut Detector, to: &str) -> Vec<Finding> {
        self.give(
            detector,
            Deed::Send(Send { flow: flow(Protocol::Udp, to), count: 1, error: None, callers_word: false }),
        )
    }
}

pub(super) fn flow(protocol: Protocol, to: &str) -> Flow {
    let to: std::net::SocketAddr = to.parse().unwrap();
    Flow {
        protocol,
        remote: to.ip(),
        remote_port: to.port(),
        local: if to.is_ipv4() {
            IpAddr::from([10, 9, 9, 9])
        } else {
            IpAddr::from([0xfd00, 0, 0, 0, 0, 0, 9, 9])
        },
        local_port: 0,
    }
}

pub(super) fn detector(yaml: &str) -> Detector {
    Detector::new(&Config::parse(yaml, "test.yaml").unwrap(), HOST)
}

/// Rules of findings.
pub(super) fn rules(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule).collect()
}
