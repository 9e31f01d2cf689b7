//! The recording that the repository has, through all stages: no root, no kernel, and the same findings each time.
//!
//! `cargo test -p lunette-tests --test replay -- --ignored make` makes it anew, as root: with `lunette record`, of a
//! container of plain runc, and leaves out what else the machine did meanwhile.

#![allow(clippy::unwrap_used, reason = "a test's helpers fail as the test does")]

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use lunette::config::Config;
use lunette::decode::{self, Body};
use lunette::detect::Detector;
use lunette::enrich::build;
use lunette::enrich::origin::Node;
use lunette::event::{Finding, Host, ProcessKey, Subject};
use lunette::export::bus::{Bus, Message};
use lunette::export::convert;
use lunette::export::filter::Filter;
use lunette::pipeline::{Input, Pipeline};
use lunette::recording::{Reader, Recorder, RecordingError};
use lunette_tests::agent::{self, ENDS_WITHIN};
use lunette_tests::deeds::{self, USER, describe};
use lunette_tests::needs;
use lunette_tests::runc::{self, Bundle, Spec};
use lunette_wire::ROOT_CGROUP;
use serde_json::json;

const CONTAINER: &str = "demo";

/// What the container's users did, and what has to be reported of it.
const DEEDS: &[(u32, &[&str], Option<&str>)] = &[
    (USER, &["sh", "-c", "id"], Some("shell-in-container exec-into /bin/busybox: sh -c id")),
    (USER, &["id"], None),
    (0, &["sleep", "0"], Some("root-process exec-into /bin/busybox: sleep 0")),
    (USER, &["sleep", "0"], None),
    (
        USER,
        &["cat", "/app/creds/token"],
        Some("secret-read exec-into /bin/busybox: /app/creds/..2026_11_25_01_02_03.123456789/token"),
    ),
    (USER, &["cat", "/app/settings/token"], None),
    (USER, &["nc", "-w", "1", "203.0.113.1", "443"], Some("undeclared-egress exec-into tcp 203.0.113.1 443")),
    (USER, &["nc", "-w", "1", "198.51.100.1", "443"], None),
    (
        USER,
        &["nc", "-w", "1", "2001:db8:3::1", "443"],
        Some("undeclared-egress exec-into tcp 2001:db8:3::1 443"),
    ),
    (USER, &["nc", "-w", "1", "2001:db8:2::1", "443"], None),
    (
        USER,
        &["probe", "udp-sendto", "203.0.113.2:5000"],
        Some("undeclared-egress exec-into udp 203.0.113.2 5000"),
    ),
    (USER, &["probe", "udp-ask-source", "203.0.113.3:5000"], None),
    (
        USER,
        &["/bin/worker", "-c", "true"],
        Some("shell-in-container exec-into /bin/worker: /bin/worker -c true"),
    ),
];

fn recordings() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("recordings")
}

