//! The pipeline from the outside: inputs in, events and findings out.

use std::sync::Arc;

use lunette_wire::Counters;
use proptest::prelude::*;

use super::*;
use crate::config::Config;
use crate::enrich::identity::Answer;
use crate::event::{Container, Namespaces};
use crate::export::bus::{Message, Subscription};
use crate::export::filter::Filter;
use crate::testing;

const CONTAINER: u64 = 42;
const HOST: u64 = 43;

struct Rig {
    pipeline: Pipeline,
    out: Subscription,
}

impl Rig {
    fn new() -> Self {
        let bus = Bus::default();
        let out = bus.subscribe("test", Filter::default(), 100_000).unwrap();
        let namespaces = Namespaces { mnt: 1, pid: 2, net: 3, user: 14 };
        let node = Node { namespaces, ..Node::default() };
        let detector = Detector::new(&Config::default(), namespaces);
        Self { pipeline: Pipeline::new(node, detector, bus), out }
    }

    fn record(&mut self, bytes: &[u8]) {
        self.pipeline.push(Input::Record(bytes));
    }

    fn answer(&mut self, cgroup: u64, subject: Subject) {
        let answer = Answer { cgroup, path: "/x".into(), subject };
        self.pipeline.push(Input::Identity(LookUp { answer, provisional: false }));
    }

    fn events(&mut self) -> Vec<Arc<Event>> {
        let all = std::iter::from_fn(|| self.out.try_recv());
        all.filter_map(|m| if let Message::Event(event) = m { Some(event) } else { None }).collect()
    }

    fn kinds(&mut self) -> Vec<&'static str> {
        self.events().iter().map(|e| e.deed.kind()).collect()
    }
}

fn container() -> Subject {
    Subject::Container(Arc::new(Container { id: "c1".to_owned(), ..Container::default() }))
}

fn host() -> Subject {
    Subject::Host(Arc::default())
}

fn program(rig: &mut Rig, kind: ProgramKind) {
    for want in rig.pipeline.take_wants() {
        if let Want::Program(request) = want {
            rig.pipeline.push(Input::Program(request.key, kind));
        }
    }
}

#[test]
fn events_wait_for_their_identity_in_order_and_others_go_on() {
    let mut rig = Rig::new();
    rig.answer(HOST, host());
    rig.record(&testing::fork(testing::task(10, 1, CONTAINER), 1, "/kubepods/c1"));
    rig.record(&testing::connect(testing::task(10, 1, CONTAINER), 2, testing::flow()));
    rig.record(&testing::exit(testing::task(20, 1, HOST), 3));
    assert_eq!(rig.kinds(), ["exit"]);
    let asked = rig.pipeline.take_wants();
    let request = Request { cgroup: CONTAINER, path: Some("/kubepods/c1".into()) };
    assert!(asked.contains(&Want::Identity(request)), "{asked:?}");
    rig.answer(CONTAINER, container());
    assert_eq!(rig.kinds(), ["fork", "connect"]);
    assert_eq!(rig.pipeline.stages().parked, 0);
}

#[test]
fn an_exec_waits_for_a_look_at_its_program_and_what_follows_waits_behind_it() {
    let mut rig = Rig::new();
    rig.answer(CONTAINER, container());
    let task = testing::task(10, 1, CONTAINER);
    rig.record(&testing::exec(task, 1, "/innocent", ""));
    rig.record(&testing::connect(task, 2, testing::flow()));
    assert_eq!(rig.kinds(), Vec::<&str>::new());
    program(&mut rig, ProgramKind::Shell("dash"));
    let events = rig.events();
    assert_eq!(events.iter().map(|e| e.deed.kind()).collect::<Vec<_>>(), ["exec", "connect"]);
    let image = &events[0].actor.as_ref().unwrap().process.image;
    assert_eq!(image.kind.get(), Some(&ProgramKind::Shell("dash")));
    // The second time it is known.
    rig.record(&testing::exec(testing::task(11, 1, CONTAINER), 3, "/innocent", ""));
    assert_eq!(rig.kinds(), ["exec"]);
}

#[test]
fn without_an_answer_an_event_goes_on_after_its_time_and_says_why() {
    let mut rig = Rig::new();
    let mut task = testing::task(10, 1, CONTAINER);
    // In the node's own namespaces: not even that it is a container is known.
    (task.mnt_ns, task.pid_ns) = (1, 2);
    rig.record(&testing::connect(task, 1, testing::flow()));
    rig.pipeline.push(Input::Tick(PATIENCE_NS / 2));
    assert!(rig.events().is_empty());
    rig.pipeline.push(Input::Tick(2 * PATIENCE_NS));
    let events = rig.events();
    assert_eq!(events.len(), 1);
    let Subject::Unknown(unknown) = &events[0].actor.as_ref().unwrap().subject else { panic!() };
    assert_eq!(unknown.reason, "no answer came in time");
    assert_eq!(rig.pipeline.stages().unparked_early, 1);
}

