//! What `lunette record` writes, replayed by someone else: the findings are those that the agent made.

#![allow(clippy::unwrap_used, reason = "a test's helpers fail as the test does")]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use lunette_proto::lunette::v1 as pb;
use lunette_tests::agent::{self, Agent, ENDS_WITHIN};
use lunette_tests::deeds::{self, DEEDS, LAST, USER};
use lunette_tests::needs;
use lunette_tests::runc::{self, Bundle, Spec};
use serde_json::{Value, json};

const LIMIT: Duration = Duration::from_secs(30);
const NOBODY: u32 = 65_534;

/// A directory where nobody in particular may run the agent and read.
struct Elsewhere(tempfile::TempDir);

impl Elsewhere {
    fn new() -> Self {
        let directory = tempfile::Builder::new().prefix("lunette-replay-").tempdir().unwrap();
        fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755)).unwrap();
        fs::copy(agent::binary(), directory.path().join("lunette")).unwrap();
        Self(directory)
    }

    /// Replays these bytes as a user with no rights at all.
    fn replay(&self, recording: &[u8], config: &Path) -> Output {
        let file = self.0.path().join("some.lunette");
        fs::write(&file, recording).unwrap();
        chown(&file, Some(NOBODY), Some(NOBODY)).unwrap();
        let readable = self.0.path().join("lunette.yaml");
        fs::copy(config, &readable).unwrap();
        fs::set_permissions(&readable, fs::Permissions::from_mode(0o644)).unwrap();
        let mut command = Command::new(self.0.path().join("lunette"));
        command.env_clear().current_dir("/").stdin(Stdio::null()).uid(NOBODY).gid(NOBODY);
        command.args(["replay", "--json", "--config"]).arg(readable).arg(file).output().unwrap()
    }
}

/// Ids of the container's findings, each as often as it came.
fn ids(output: &Output, container: &str) -> Vec<String> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let findings = text.lines().map(|line| {
        let line: Value = serde_json::from_str(line).unwrap();
        line["finding"].clone()
    });
    let of = findings.filter(|finding| finding["event"]["actor"]["container"]["id"] == container);
    let mut ids: Vec<_> = of.map(|finding| finding["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

#[test]
fn replays_to_the_same_findings_for_anyone() {
    needs!(runc::PROGRAMS);
    needs!(deeds::PROGRAMS);
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().join("state");
    let bundle = Bundle::new(Some(&root)).unwrap();
    let settings = json!({
        "egress": deeds::egress(),
        "identity": { "cri_endpoints": [], "containerd_endpoints": [], "runc_roots": [root] },
    });
    let config = directory.path().join("lunette.yaml");
    fs::write(&config, settings.to_string()).unwrap();
    let recording = directory.path().join("some.lunette");
    let mut command = agent::command();
    command.arg("record").arg(&recording).arg("--config").arg(&config);
    let mut recorder = agent::Process::start(command, directory.path()).unwrap();
    assert_eq!(fs::metadata(&recording).unwrap().mode() & 0o777, 0o600);

    let agent = Agent::start(settings).unwrap();
    let id = format!("lunette-record-{}", std::process::id());
    let filter = pb::Filter {
        what: pb::filter::What::Findings.into(),
        containers: vec![id.clone()],
        ..pb::Filter::default()
    };
    let mut watch = agent.watch(filter).unwrap();
    let spec = Spec {
        command: ["sleep", "1000"].map(Into::into).into(),
        mounts: deeds::make_volumes(bundle.directory(), "00000000-0000-4000-8000-000000000000").unwrap(),
        uid: USER,
        ..Spec::default()
    };
    let running = bundle.run(&id, &spec).unwrap();
    deeds::connect_network(running.pid().unwrap()).unwrap();
    let deeds = || DEEDS.iter().chain(LAST);
    for deed in deeds() {
        let _ = running.exec(deed.command);
    }
    let expected = deeds().filter(|deed| deed.finding.is_some()).count();
    let mut live = Vec::new();
    watch
        .until(LIMIT, |received| {
            live.push(received.finding().unwrap().id.clone());
            live.len() == expected
        })
        .unwrap();
    live.sort();

    // A recording that is still being written is a cut one: its good part is there already.
    let elsewhere = Elsewhere::new();
    let replay = |bytes: &[u8]| elsewhere.replay(bytes, &config);
    let begun = Instant::now();
    let cut = loop {
        let output = replay(&fs::read(&recording).unwrap());
        if ids(&output, &id).len() == expected {
            break output;
        }
        assert!(begun.elapsed() < LIMIT, "not all of it is in the recording: {output:?}");
        std::thread::sleep(Duration::from_millis(100));
    };
    assert_eq!(cut.status.code(), Some(1));
    assert_eq!(ids(&cut, &id), live);
    let said = String::from_utf8(cut.stderr).unwrap();
    assert!(said.contains("some.lunette: it is cut at byte "), "{said}");
    assert_eq!(said.lines().filter(|line| line.starts_with("lunette: ")).count(), 1, "{said}");

    drop(running);
    assert!(recorder.terminate(2 * ENDS_WITHIN).unwrap().success(), "{}", recorder.log());
    let bytes = fs::read(&recording).unwrap();
    let whole = replay(&bytes);
    assert!(whole.status.success(), "{whole:?}");
    assert_eq!(ids(&whole, &id), live);

    let half = replay(&bytes[..bytes.len() / 2]);
    assert_eq!(half.status.code(), Some(1));
    let some = ids(&half, &id);
    assert!(some.iter().all(|id| live.contains(id)) && some.len() <= live.len());
    let foreign = replay(b"#!/bin/sh\necho this is something else\n");
    assert_eq!(foreign.status.code(), Some(1));
    assert!(foreign.stdout.is_empty());
    assert!(String::from_utf8(foreign.stderr).unwrap().contains("no recording of Lunette's"));
    assert!(agent.stop().unwrap().status.success());
}