/// The findings in a recording, in order, and what is wrong with it.
fn replay(bytes: &[u8]) -> (Vec<Arc<Finding>>, Option<RecordingError>) {
    let config = Config::load(&recordings().join("demo.yaml")).unwrap();
    let mut reader = match Reader::new(bytes) {
        Ok(reader) => reader,
        Err(error) => return (Vec::new(), Some(error)),
    };
    let node = reader.node().clone();
    let bus = Bus::default();
    let mut messages = bus.subscribe("test", Filter::findings(), 1024).unwrap();
    let mut pipeline = Pipeline::new(node.clone(), Detector::new(&config, node.namespaces), bus);
    let error = loop {
        match reader.next_input() {
            Ok(Some(input)) => pipeline.push(input),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    pipeline.flush();
    let stages = pipeline.stages();
    assert_eq!((stages.undecodable, stages.decoded), (0, stages.read));
    assert_eq!(stages.decoded, stages.events);
    let findings = std::iter::from_fn(|| match messages.try_recv()? {
        Message::Finding(finding) => Some(finding),
        other => panic!("{other:?}"),
    });
    (findings.collect(), error)
}

fn is_of_demo(finding: &Finding) -> bool {
    let container = finding.event.actor.as_ref().and_then(|actor| actor.subject.container());
    container.is_some_and(|container| container.id == CONTAINER)
}

/// Each finding as a line, in order.
fn lines(findings: &[Arc<Finding>]) -> Vec<String> {
    let of_demo = findings.iter().filter(|finding| is_of_demo(finding));
    of_demo.map(|finding| describe(&convert::finding(finding))).collect()
}

fn expected() -> Vec<&'static str> {
    DEEDS.iter().filter_map(|(_, _, finding)| *finding).collect()
}

#[test]
fn the_demonstration() {
    let bytes = fs::read(recordings().join("demo.lunette")).unwrap();
    let (findings, error) = replay(&bytes);
    assert!(error.is_none(), "{error:?}");
    // Rings are read one after the other, so that deeds of different kinds may change places.
    let mut came = lines(&findings);
    let mut wanted = expected();
    came.sort();
    wanted.sort();
    assert_eq!(came, wanted);
    assert_eq!(findings.len(), wanted.len());
    for finding in &findings {
        assert_eq!(finding.count, 1, "{}", finding.why);
        let container = finding.event.actor.as_ref().unwrap().subject.container().unwrap();
        assert_eq!((container.name.as_str(), container.image.as_str()), (CONTAINER, "demo:1"));
        assert!(!finding.ancestors.is_empty(), "{}", finding.why);
    }
    // The same again, to the id.
    let (again, _) = replay(&bytes);
    let ids = |findings: &[Arc<Finding>]| -> Vec<_> {
        findings.iter().map(|one| (one.id.clone(), one.seq)).collect()
    };
    assert_eq!(ids(&again), ids(&findings));
}

#[test]
fn a_cut_recording_gives_its_good_part() {
    let bytes = fs::read(recordings().join("demo.lunette")).unwrap();
    let (all, _) = replay(&bytes);
    let mut most = 0;
    for end in (0..bytes.len()).step_by(bytes.len() / 50) {
        let (findings, error) = replay(&bytes[..end]);
        let error = error.unwrap();
        assert!(matches!(error, RecordingError::Cut(at) if at <= end as u64) || end < 12, "{error} at {end}");
        assert!(findings.len() >= most && findings.len() <= all.len());
        most = findings.len();
    }
    assert!(most > 0);
    let mut damaged = bytes.clone();
    damaged[bytes.len() / 2] ^= 1;
    let (findings, error) = replay(&damaged);
    assert!(matches!(error, Some(RecordingError::Damaged { .. } | RecordingError::Cut(_))), "{error:?}");
    assert!(findings.len() < all.len());
}

#[test]
fn the_demonstration_has_nothing_of_the_machine_that_it_was_made_on() {
    let bytes = fs::read(recordings().join("demo.lunette")).unwrap();
    assert!(bytes.len() < 300 << 10, "{} bytes", bytes.len());
    let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    // (The kernel writes paths name by name.)
    for text in ["/root/", "\0root\0", "home", "target", "SECRET", "TOKEN", "ssh", "cargo", "rustup", "xtask"]
    {
        assert!(!has(text), "{text}");
    }
}

#[test]
#[ignore = "needs root, and makes recordings/demo.lunette anew"]
fn make() {
    needs!(runc::PROGRAMS);
    needs!(deeds::PROGRAMS);
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().join("state");
    let bundle = Bundle::new(Some(&root)).unwrap();
    let config = directory.path().join("lunette.yaml");
    let identity = json!({ "cri_endpoints": [], "containerd_endpoints": [], "runc_roots": [root] });
    fs::write(&config, json!({ "identity": identity }).to_string()).unwrap();
    let raw = directory.path().join("raw.lunette");
    let mut command = agent::command();
    command.arg("record").arg(&raw).arg("--config").arg(config);
    let mut recorder = agent::Process::start(command, directory.path()).unwrap();

    let spec = Spec {
        command: ["sleep", "1000"].map(Into::into).into(),
        mounts: deeds::make_volumes(bundle.directory(), "00000000-0000-4000-8000-000000000000").unwrap(),
        annotations: vec![("org.opencontainers.image.ref.name".into(), "demo:1".into())],
        uid: USER,
        ..Spec::default()
    };
    let running = bundle.run(CONTAINER, &spec).unwrap();
    deeds::connect_network(running.pid().unwrap()).unwrap();
    for (uid, command, _) in DEEDS {
        // A refused connection is a failure.
        let _ = running.exec_as(*uid, command);
    }
    let begun = Instant::now();
    while lines(&replay(&fs::read(&raw).unwrap()).0).len() < expected().len() {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "not all of it is in the recording: {}",
            recorder.log()
        );
        std::thread::sleep(Duration::from_millis(100));
    }
    drop(running);
    assert!(recorder.terminate(2 * ENDS_WITHIN).unwrap().success(), "{}", recorder.log());
    let made = recordings().join("demo.lunette");
    trim(&fs::read(&raw).unwrap(), &made);
    println!("{}: {} bytes", made.display(), fs::metadata(&made).unwrap().len());
}