#[test]
fn a_container_that_ended_before_anybody_was_asked_is_still_one() {
    let mut rig = Rig::new();
    let reason = "gone".to_owned();
    let unknown = Unknown { cgroup_path: "/runs/short".into(), reason };
    rig.answer(CONTAINER, Subject::Unknown(Arc::new(unknown.clone())));
    rig.answer(HOST, Subject::Unknown(Arc::new(unknown)));
    rig.record(&testing::open(testing::task(10, 1, CONTAINER), 1, "/etc/shadow"));
    let mut findings = 0;
    while let Some(message) = rig.out.try_recv() {
        match message {
            Message::Event(event) => {
                let container = event.actor.as_ref().unwrap().subject.container().unwrap().clone();
                assert_eq!((container.id.as_str(), container.name.as_str()), ("short", ""));
                assert!(container.missing.iter().any(|(part, why)| *part == "image" && why == "gone"));
            }
            Message::Finding(_) => findings += 1,
            Message::Lost(_) => panic!(),
        }
    }
    assert_eq!(findings, 1);
    // Without namespaces of its own it may be anything.
    let mut task = testing::task(11, 1, HOST);
    (task.mnt_ns, task.pid_ns) = (1, 2);
    rig.record(&testing::open(task, 2, "/etc/shadow"));
    assert!(matches!(rig.events()[0].actor.as_ref().unwrap().subject, Subject::Unknown(_)));
}

#[test]
fn losses_become_events_once() {
    let mut rig = Rig::new();
    let mut counters = [Counters::default(); hook::COUNT];
    counters[usize::from(hook::EXEC)].dropped = 5;
    rig.pipeline.push(Input::Counters(counters));
    rig.pipeline.push(Input::Counters(counters));
    counters[usize::from(hook::EXEC)].dropped = 7;
    rig.pipeline.push(Input::Counters(counters));
    rig.record(b"rubbish");
    rig.pipeline.push(Input::Counters(counters));
    let losses: Vec<Loss> = rig
        .events()
        .iter()
        .map(|e| if let Deed::Loss(loss) = &e.deed { loss.clone() } else { panic!("{e:?}") })
        .collect();
    let loss = |stage, hook, lost, total| Loss { stage, hook, lost, total };
    assert_eq!(
        losses,
        [loss("kernel", "exec", 5, 5), loss("kernel", "exec", 2, 7), loss("decode", "", 1, 1)]
    );
}

#[test]
fn quick_repeats_are_counted_and_told_from_time_to_time() {
    const SECOND: u64 = 1_000_000_000;
    let mut rig = Rig::new();
    rig.answer(CONTAINER, container());
    let mut counts = Vec::new();
    for i in 0..1_000 {
        let now = SECOND + i * SECOND / 100;
        rig.record(&testing::open(testing::task(10, 1, CONTAINER), now, "/etc/shadow"));
        rig.pipeline.push(Input::Tick(now));
        let told = std::iter::from_fn(|| rig.out.try_recv());
        counts.extend(told.filter_map(|m| if let Message::Finding(f) = m { Some(f.count) } else { None }));
    }
    // The first told at once, then after one second, two more, four more.
    assert_eq!(counts, [1, 2, 3, 4, 5, 105, 305, 705]);
    rig.pipeline.flush();
    let told = std::iter::from_fn(|| rig.out.try_recv());
    let last: Vec<u64> =
        told.filter_map(|m| if let Message::Finding(f) = m { Some(f.count) } else { None }).collect();
    assert_eq!(last, [1_000]);
}

#[test]
fn a_file_is_on_a_secret_mount_by_what_is_mounted_and_only_in_that_mounts_container() {
    use crate::event::{Mount, MountRoot, SecretMount};
    let secret = |root| Mount {
        destination: "/app/creds".to_owned(),
        secret: Some(SecretMount::KubernetesSecret),
        root: Some(root),
        ..Mount::default()
    };
    // The record of `testing::open` was reached through (3, 2).
    for (root, on) in [(MountRoot { dev: 3, ino: 2 }, true), (MountRoot { dev: 3, ino: 1 }, false)] {
        let mut rig = Rig::new();
        let container = Container { id: "c".to_owned(), mounts: vec![secret(root)], ..Container::default() };
        rig.answer(CONTAINER, Subject::Container(Arc::new(container)));
        rig.record(&testing::open(testing::task(10, 1, CONTAINER), 1, "/elsewhere/token"));
        let events = rig.events();
        let Deed::Open(open) = &events[0].deed else { panic!() };
        assert_eq!(open.on_secret_mount, on);
    }
}

