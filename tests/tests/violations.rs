//! Violations and their innocent twins in real containers, read through the API: each is reported exactly once, in time,
//! and put down to the right container; the twins aren't.

#![allow(clippy::unwrap_used, reason = "a test's helpers fail as the test does")]

use std::time::{Duration, SystemTime};

use lunette_proto::lunette::v1 as pb;
use lunette_tests::agent::Agent;
use lunette_tests::containerd::{self, Containerd};
use lunette_tests::cri::{ContainerSpec, Cri, Network, Pod, PodSpec};
use lunette_tests::deeds::{self, DEEDS, Deed, LAST, USER, describe};
use lunette_tests::image::INNOCENT_NAME;
use lunette_tests::needs;
use lunette_tests::runc::{self, Bundle, Spec};
use lunette_tests::watch::{Received, Watch};
use serde_json::json;

/// How long anything may take to come, on a machine that is busy with other things too.
const LIMIT: Duration = Duration::from_secs(20);

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn findings(filter: pb::Filter) -> pb::Filter {
    pb::Filter { what: pb::filter::What::Findings.into(), ..filter }
}

fn container(finding: &pb::Finding) -> pb::Container {
    let actor = finding.event.clone().unwrap().actor.unwrap();
    match actor.subject {
        Some(pb::actor::Subject::Container(container)) => container,
        other => panic!("{} is put down to {other:?}", finding.why),
    }
}

/// As [`describe`], with the container's name before it.
fn line(finding: &pb::Finding) -> String {
    format!("{}: {}", container(finding).name, describe(finding))
}

/// From the deed to here.
fn delay(received: &Received) -> Duration {
    let time = received.finding().unwrap().last_time.unwrap();
    let time = SystemTime::UNIX_EPOCH + Duration::new(time.seconds as u64, time.nanos as u32);
    received.at.duration_since(time).unwrap_or_default()
}

/// Everything until each of the expected lines has come, and `last` with them; panics when what came isn't exactly that.
fn exactly(watch: &mut Watch, expected: &[String]) -> Vec<Received> {
    let mut missing = expected.to_vec();
    let mut surplus = Vec::new();
    let came = watch.until(LIMIT, |received| {
        let finding = received.finding().unwrap_or_else(|| panic!("no finding: {}", received.summary()));
        let line = line(finding);
        match missing.iter().position(|missing| *missing == line) {
            Some(position) => drop(missing.swap_remove(position)),
            None => surplus.push(received.summary()),
        }
        missing.is_empty()
    });
    assert!(surplus.is_empty(), "too much: {surplus:#?}");
    let came = came.unwrap_or_else(|error| panic!("missing: {missing:#?}\n{error:#}"));
    for received in &came {
        let finding = received.finding().unwrap();
        assert_eq!(finding.count, 1, "{}", finding.why);
        assert!(
            !finding.id.is_empty()
                && !finding.title.is_empty()
                && !finding.tags.clone().unwrap().attack.is_empty()
        );
    }
    let mut delays: Vec<Duration> = came.iter().map(delay).collect();
    delays.sort();
    let (median, longest) = (delays[delays.len() / 2], delays[delays.len() - 1]);
    println!("{} findings, median {median:?}, longest {longest:?} after the deed", came.len());
    // The first of a container wait for its name; a busy machine gets some time for that.
    assert!(median < Duration::from_millis(100) && longest < Duration::from_secs(2));
    came
}

fn expected_of(container: &str, deeds: &[Deed]) -> Vec<String> {
    deeds.iter().filter_map(|deed| Some(format!("{container}: {}", deed.finding?))).collect()
}

const POD_UID: &str = "3b1ceb8e-5d0a-4a4e-9f0f-1f2e3d4c5b6a";

struct PodUnderTest<'a> {
    containerd: &'a Containerd,
    pod: Pod,
    mounts: Vec<(String, String)>,
}

impl<'a> PodUnderTest<'a> {
    fn new(containerd: &'a Containerd) -> Self {
        let mounts = deeds::make_volumes(&containerd.directory().join("kubelet"), POD_UID).unwrap();
        let pod = Cri::new(&containerd.socket()).run_pod(PodSpec {
            name: "web-0".into(),
            namespace: "shop".into(),
            uid: POD_UID.into(),
            labels: vec![("app".into(), "web".into())],
            network: Network::Own,
        });
        let pod = pod.unwrap();
        deeds::connect_network(pod.pid(&pod.id).unwrap()).unwrap();
        Self { containerd, pod, mounts }
    }