/// Writes of a recording only what the container did and what brought it there: the processes that were in it, and
/// their ancestors that began while it was recorded, which are runc's.
fn trim(raw: &[u8], to: &Path) {
    let mut reader = Reader::new(raw).unwrap();
    let node = Node {
        name: "demo-node".into(),
        boot_id: "00000000-0000-4000-8000-000000000000".into(),
        // Without whose build it was.
        kernel: reader.node().kernel.split('-').next().unwrap().to_owned(),
        namespaces: reader.node().namespaces,
    };
    let mut containers = HashSet::new();
    let mut born: HashMap<ProcessKey, ProcessKey> = HashMap::new();
    let mut cgroups: HashMap<ProcessKey, HashSet<u64>> = HashMap::new();
    while let Some(input) = reader.next_input().unwrap() {
        match input {
            Input::Identity(found) => {
                let container = found.answer.subject.container();
                if container.is_some_and(|container| container.id == CONTAINER) {
                    containers.insert(found.answer.cgroup);
                }
            }
            Input::Record(bytes) => {
                let record = decode::decode(bytes).unwrap();
                let (task, key) = (record.task(), build::key(record.task()));
                cgroups.entry(key).or_default().insert(task.cgroup);
                if let (Body::Fork(_), Some(parent)) = (&record.body, build::parent(task)) {
                    born.insert(key, parent);
                }
            }
            _ => {}
        }
    }
    let inside = cgroups.iter().filter(|(_, of)| !of.is_disjoint(&containers)).map(|(key, _)| *key);
    let mut kept = HashSet::new();
    for key in inside {
        let mut next = Some(key);
        while let Some(key) = next.filter(|key| born.contains_key(key) && kept.insert(*key)) {
            next = born.get(&key).copied();
        }
    }

    let (recorder, mut tap) = Recorder::start(File::create(to).unwrap(), &node).unwrap();
    let mut reader = Reader::new(raw).unwrap();
    while let Some(input) = reader.next_input().unwrap() {
        match input {
            Input::Seed(..) => {}
            Input::Record(bytes) => {
                if kept.contains(&build::key(decode::decode(bytes).unwrap().task())) {
                    tap.copy(&input);
                }
            }
            Input::Identity(mut found) => {
                if let Subject::Host(_) = found.answer.subject {
                    assert_ne!(found.answer.cgroup, ROOT_CGROUP);
                    found.answer.path = "/host".into();
                    found.answer.subject =
                        Subject::Host(Arc::new(Host { unit: None, cgroup_path: "/host".into() }));
                    tap.copy(&Input::Identity(found));
                } else if containers.contains(&found.answer.cgroup) {
                    tap.copy(&Input::Identity(found));
                }
            }
            other => tap.copy(&other),
        }
    }
    drop(tap);
    recorder.finish().unwrap();
}