#[test]
fn a_child_left_to_another_keeps_the_parent_that_made_it() {
    let mut rig = Rig::new();
    rig.answer(CONTAINER, container());
    rig.record(&testing::fork(testing::task(10, 5, CONTAINER), 1, ""));
    rig.record(&testing::exec(testing::task(10, 1, CONTAINER), 2, "/app", ""));
    program(&mut rig, ProgramKind::Other);
    let events = rig.events();
    let parent = events.last().unwrap().actor.as_ref().unwrap().process.parent;
    assert_eq!(parent.map(|p| p.pid), Some(5));
}

/// Origins as the pipeline finds them, for the last of the records.
fn origin(records: &[Vec<u8>]) -> Origin {
    let mut rig = Rig::new();
    rig.answer(CONTAINER, container());
    rig.answer(HOST, host());
    for record in records {
        rig.record(record);
        program(&mut rig, ProgramKind::Other);
    }
    let events = rig.events();
    events.last().unwrap().actor.as_ref().unwrap().process.origin
}

#[test]
fn origins() {
    let in_container = |pid, ppid| testing::task(pid, ppid, CONTAINER);
    let on_host = |pid, ppid| {
        let mut task = testing::task(pid, ppid, HOST);
        task.mnt_ns = 1;
        task
    };
    let init = |pid, ppid| {
        let mut task = in_container(pid, ppid);
        task.ns_tgid = 1;
        task
    };
    let shim = testing::exec(on_host(2, 1), 1, "/usr/bin/containerd-shim", "");
    let runc = testing::exec(on_host(3, 2), 2, "/usr/sbin/runc", "");
    let entry = testing::exec(init(4, 2), 3, "/app", "");
    assert_eq!(origin(&[testing::exec(on_host(9, 1), 1, "/bin/ls", "")]), Origin::Host);
    assert_eq!(origin(&[shim.clone(), entry.clone()]), Origin::Entrypoint);
    // A child of the entrypoint, with and without an exec of its own.
    let child = testing::fork(in_container(5, 4), 4, "");
    let child_exec = testing::exec(in_container(5, 4), 5, "/tool", "");
    assert_eq!(origin(&[shim.clone(), entry.clone(), child.clone(), child_exec.clone()]), Origin::Spawned);
    // `runc exec`: the helper moves into the cgroup, then executes the user's program.
    let helper = testing::open(in_container(3, 2), 6, "/etc/passwd");
    assert_eq!(origin(&[shim.clone(), entry.clone(), runc.clone(), helper.clone()]), Origin::Runtime);
    let brought = testing::exec(in_container(3, 2), 7, "/bin/sh", "");
    assert_eq!(origin(&[shim.clone(), entry.clone(), runc.clone(), brought.clone()]), Origin::ExecInto);
    // Its child is brought in as well.
    let grandchild = testing::exec(in_container(8, 3), 9, "/bin/id", "");
    let grandfork = testing::fork(in_container(8, 3), 8, "");
    assert_eq!(origin(&[shim, entry, runc, brought, grandfork, grandchild]), Origin::ExecInto);
    // Some other program of the node's that enters.
    let nsenter = testing::exec(on_host(6, 1), 1, "/usr/bin/nsenter", "");
    assert_eq!(origin(&[nsenter, testing::open(in_container(6, 1), 2, "/x")]), Origin::ExecInto);
}

proptest! {
    #[test]
    fn the_sums_add_up_whatever_comes(steps in prop::collection::vec((0_u8..9, 1_u32..20, 0_u64..4), 0..300)) {
        let mut rig = Rig::new();
        let mut now = 0;
        for (step, pid, cgroup) in steps {
            now += PATIENCE_NS / 20;
            let task = testing::task(pid, pid / 2, cgroup + 1);
            match step {
                0 => rig.record(&testing::fork(task, now, "/a")),
                1 => rig.record(&testing::exec(task, now, "/bin/x", "/a")),
                2 => rig.record(&testing::exit(task, now)),
                3 => rig.record(&testing::connect(task, now, testing::flow())),
                4 => rig.record(b"rubbish"),
                5 => rig.answer(cgroup + 1, if cgroup % 2 == 0 { container() } else { host() }),
                6 => program(&mut rig, ProgramKind::Other),
                7 => rig.pipeline.push(Input::Tick(now)),
                _ => rig.record(&testing::outcome(task, now, 0)),
            }
            let s = rig.pipeline.stages();
            prop_assert_eq!(s.read, s.decoded + s.undecodable);
            prop_assert_eq!(s.decoded, s.events + s.parked);
            prop_assert_eq!(s.published, s.events + s.losses);
        }
        rig.pipeline.flush();
        let s = rig.pipeline.stages();
        prop_assert_eq!((s.decoded, s.parked), (s.events, 0));
        let seqs: Vec<u64> = rig.events().iter().map(|e| e.seq).collect();
        prop_assert_eq!(seqs, (1..=s.published).collect::<Vec<_>>());
    }
}
