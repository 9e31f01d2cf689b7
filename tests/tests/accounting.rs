//! Sums that hold to the last event: under a flood, with an agent that can't keep up, and what a flood in one container
//! does to another.

#![allow(clippy::unwrap_used, reason = "a test's helpers fail as the test does")]

use std::collections::BTreeMap;
use std::time::Duration;

use lunette_proto::lunette::v1 as pb;
use lunette_tests::agent::Agent;
use lunette_tests::deeds::USER;
use lunette_tests::needs;
use lunette_tests::runc::{self, Bundle, Container, Spec};
use lunette_tests::watch::Received;
use pb::event::Deed;
use serde_json::json;

const LIMIT: Duration = Duration::from_secs(30);
/// A file that is secret by its name, and in an image's own file system: each open of it is of interest.
const SECRET: &str = "/etc/secret/id_rsa";
/// Opens without a pause.
const FLOOD: u64 = 200_000;
/// Execs, opens and connections each while the agent stands still.
const FROZEN: u64 = 1_500;

fn start<'a>(bundle: &'a Bundle, name: &str) -> Container<'a> {
    let spec = Spec { command: ["sleep", "1000"].map(Into::into).into(), uid: USER, ..Spec::default() };
    let running = bundle.run(&format!("lunette-{name}-{}", std::process::id()), &spec).unwrap();
    let secret = bundle.directory().join("rootfs").join(SECRET.trim_start_matches('/'));
    std::fs::create_dir_all(secret.parent().unwrap()).unwrap();
    std::fs::write(secret, "made up for a test\n").unwrap();
    running
}

fn events(kinds: &[pb::EventKind], containers: &[&str]) -> pb::Filter {
    pb::Filter {
        what: pb::filter::What::Events.into(),
        kinds: kinds.iter().map(|kind| (*kind).into()).collect(),
        containers: containers.iter().map(|id| (*id).to_owned()).collect(),
        ..pb::Filter::default()
    }
}

/// Whether every stage's sum holds. The counters are each CPU's own, and one that is counting at the moment of the
/// snapshot may have written half of it; and under a flood the rings are never empty. So a status of a quiet moment is
/// waited for: of sums that don't hold there is none.
fn adds_up(status: &pb::Status) -> bool {
    let submitted: u64 = status.hooks.iter().map(|hook| hook.submitted).sum();
    let records: u64 = status.rings.iter().map(|ring| ring.records).sum();
    let stages = status.stages.unwrap();
    let delivery = status.delivery.unwrap();
    status.hooks.iter().all(|hook| hook.seen == hook.filtered + hook.repeated + hook.submitted + hook.dropped)
        && submitted == records
        && records == stages.read
        && stages.read == stages.decoded + stages.undecodable
        && stages.decoded == stages.events + stages.parked
        && stages.published == stages.events + stages.losses
        && delivery.published_events == stages.published
        && delivery.published_findings == stages.findings
        && [delivery.events.unwrap(), delivery.findings.unwrap()].iter().all(|counts| {
            counts.offered
                == counts.filtered + counts.dropped + counts.delivered + counts.waiting + counts.abandoned
        })
}

fn dropped(status: &pb::Status) -> BTreeMap<String, u64> {
    let with_losses = status.hooks.iter().filter(|hook| hook.dropped > 0);
    with_losses.map(|hook| (hook.name.clone(), hook.dropped)).collect()
}

/// What the loss events say, hook by hook.
fn told_lost(came: &[Received]) -> BTreeMap<String, u64> {
    let mut told = BTreeMap::new();
    for loss in came.iter().filter_map(Received::loss) {
        assert_eq!(loss.stage, "kernel");
        let sum = told.entry(loss.hook.clone()).or_default();
        *sum += loss.lost;
        assert_eq!(*sum, loss.total, "{loss:?}");
    }
    told
}

