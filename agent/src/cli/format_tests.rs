use std::net::{IpAddr, Ipv6Addr};

use proptest::prelude::*;

use super::*;
use crate::event::{self, Deed as Did, Subject as Whose};
use crate::export::json::acts;
use crate::export::{convert, testing};

const PLAIN: Colours = Colours(false);

fn line(it: &event::Event) -> String {
    event(&convert::event(it), PLAIN)
}

#[test]
fn events_are_compact() {
    assert_eq!(
        line(&testing::exec(1)),
        "22:13:20.000 exec     shop/web-1/web           sh -c \"id \\xff\" (/bin/busybox) [4242 uid 0]"
    );
    assert_eq!(
        line(&testing::host_open(1, "/etc/shadow")),
        "22:13:20.000 open     host:cron.service        /usr/sbin/cron → /etc/shadow [4242 uid 0]"
    );
    assert_eq!(
        line(&testing::connect(1, IpAddr::V6(Ipv6Addr::LOCALHOST), 443)),
        "22:13:20.000 connect  shop/web-1/web           /bin/busybox → tcp [::1]:443 [4242 uid 0]"
    );
    assert_eq!(line(&testing::loss(1)), "22:13:20.000 loss     3 records lost: kernel (open), 5 in all");
}

#[test]
fn every_deed_has_a_line() {
    let whose = || Whose::Container(testing::container());
    let of = |deed| line(&testing::event(1, whose(), testing::process("/bin/x", &[]), deed));
    let event::Deed::Connect(connect) = testing::connect(1, IpAddr::from([10, 0, 0, 1]), 53).deed.clone()
    else {
        panic!("a connect")
    };
    let flow = connect.flow;
    let key = event::ProcessKey { pid: 77, start_ns: 1 };
    let outcome = |result| Did::Outcome(event::Outcome { conn: 1, flow, result, took_ns: 1_234_567 });
    for (deed, expected) in [
        (Did::Exec, "/bin/x"),
        (Did::Fork(key), "/bin/x → process 77"),
        (Did::Exit(event::Exit { status: Some(3), signal: None }), "/bin/x status 3"),
        (Did::Exit(event::Exit { status: None, signal: Some(9) }), "/bin/x killed by signal 9"),
        (outcome(event::ConnectResult::Refused), "/bin/x → tcp 10.0.0.1:53 refused after 1.2 ms"),
        (outcome(event::ConnectResult::Failed(22)), "/bin/x → tcp 10.0.0.1:53 Invalid argument after 1.2 ms"),
        (
            Did::Connect(event::Connect { error: Some(101), ..connect }),
            "/bin/x → tcp 10.0.0.1:53: Network is unreachable",
        ),
        (
            Did::Send(event::Send { flow, count: 3, error: None, callers_word: false }),
            "/bin/x → tcp 10.0.0.1:53 ×3",
        ),
    ] {
        let text = of(deed);
        assert!(text.contains(&format!("web           {expected}")), "{text}");
    }
}

#[test]
fn a_finding_says_who_and_why_and_how_often() {
    let mut found = convert::finding(&testing::finding(1));
    assert_eq!(
        finding(&found, PLAIN),
        "22:13:20.000 HIGH     shop/web-1/web           shell-in-container busybox ran as sh, spawned by the container's \
         own program [4242 uid 0: sh -c \"id \\xff\" (/bin/busybox) ← /bin/server]"
    );
    found.count = 12;
    assert!(finding(&found, PLAIN).contains("program ×12 ["));
    assert!(finding(&found, Colours(true)).contains("\u{1b}[31m"), "high is red");
}

#[test]
fn a_container_without_a_pod_or_a_name() {
    let mut told = convert::event(&testing::exec(1));
    let Some(Subject::Container(container)) = told.actor.as_mut().and_then(|actor| actor.subject.as_mut())
    else {
        panic!("a container")
    };
    container.pod = None;
    assert!(event(&told, PLAIN).contains(" exec     web   "));
    let Some(Subject::Container(container)) = told.actor.as_mut().and_then(|actor| actor.subject.as_mut())
    else {
        panic!("a container")
    };
    container.name.clear();
    assert!(event(&told, PLAIN).contains(&testing::CONTAINER_ID[..12]));
}

#[test]
fn hostile_names_do_nothing() {
    let path = "/tmp/a\n22:13:20.000 fake\u{1b}[2J\u{1b}]0;title\u{7}\r\u{9b}31m\u{202e}gpj.exe\u{200b}";
    let shown = line(&testing::host_open(1, path));
    assert!(
        shown.contains(
            "/tmp/a\\n22:13:20.000 fake\\u{1b}[2J\\u{1b}]0;title\\u{7}\\r\\u{9b}31m\\u{202e}gpj.exe\\u{200b}"
        ),
        "{shown}"
    );
    assert_eq!(visible("naïve 日本 \\n"), "naïve 日本 \\n", "other text stays");
}

#[test]
fn long_text_is_cut() {
    let long = "x".repeat(5_000);
    let told = line(&testing::event(
        1,
        Whose::Container(testing::container()),
        testing::process("/bin/x", &[b"x", long.as_bytes()]),
        Did::Exec,
    ));
    assert!(told.chars().count() < 300 && told.contains('…'), "{told}");
    assert!(line(&testing::host_open(1, &long)).chars().count() < 500);
}

#[test]
fn an_empty_message_is_no_trouble() {
    assert!(event(&pb::Event::default(), PLAIN).contains("older than the agent"));
    finding(&pb::Finding::default(), PLAIN);
    hello(&pb::Hello::default(), PLAIN);
    lost(&pb::Lost::default(), PLAIN);
}

proptest! {
    #[test]
    fn no_name_acts_on_the_terminal(name in any::<String>(), arg in any::<String>()) {
        let mut told = convert::finding(&testing::finding(1));
        told.why = arg.clone();
        told.rule = name.clone();
        let mut happened = told.event.clone().expect("it has one");
        if let Some(actor) = &mut happened.actor {
            actor.comm = name.clone();
            if let Some(image) = actor.process.as_mut().and_then(|process| process.image.as_mut()) {
                image.exe = name.clone();
                image.args = vec![arg, name.clone()];
            }
            if let Some(Subject::Container(container)) = &mut actor.subject {
                container.name = name.clone();
                if let Some(pod) = &mut container.pod {
                    pod.name = name.clone();
                    pod.namespace = name;
                }
            }
        }
        told.event = Some(happened.clone());
        for shown in [event(&happened, PLAIN), finding(&told, PLAIN)] {
            prop_assert!(!shown.contains(acts), "{:?}", shown);
        }
    }
}

#[test]
fn columns_line_up() {
    let rows = [["hook", "seen"], ["exec", "12"], ["connect", "3"]];
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(table(&rows), "  hook     seen\n  exec       12\n  connect     3\n");
}
