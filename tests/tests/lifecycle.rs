//! Starts, ends, and what goes wrong around an agent: slow and dying subscribers, a full disk, a broken configuration.

#![allow(clippy::unwrap_used, reason = "a test's helpers fail as the test does")]

use std::ffi::CString;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use lunette_proto::lunette::v1 as pb;
use lunette_tests::agent::{self, Agent, ENDS_WITHIN};
use lunette_tests::deeds::{USER, describe};
use lunette_tests::runc::{self, Bundle, Container, Spec};
use lunette_tests::watch::Received;
use lunette_tests::{needs, node};
use pb::event::Deed;
use serde_json::{Value, json};

const LIMIT: Duration = Duration::from_secs(30);
const SECRET: &str = "/etc/secret/id_rsa";

fn start<'a>(bundle: &'a Bundle, name: &str) -> Container<'a> {
    let spec = Spec { command: ["sleep", "1000"].map(Into::into).into(), uid: USER, ..Spec::default() };
    let secret = bundle.directory().join("rootfs").join(SECRET.trim_start_matches('/'));
    fs::create_dir_all(secret.parent().unwrap()).unwrap();
    fs::write(secret, "made up for a test\n").unwrap();
    bundle.run(&format!("lunette-{name}-{}", std::process::id()), &spec).unwrap()
}

fn settings(root: &Path) -> Value {
    json!({ "identity": { "runc_roots": [root] } })
}

fn of(container: &Container<'_>, what: pb::filter::What) -> pb::Filter {
    pb::Filter { what: what.into(), containers: vec![container.id.clone()], ..pb::Filter::default() }
}

/// A shell, each time another.
fn shell(container: &Container<'_>, number: usize) -> String {
    container.exec(&["sh", "-c", &format!("true {number}")]).unwrap();
    format!("shell-in-container exec-into /bin/busybox: sh -c true {number}")
}

fn is(received: &Received, line: &str) -> bool {
    received.finding().is_some_and(|finding| describe(finding) == line)
}

#[test]
fn agents_side_by_side_and_one_after_the_other() {
    needs!(runc::PROGRAMS);
    let root = tempfile::tempdir().unwrap();
    let bundle = Bundle::new(Some(root.path())).unwrap();
    let container = start(&bundle, "twice");
    let one = Agent::start(settings(root.path())).unwrap();
    let other = Agent::start(settings(root.path())).unwrap();
    let status = one.status().unwrap();
    assert!(status.ready_after_ns > 0 && status.sensors.iter().all(|sensor| sensor.attached), "{status:#?}");
    assert!(status.self_check.iter().all(|check| check.state() == pb::check::State::Seen), "{status:#?}");

    let filter = of(&container, pb::filter::What::Findings);
    let mut watches = [one.watch(filter.clone()).unwrap(), other.watch(filter.clone()).unwrap()];
    let first = shell(&container, 1);
    let ids = watches.each_mut().map(|watch| {
        let came = watch.until(LIMIT, |received| is(received, &first)).unwrap();
        came.last().unwrap().finding().unwrap().id.clone()
    });
    assert_eq!(ids[0], ids[1]);

    // SIGTERM: what is there comes, then the streams end, and nothing is left.
    let [mut watch, mut watch_of_other] = watches;
    let second = shell(&container, 2);
    let file = one.findings_file();
    let directory = file.parent().unwrap().to_owned();
    watch.until(LIMIT, |received| is(received, &second)).unwrap();
    one.status_when(LIMIT, |status| status.findings_file.clone().unwrap().written >= 2).unwrap();
    let text = fs::read_to_string(&file).unwrap();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["finding"]["rule"], "shell-in-container", "{line}");
    }
    let socket = one.socket().to_owned();
    let ended = one.stop().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", ended.log);
    assert!(ended.took < ENDS_WITHIN, "{:?}", ended.took);
    assert!(!ended.socket_left && !socket.exists());
    assert!(ended.programs_left.is_empty(), "{:?}", ended.programs_left);
    assert!(watch.rest(LIMIT).unwrap().is_empty());
    assert!(!directory.exists());

    // The other one doesn't mind, and a new one sees again.
    let again = Agent::start(settings(root.path())).unwrap();
    let mut watch = again.watch(filter).unwrap();
    let third = shell(&container, 3);
    for watch in [&mut watch, &mut watch_of_other] {
        watch.until(LIMIT, |received| is(received, &third)).unwrap();
    }
    // A deed that was known to the last one has the same id, and is the first of its kind to this one.
    shell(&container, 1);
    let came = watch.until(LIMIT, |received| is(received, &first)).unwrap();
    let finding = came.last().unwrap().finding().unwrap();
    assert_eq!((&finding.id, finding.count), (&ids[0], 1));
    for agent in [other, again] {
        let ended = agent.stop().unwrap();
        assert!(ended.status.success() && ended.took < ENDS_WITHIN, "{ended:?}");
    }
}