#[test]
fn an_agent_that_cannot_keep_up_says_what_it_lost() {
    needs!(runc::PROGRAMS);
    let root = tempfile::tempdir().unwrap();
    let bundle = Bundle::new(Some(root.path())).unwrap();
    let container = start(&bundle, "flood");
    let rings = json!({ "process": "64 KiB", "file": "64 KiB", "network": "64 KiB" });
    let agent = Agent::start(json!({
        "rings": rings,
        "identity": { "runc_roots": [root.path()] },
    }));
    let agent = agent.unwrap();
    let mut losses = agent.watch(events(&[pb::EventKind::Loss], &[])).unwrap();
    let mut opens = agent.watch(events(&[pb::EventKind::Open], &[&container.id])).unwrap();

    let mut findings = agent
        .watch(pb::Filter {
            what: pb::filter::What::Findings.into(),
            rules: vec!["secret-read".into()],
            containers: vec![container.id.clone()],
            ..pb::Filter::default()
        })
        .unwrap();

    container.exec(&["probe", "open", SECRET, &FLOOD.to_string(), "1", "0"]).unwrap();
    agent.freeze(true);
    let times = FROZEN.to_string();
    container.exec(&["probe", "run", &times, "/bin/true"]).unwrap();
    container.exec(&["probe", "open", SECRET, &times, "1", "0"]).unwrap();
    container.exec(&["probe", "refused", "127.0.0.1:9", &times]).unwrap();
    agent.freeze(false);

    // With room again, one more: after it, all of the flood has been told of.
    let status = agent.status_when(LIMIT, adds_up).unwrap();
    let lost = dropped(&status);
    println!("dropped: {lost:?}");
    for hook in ["exec", "fork", "exit", "open", "connect", "outcome"] {
        assert!(lost.get(hook).is_some_and(|lost| *lost > 0), "{hook} lost nothing: {lost:?}");
    }
    container.exec(&["probe", "open", SECRET, "1", "1", "0"]).unwrap();
    let status = agent.status_when(LIMIT, |status| adds_up(status) && dropped(status) == lost).unwrap();

    // Both streams end with the agent's own end.
    let file_hook = status.hooks.iter().find(|hook| hook.name == "open").unwrap();
    assert!(file_hook.seen > FLOOD + FROZEN);
    let log = agent.stop().unwrap().log;
    let losses = losses.rest(LIMIT).unwrap();
    assert_eq!(losses.iter().filter_map(Received::lost).count(), 0, "{log}");
    // (What the agent dropped later, at its end, comes on top.)
    for (hook, told) in told_lost(&losses) {
        assert!(told >= lost.get(&hook).copied().unwrap_or(0), "{hook}: {told} told, {lost:?} lost");
    }

    // Every open came, or was lost in the kernel, or to this subscriber: and each way has said how many. Only opens of
    // containers, and of what isn't known yet, can be lost in the kernel: nobody else's here.
    let opens = opens.rest(LIMIT).unwrap();
    let is_open = |received: &&Received| matches!(received.event().and_then(|event| event.deed.as_ref()), Some(Deed::Open(open)) if open.path == SECRET);
    let came = opens.iter().filter(is_open).count() as u64;
    let losses_here = opens.iter().filter_map(Received::loss).count() as u64;
    let own = opens.iter().filter_map(Received::lost).next_back().map_or(0, |lost| lost.total_events);
    let own_opens = own - (losses.len() as u64 - losses_here);
    let in_kernel = told_lost(&losses)["open"];
    println!("{came} opens came, {in_kernel} lost in the kernel, {own_opens} to this subscriber");
    assert_eq!(came + in_kernel + own_opens, FLOOD + FROZEN + 1);

    // They are one finding of each program, told a few times, and the last time it has counted them all. (Of the program
    // that was executed while the agent stood still nothing may be known: another one, then.)
    let findings = findings.rest(LIMIT).unwrap();
    let told: Vec<&pb::Finding> = findings.iter().filter_map(Received::finding).collect();
    assert!(told.len() < 100, "{} times", told.len());
    let mut counts = BTreeMap::new();
    for finding in told {
        let before = counts.insert(&finding.id, finding.count);
        assert!(before.is_none_or(|before| before < finding.count), "{counts:?}");
    }
    assert!(counts.len() <= 2, "{counts:?}");
    assert_eq!(counts.values().sum::<u64>(), came + own_opens);
}

#[test]
fn a_flood_in_one_container_hides_nothing_of_another() {
    needs!(runc::PROGRAMS);
    let root = tempfile::tempdir().unwrap();
    let bundle = Bundle::new(Some(root.path())).unwrap();
    let agent = Agent::start(json!({ "identity": { "runc_roots": [root.path()] } })).unwrap();
    let loud = start(&bundle, "loud");
    let quiet = start(&bundle, "quiet");
    let mut watch = agent
        .watch(pb::Filter {
            what: pb::filter::What::Findings.into(),
            rules: vec!["shell-in-container".into()],
            containers: vec![quiet.id.clone()],
            ..pb::Filter::default()
        })
        .unwrap();
    let mut begun = agent.watch(events(&[pb::EventKind::Open], &[&loud.id])).unwrap();
    std::thread::scope(|scope| {
        let flood =
            scope.spawn(|| loud.exec(&["probe", "open", SECRET, &FLOOD.to_string(), "1", "0"]).unwrap());
        begun.until(LIMIT, |received| received.event().is_some()).unwrap();
        quiet.exec(&["sh", "-c", "id"]).unwrap();
        let still = !flood.is_finished();
        let came = watch.until(LIMIT, |_| true).unwrap();
        let finding = came[0].finding().unwrap();
        assert_eq!(finding.count, 1);
        let image = finding.event.clone().unwrap().actor.unwrap().process.unwrap().image.unwrap();
        assert_eq!(image.args, ["sh", "-c", "id"]);
        flood.join().unwrap();
        println!("the flood was still going on: {still}");
    });
    let status = agent.status_when(LIMIT, adds_up).unwrap();
    for hook in &status.hooks {
        assert!(hook.dropped == 0 || hook.name == "open", "{hook:?}");
    }
    let open = status.hooks.iter().find(|hook| hook.name == "open").unwrap();
    assert!(open.seen >= FLOOD && open.submitted > 0, "{open:?}");
    // The same again, and nothing more.
    quiet.exec(&["sh", "-c", "id"]).unwrap();
    let came = watch.until(LIMIT, |_| true).unwrap();
    assert_eq!(came[0].finding().unwrap().count, 2);
    agent.stop().unwrap();
}