    fn run(&self, name: &str, uid: u32, command: &[&str]) -> String {
        let spec = ContainerSpec {
            name: name.into(),
            image: self.containerd.image.name.clone(),
            command: words(command),
            mounts: self.mounts.clone(),
            uid: Some(uid.into()),
            ..ContainerSpec::default()
        };
        self.pod.run(spec).unwrap()
    }
}

fn agent_for(containerd: &Containerd) -> Agent {
    let socket = containerd.socket().display().to_string();
    let agent = Agent::start(json!({
        "egress": deeds::egress(),
        "identity": {
            "cri_endpoints": [socket],
            "containerd_endpoints": [socket],
            "runc_roots": [format!("{}/*", containerd.runc_root().display())],
        },
    }));
    agent.unwrap()
}

#[test]
fn in_a_pod() {
    needs!(containerd::PROGRAMS);
    needs!(deeds::PROGRAMS);
    let containerd = Containerd::start().unwrap();
    let agent = agent_for(&containerd);
    let mut watch =
        agent.watch(findings(pb::Filter { pods: vec![POD_UID.into()], ..pb::Filter::default() })).unwrap();
    let under_test = PodUnderTest::new(&containerd);

    // The sandbox's own program runs as root: that is a finding, and the only one of it.
    let sandbox = "shop/web-0";
    let mut expected = Vec::new();
    let came = watch.until(LIMIT, |_| true).unwrap();
    let first = came[0].finding().unwrap();
    assert_eq!(describe(first), "root-process entrypoint /bin/busybox: /bin/sleep 2147483647", "{sandbox}");

    let app = under_test.run("app", USER, &["sleep", "1000"]);
    under_test.run("admin", 0, &["sleep", "1001"]);
    expected.push("admin: root-process entrypoint /bin/busybox: sleep 1001".to_owned());
    under_test.run("entry", USER, &["sh", "-c", "id"]);
    expected.push("entry: shell-in-container entrypoint /bin/busybox: sh -c id".to_owned());
    under_test.run("spawner", USER, &["probe", "app", "sh", "-c", "id"]);
    expected.push("spawner: shell-in-container spawned /bin/busybox: sh -c id".to_owned());
    under_test.run("innocent", USER, &["probe", "spawn", "id"]);
    // Ends at once.
    under_test.run("short", USER, &["cat", "/app/creds/token"]);
    expected.push(
        "short: secret-read entrypoint /bin/busybox: /app/creds/..2026_11_25_01_02_03.123456789/token"
            .to_owned(),
    );
    for deed in DEEDS.iter().chain(LAST) {
        under_test.pod.exec(&app, deed.command).unwrap();
    }
    expected.extend(expected_of("app", DEEDS));
    expected.extend(expected_of("app", LAST));
    let came = exactly(&mut watch, &expected);

    for received in &came {
        let finding = received.finding().unwrap();
        let container = container(finding);
        let pod = container.pod.clone().unwrap();
        assert_eq!((pod.name.as_str(), pod.namespace.as_str(), pod.uid.as_str()), ("web-0", "shop", POD_UID));
        assert_eq!(pod.labels.get("app").map(String::as_str), Some("web"));
        assert_eq!(container.id.len(), 64);
        assert_eq!(container.id == app, container.name == "app", "{container:?}");
        assert_eq!((container.runtime.as_str(), &container.image), ("containerd", &containerd.image.name));
        // Never pulled: all the CRI has is the image's id.
        assert_eq!(container.image_digest, containerd.image.id);
        assert!(container.missing.is_empty(), "{container:?}");
        let from: Vec<_> =
            container.sources.iter().map(|part| (part.part.as_str(), part.source.as_str())).collect();
        assert!(from.contains(&("pod", "cri")) && from.contains(&("id", "cgroup")), "{from:?}");
        if finding.rule != "undeclared-egress" {
            assert!(finding.why.contains('`'), "{}", finding.why);
        }
        assert!(!finding.ancestors.is_empty(), "{}", finding.why);
    }
    assert_severities(&came);

    // The same container once more in the same pod, under a new id: all the same, and the finding is known.
    let by_name = |came: &[Received], name: &str| {
        let of = came.iter().find(|received| container(received.finding().unwrap()).name == name);
        of.unwrap().finding().unwrap().clone()
    };
    let first = by_name(&came, "short");
    under_test.pod.remove(&container(&first).id).unwrap();
    let again = under_test.run("short", USER, &["cat", "/app/creds/token"]);
    let came = watch.until(LIMIT, |received| line(received.finding().unwrap()) == line(&first)).unwrap();
    assert_eq!(came.len(), 1, "{:#?}", came.iter().map(Received::summary).collect::<Vec<_>>());
    let second = by_name(&came, "short");
    assert_eq!(container(&second).id, again);
    assert_ne!(container(&first).id, again);
    assert_eq!((&second.id, second.count), (&first.id, 2));

    drop((under_test, watch));
    agent.stop().unwrap();
}