#[test]
fn a_slow_subscriber_and_a_killed_one_cost_the_others_nothing() {
    needs!(runc::PROGRAMS);
    const BATCHES: usize = 20;
    const OPENS: usize = 500;
    let root = tempfile::tempdir().unwrap();
    let bundle = Bundle::new(Some(root.path())).unwrap();
    let container = start(&bundle, "slow");
    let agent = Agent::start(settings(root.path())).unwrap();
    let filter = of(&container, pb::filter::What::Events);
    let mut slow = agent.watch_lazily(filter.clone()).unwrap();
    let mut good = agent.watch(filter).unwrap();
    let mut killed = agent::command();
    let mut killed = killed
        .args(["watch", "--json", "--address"])
        .arg(agent.socket())
        // Nobody reads it, and so it stops reading.
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    agent
        .status_when(LIMIT, |status| status.subscribers.iter().filter(|one| one.name == "grpc").count() == 3)
        .unwrap();

    let mut all = Vec::new();
    let mut open_in_batches = |batches: usize| {
        for _ in 0..batches {
            container.exec(&["probe", "open", SECRET, &OPENS.to_string(), "1", "0"]).unwrap();
            // One that reads is never far behind: each batch fits into its queue.
            let mut opens = 0;
            let came = good.until(LIMIT, |received| {
                opens += usize::from(matches!(received.event().unwrap().deed, Some(Deed::Open(_))));
                opens == OPENS
            });
            all.extend(came.unwrap());
        }
    };
    open_in_batches(BATCHES / 2);
    killed.kill().unwrap();
    killed.wait().unwrap();
    open_in_batches(BATCHES / 2);
    agent
        .status_when(LIMIT, |status| status.subscribers.iter().filter(|one| one.name == "grpc").count() == 2)
        .unwrap();

    // The slow one reads on: it finds what fitted in, and at the gap how much is missing. Then it has room again.
    let mut late = slow.until(LIMIT, |received| received.lost().is_some()).unwrap();
    container.exec(&["true", "really-the-end"]).unwrap();
    late.extend(slow.until(LIMIT, |received| has_executed(received, "really-the-end")).unwrap());
    all.extend(good.until(LIMIT, |received| has_executed(received, "really-the-end")).unwrap());
    assert_eq!(all.iter().filter_map(Received::lost).count(), 0);
    let seqs =
        |came: &[Received]| -> Vec<u64> { came.iter().filter_map(|one| Some(one.event()?.seq)).collect() };
    let (all, seen) = (seqs(&all), seqs(&late));
    let lost = late.iter().filter_map(Received::lost).next_back().unwrap();
    println!("{} events came to the slow one, {} were lost to it", seen.len(), lost.total_events);
    assert!(seen.is_sorted() && all.is_sorted());
    assert_eq!(all.len() as u64, seen.len() as u64 + lost.total_events);
    assert_eq!(lost.total_findings, 0);
    let told: u64 = late.iter().filter_map(Received::lost).map(|lost| lost.events).sum();
    assert_eq!(told, lost.total_events);
    drop((good, slow));
    assert!(agent.stop().unwrap().status.success());
}

fn has_executed(received: &Received, argument: &str) -> bool {
    let Some(pb::Event { actor: Some(actor), deed: Some(Deed::Exec(_)), .. }) = received.event() else {
        return false;
    };
    let image = actor.process.clone().unwrap_or_default().image.unwrap_or_default();
    image.args.last().is_some_and(|last| last == argument)
}

