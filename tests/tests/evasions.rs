//! Ways around a naive sensor: the real thing is reported all the same, the file that was opened and the program that
//! ran.

#![allow(clippy::unwrap_used, reason = "a test's helpers fail as the test does")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use lunette_proto::lunette::v1 as pb;
use lunette_tests::agent::Agent;
use lunette_tests::deeds::{self, USER};
use lunette_tests::image::INNOCENT_NAME;
use lunette_tests::needs;
use lunette_tests::runc::{self, Bundle, Container, Spec};
use lunette_tests::watch::{Received, Watch};
use pb::event::Deed;
use serde_json::json;

const LIMIT: Duration = Duration::from_secs(20);
const TOKEN: &str = "/app/creds/..2026_11_25_01_02_03.123456789/token";

fn start<'a>(bundle: &'a Bundle, name: &str) -> Container<'a> {
    let spec = Spec {
        command: ["sleep", "1000"].map(Into::into).into(),
        mounts: deeds::make_volumes(bundle.directory(), "00000000-0000-4000-8000-000000000000").unwrap(),
        uid: USER,
        ..Spec::default()
    };
    bundle.run(&format!("lunette-{name}-{}", std::process::id()), &spec).unwrap()
}

fn is_end(received: &Received) -> bool {
    received.event().is_some_and(|event| {
        let image = event.actor.clone().and_then(|actor| actor.process?.image).unwrap_or_default();
        matches!(event.deed, Some(Deed::Exec(_))) && image.args == ["true", "the-end"]
    })
}

/// What came until the container has executed the last program.
fn all(watch: &mut Watch, container: &Container<'_>) -> Vec<Received> {
    container.exec(&["true", "the-end"]).unwrap();
    watch.until(LIMIT, is_end).unwrap()
}

#[test]
fn the_file_that_is_opened_is_told_and_not_the_way_to_it() {
    needs!(runc::PROGRAMS);
    let root = tempfile::tempdir().unwrap();
    let bundle = Bundle::new(Some(root.path())).unwrap();
    let container = start(&bundle, "ways");
    container.exec(&["ln", "-s", "/app/creds/token", "/tmp/innocent"]).unwrap();
    let agent = Agent::start(json!({ "identity": { "runc_roots": [root.path()] } })).unwrap();
    let kinds = [pb::EventKind::Exec, pb::EventKind::Open];
    let filter = pb::Filter {
        what: pb::filter::What::Events.into(),
        kinds: kinds.map(Into::into).into(),
        containers: vec![container.id.clone()],
        ..pb::Filter::default()
    };
    let mut watch = agent.watch(filter).unwrap();
    let ways: [&[&str]; 9] = [
        &["cat", "/app/settings/../creds/./token"],
        &["cat", "app//creds/token"],
        &["cat", "/tmp/innocent"],
        &["cat", "/proc/self/root/app/creds/..data/token"],
        &["cat", "/proc/1/root/app/creds/token"],
        &["cat", "/proc/self/cwd/app/creds/token"],
        &["probe", "openat2", "/app/creds/token"],
        &["probe", "open-twice", "/app/creds/token"],
        &["probe", "open-in-thread", "/app/creds/token"],
    ];
    for way in ways {
        container.exec(way).unwrap();
    }
    // Looking at it is no reading, and another file of the same name is another one.
    container.exec(&["stat", "/app/creds/token"]).unwrap();
    container.exec(&["cat", "/app/settings/token"]).unwrap();
    let mut opened = Vec::new();
    for event in all(&mut watch, &container).iter().filter_map(Received::event) {
        let process = event.actor.clone().unwrap().process.unwrap();
        if let Some(Deed::Open(open)) = &event.deed
            && open.on_secret_mount
        {
            assert_eq!(open.path, TOKEN);
            opened.push(process.image.unwrap().args);
        }
    }
    // Files and programs come by two rings: the order is within each.
    assert_eq!(opened, ways);
    agent.stop().unwrap();
}

#[test]
fn a_shell_is_one_by_whatever_name_and_way() {
    needs!(runc::PROGRAMS);
    let root = tempfile::tempdir().unwrap();
    let bundle = Bundle::new(Some(root.path())).unwrap();
    let rootfs = bundle.directory().join("rootfs");
    let script = |name: &str, text: &str| {
        fs::write(rootfs.join(name), text).unwrap();
        fs::set_permissions(rootfs.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    };
    script("bin/task", "#!/bin/sh\nexit 0\n");
    script("bin/job", "#!/bin/worker\nexit 0\n");
    fs::copy(rootfs.join(&INNOCENT_NAME[1..]), rootfs.join("bin/dash")).unwrap();
    let loader = ["lib64/ld-linux-x86-64.so.2", "lib/ld-linux-aarch64.so.1"];
    let loader = loader.iter().find(|path| rootfs.join(path).exists()).map(|path| format!("/{path}"));
    let container = start(&bundle, "shells");
    let agent = Agent::start(json!({ "identity": { "runc_roots": [root.path()] } })).unwrap();
    let filter = pb::Filter {
        kinds: vec![pb::EventKind::Exec.into()],
        rules: vec!["shell-in-container".into()],
        containers: vec![container.id.clone()],
        ..pb::Filter::default()
    };
    let mut watch = agent.watch(filter).unwrap();
    let long = "x".repeat(100_000);
    let strange = "true \u{1b}[2J\n# \u{202e}";
    let mut ways: Vec<Vec<&str>> = vec![
        vec!["env", "sh", "-c", "true 1"],
        vec!["find", "/bin/sh", "-exec", "sh", "-c", "true 2", ";"],
        vec!["timeout", "9", "sh", "-c", "true 3"],
        vec!["/bin/task"],
        vec!["/bin/job"],
        vec!["probe", "exec-memfd", INNOCENT_NAME, "worker", "-c", "true 4"],
        vec!["probe", "exec-memfd", "/bin/busybox", "sh", "-c", "true 5"],
        vec!["/bin/busybox", "sh", "-c", "true 6"],
        vec!["probe", "exec", INNOCENT_NAME, "", "-c", "true 7"],
        vec!["sh", "-c", strange],
        vec!["sh", "-c", "true 8", &long],
    ];
    if let Some(loader) = &loader {
        // The loader maps the program itself, which is no exec: only its name tells.
        ways.push(vec![loader, "/bin/dash", "-c", "true 9"]);
    }
    for way in &ways {
        container.exec(way).unwrap();
    }
    let came = all(&mut watch, &container);
    let findings: Vec<&pb::Finding> = came.iter().filter_map(Received::finding).collect();
    for finding in &findings {
        println!("{}", finding.why);
    }
    assert_eq!(findings.len(), ways.len());
    let image =
        |finding: &pb::Finding| finding.event.clone().unwrap().actor.unwrap().process.unwrap().image.unwrap();
    let cut =
        findings.iter().map(|finding| image(finding)).find(|image| image.args_cut_from.is_some()).unwrap();
    assert_eq!(cut.args_cut_from, Some("sh\0-c\0true 8\0\0".len() as u32 + 100_000));
    assert_eq!(&cut.args[..3], ["sh", "-c", "true 8"]);
    for finding in findings {
        assert!(finding.why.chars().all(|char| !char.is_control() && char != '\u{202e}'), "{}", finding.why);
        assert!(finding.why.len() < 2_000, "{}", finding.why.len());
    }
    agent.stop().unwrap();
}