fn assert_severities(came: &[Received]) {
    for (start, severity) in [
        ("app: shell-in-container exec-into", pb::Severity::Medium),
        ("entry: shell", pb::Severity::Low),
        ("spawner: shell", pb::Severity::High),
        ("app: secret-read", pb::Severity::High),
        ("app: undeclared-egress exec-into tcp 203.0.113.1 443", pb::Severity::High),
    ] {
        let mut found = came.iter().map(|received| received.finding().unwrap());
        let finding = found.find(|finding| line(finding).starts_with(start)).unwrap();
        assert_eq!(finding.severity(), severity, "{}", finding.why);
    }
}

#[test]
fn in_containers_that_only_runc_knows() {
    needs!(runc::PROGRAMS);
    needs!(deeds::PROGRAMS);
    let root = tempfile::tempdir().unwrap();
    let bundle = Bundle::new(Some(root.path())).unwrap();
    let mounts = deeds::make_volumes(bundle.directory(), POD_UID).unwrap();
    let own = std::process::id();
    let name = |short: &str| format!("lunette-{short}-{own}");
    let spec = |uid: u32, command: &[&str]| Spec {
        command: words(command),
        mounts: mounts.clone(),
        uid,
        annotations: vec![("org.opencontainers.image.ref.name".into(), "test:1".into())],
        ..Spec::default()
    };

    // It runs before the agent does.
    let (early, app) = (name("early"), name("app"));
    let before = bundle.run(&early, &spec(USER, &["sleep", "1000"])).unwrap();

    let agent = Agent::start(json!({
        "egress": deeds::egress(),
        "identity": { "runc_roots": [root.path()] },
    }));
    let agent = agent.unwrap();
    let names = ["early", "app", "admin", "entry", "spawner", "short"].map(name);
    let filter = pb::Filter { containers: names.to_vec(), ..pb::Filter::default() };
    let mut watch = agent.watch(findings(filter)).unwrap();

    let mut expected = Vec::new();
    let running = bundle.run(&app, &spec(USER, &["sleep", "1000"])).unwrap();
    deeds::connect_network(running.pid().unwrap()).unwrap();
    let mut others = Vec::new();
    for (short, uid, command, finding) in [
        ("admin", 0, &["sleep", "1001"][..], "root-process entrypoint /bin/busybox: sleep 1001"),
        ("entry", USER, &["sh", "-c", "id"], "shell-in-container entrypoint /bin/busybox: sh -c id"),
        (
            "spawner",
            USER,
            &["probe", "app", INNOCENT_NAME, "-c", "id"],
            "shell-in-container spawned /bin/worker: /bin/worker -c id",
        ),
        (
            "short",
            USER,
            &["cat", "/app/creds/token"],
            "secret-read entrypoint /bin/busybox: /app/creds/..2026_11_25_01_02_03.123456789/token",
        ),
    ] {
        others.push(bundle.run(&name(short), &spec(uid, command)).unwrap());
        expected.push(format!("{}: {finding}", name(short)));
    }
    before.exec(&["sh", "-c", "id"]).unwrap();
    expected.push(format!("{early}: shell-in-container exec-into /bin/busybox: sh -c id"));
    // Root, for once, and an applet that nobody else runs as root.
    running.exec_as(0, &["true"]).unwrap();
    expected.push(format!("{app}: root-process exec-into /bin/busybox: true"));
    for deed in DEEDS.iter().chain(LAST) {
        // A refused connection is a failure.
        let _ = running.exec(deed.command);
    }
    expected.extend(expected_of(&app, DEEDS));
    expected.extend(expected_of(&app, LAST));
    let came = exactly(&mut watch, &expected);
    for received in &came {
        let container = container(received.finding().unwrap());
        assert_eq!(container.id, container.name);
        assert_eq!((container.runtime.as_str(), container.image.as_str()), ("runc", "test:1"));
        assert!(container.pod.is_none());
        let missing: Vec<_> = container.missing.iter().map(|part| part.part.as_str()).collect();
        assert_eq!(missing, ["image_digest"], "{container:?}");
    }
    drop((others, running, before, watch));
    agent.stop().unwrap();
}