/// A small file system of its own; gone when dropped.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new(bytes: usize) -> Self {
        let directory = tempfile::Builder::new().prefix("lunette-disk-").tempdir().unwrap();
        let path = CString::new(directory.path().as_os_str().as_encoded_bytes()).unwrap();
        let options = CString::new(format!("size={bytes}")).unwrap();
        // SAFETY: strings that end with NUL and live through the call.
        let result = unsafe {
            libc::mount(c"none".as_ptr(), path.as_ptr(), c"tmpfs".as_ptr(), 0, options.as_ptr().cast())
        };
        assert_eq!(result, 0, "{}", std::io::Error::last_os_error());
        Self(directory)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        node::unmount_below(self.0.path());
    }
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    needs!(runc::PROGRAMS);
    const SHELLS: usize = 5;
    let root = tempfile::tempdir().unwrap();
    let bundle = Bundle::new(Some(root.path())).unwrap();
    let container = start(&bundle, "disk");
    let disk = Disk::new(128 << 10);
    let ballast = disk.0.path().join("ballast");
    let _ = fs::write(&ballast, vec![0; 1 << 20]);
    let file = disk.0.path().join("findings.jsonl");
    let mut settings = settings(root.path());
    settings["findings"] = json!({ "file": { "path": file } });
    let agent = Agent::start(settings).unwrap();
    let mut watch = agent.watch(of(&container, pb::filter::What::Findings)).unwrap();
    for number in 0..SHELLS {
        let line = shell(&container, number);
        watch.until(LIMIT, |received| is(received, &line)).unwrap();
    }
    let status =
        agent.status_when(LIMIT, |status| !status.findings_file.clone().unwrap().error.is_empty()).unwrap();
    let said = status.findings_file.unwrap();
    assert!(said.error.contains("No space left") && said.errors > 0 && said.lost == 0, "{said:?}");
    assert_eq!(said.path, file.display().to_string());
    assert!(agent.log().contains("No space left"), "{}", agent.log());

    fs::remove_file(ballast).unwrap();
    let shells = SHELLS as u64;
    let status =
        agent.status_when(LIMIT, |status| status.findings_file.clone().unwrap().written >= shells).unwrap();
    assert_eq!(status.findings_file.clone().unwrap().error, "");
    let text = fs::read_to_string(&file).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of_container = lines.iter().filter(|line| line.to_string().contains(&container.id));
    assert_eq!(of_container.count(), SHELLS, "{text}");
    assert!(agent.stop().unwrap().status.success());
}

#[test]
fn a_hexadecimal_cgroup_is_no_container() {
    needs!(runc::PROGRAMS);
    let path = format!("/{:032x}", 0xfeed_0000_0000_u128 << 64 | u128::from(std::process::id()));
    let cgroup = node::make_cgroup(&path).unwrap();
    let agent = Agent::start(json!({})).unwrap();
    let kinds = vec![pb::EventKind::Exec.into()];
    let mut watch = agent.watch(pb::Filter { kinds, ..pb::Filter::default() }).unwrap();
    let procs = cgroup.join("cgroup.procs");
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "true in-a-cgroup"]);
    // SAFETY: between fork and exec only a file is written, without allocating anything that another thread may have
    // locked for long: the C library's allocator is safe after fork.
    unsafe { command.pre_exec(move || fs::write(&procs, "0")) };
    assert!(command.status().unwrap().success());
    let came = watch.until(LIMIT, |received| has_executed(received, "true in-a-cgroup")).unwrap();
    let subject = came.last().unwrap().event().unwrap().actor.clone().unwrap().subject.unwrap();
    node::remove_cgroup(&path);
    match subject {
        pb::actor::Subject::Host(host) => assert_eq!(host.cgroup_path, path),
        other => panic!("{other:?}"),
    }
    agent.stop().unwrap();
}

#[test]
fn a_broken_configuration_leads_to_its_place() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("lunette.yaml");
    for (text, place) in [
        ("grpc:\n  sockets: /tmp/x\n", ":2:3: grpc.sockets: "),
        (
            "egress:\n  lists:\n    - name: a\n      allow: [{cidr: 10.0.0.0/33}]\n",
            ":4:22: egress.lists[0].allow[0].cidr: ",
        ),
        ("rings: {process: many}\n", ":1:18: rings.process: "),
        ("rules: [\n", ":"),
    ] {
        fs::write(&file, text).unwrap();
        let mut command = agent::command();
        let output = command.args(["run", "--config"]).arg(&file).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(&format!("{}{place}", file.display())), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    let missing = agent::command().args(["run", "--config", "/nowhere/lunette.yaml"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8(missing.stderr).unwrap().contains("/nowhere/lunette.yaml"));
}
