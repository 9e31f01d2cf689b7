use std::collections::{BTreeMap, BTreeSet};

use lunette_wire::Counters;

use super::*;
use crate::export::bus::{Counts, Deliveries};
use crate::export::convert;
use crate::status;

fn status() -> pb::Status {
    let snapshot = status::Snapshot {
        version: "0.1.0".into(),
        kernel: "6.18 \"odd\\name\"\nwith a line".into(),
        started_unix_ns: 1_700_000_000_500_000_000,
        ready_after_ns: 250_000_000,
        sensors: vec![status::Sensor {
            name: "exec",
            backend: "tracepoint",
            hook: "tp_btf/sched_process_exec",
            attached: true,
            error: String::new(),
            missed: 0,
        }],
        hooks: vec![status::Hook {
            name: "exec",
            counters: Counters { seen: 10, filtered: 1, repeated: 2, submitted: 3, dropped: 4 },
        }],
        rings: vec![status::Ring { name: "process", bytes: 5, records: 3, size_bytes: 4096 }],
        stages: status::Stages { read: 3, decoded: 3, events: 3, published: 3, ..Default::default() },
        tables: vec![status::Table { name: "processes", entries: 1, capacity: 2, evicted: 3 }],
        self_check: vec![status::Check { name: "exec", state: status::CheckState::Seen, took_ns: 1_500_000 }],
        rules: vec![status::Rule { name: "secret-read", findings: 4, new: 2, suppressed: 1 }],
        sources: vec![status::Source {
            name: "cri".into(),
            endpoint: "/run/containerd/containerd.sock".into(),
            available: true,
            error: String::new(),
            lookups: 2,
            failures: 1,
        }],
        ..Default::default()
    };
    let deliveries = Deliveries {
        events: Counts { offered: 9, filtered: 1, dropped: 2, delivered: 3, waiting: 2, abandoned: 1 },
        ..Default::default()
    };
    let file = pb::FindingsFile { path: "/var/log/findings.jsonl".into(), written: 1, ..Default::default() };
    convert::status(&snapshot, &deliveries, Some(file))
}

#[derive(Debug, Default)]
struct Family {
    /// Labels → value.
    samples: BTreeMap<Vec<(String, String)>, f64>,
}

/// Reads the text exposition format, and takes nothing that isn't it.
fn parse(text: &str) -> BTreeMap<String, Family> {
    assert!(text.ends_with('\n'));
    let mut families = BTreeMap::<String, Family>::new();
    let mut helped = BTreeSet::new();
    for line in text.lines() {
        if let Some(help) = line.strip_prefix("# HELP ") {
            let (name, help) = help.split_once(' ').expect("a name and a help");
            assert!(!help.is_empty() && helped.insert(name.to_owned()), "{line}");
        } else if let Some(kind) = line.strip_prefix("# TYPE ") {
            let (name, kind) = kind.split_once(' ').expect("a name and a type");
            assert!(helped.contains(name), "HELP comes first: {line}");
            assert!(["counter", "gauge"].contains(&kind), "{line}");
            assert!(
                families.insert(name.to_owned(), Family::default()).is_none(),
                "one TYPE for each: {line}"
            );
        } else {
            let (name, labels, value) = parse_sample(line);
            let family = families.get_mut(&name).unwrap_or_else(|| panic!("TYPE comes first: {line}"));
            let value = value.parse().unwrap_or_else(|_| panic!("a number: {line}"));
            assert!(family.samples.insert(labels, value).is_none(), "twice: {line}");
        }
    }
    families
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn parse_sample(line: &str) -> (String, Vec<(String, String)>, String) {
    let end = line.find(['{', ' ']).expect("a name");
    let (name, mut rest) = line.split_at(end);
    assert!(is_name(name), "{line}");
    let mut labels = Vec::new();
    while let Some(tail) = rest.strip_prefix(['{', ',']) {
        let (label, tail) = tail.split_once("=\"").expect("a label");
        assert!(is_name(label), "{line}");
        let (mut value, mut chars) = (String::new(), tail.char_indices());
        rest = loop {
            match chars.next().expect("a closing quote") {
                (at, '"') => break &tail[at + 1..],
                (_, '\\') => value.push(match chars.next().expect("an escape").1 {
                    'n' => '\n',
                    c @ ('\\' | '"') => c,
                    c => panic!("\\{c} is no escape"),
                }),
                (_, c) => value.push(c),
            }
        };
        labels.push((label.to_owned(), value));
        if let Some(tail) = rest.strip_prefix('}') {
            rest = tail;
            break;
        }
    }
    (name.to_owned(), labels, rest.strip_prefix(' ').expect("a space").to_owned())
}

#[test]
fn prometheus_can_read_it() {
    let families = parse(&render(&status(), true));
    assert_eq!(families.len(), METRICS.len());
    let sample = |name: &str, labels: &[&str]| {
        let found = families[name].samples.iter().find(|(has, _)| has.iter().map(|(_, v)| v).eq(labels));
        *found.unwrap_or_else(|| panic!("{name} {labels:?}")).1
    };
    assert_eq!(sample("lunette_hook_seen_total", &["exec"]), 10.0);
    let handled: f64 = families["lunette_hook_handled_total"].samples.values().sum();
    assert_eq!(handled, 10.0);
    let kernel = "6.18 \"odd\\name\"\nwith a line";
    assert_eq!(sample("lunette_build_info", &["0.1.0", kernel, ""]), 1.0);
    assert_eq!(sample("lunette_start_time_seconds", &[]), 1_700_000_000.5);
    assert_eq!(sample("lunette_self_check", &["exec", "seen"]), 1.0);
    assert_eq!(sample("lunette_self_check_seconds", &["exec"]), 0.0015);
    assert_eq!(sample("lunette_delivery_total", &["event", "dropped"]), 2.0);
    assert_eq!(sample("lunette_ready", &[]), 1.0);
    let silent: Vec<_> =
        families.iter().filter(|(_, family)| family.samples.is_empty()).map(|(name, _)| name).collect();
    assert!(silent.is_empty(), "{silent:?} have no sample although the status has everything");
}

#[test]
fn names_say_what_they_are() {
    let mut names = BTreeSet::new();
    for metric in METRICS {
        assert!(names.insert(metric.name), "{} stands there twice", metric.name);
        assert!(is_name(metric.name) && metric.name.starts_with("lunette_"), "{}", metric.name);
        assert_eq!(metric.name.ends_with("_total"), metric.kind == Kind::Counter, "{}", metric.name);
        assert!(metric.help.ends_with('.'), "{}", metric.name);
    }
}

#[test]
fn an_empty_status_is_no_trouble() {
    parse(&render(&pb::Status::default(), false));
}

#[test]
fn each_metric_is_documented() {
    let page = markdown();
    for metric in METRICS {
        assert!(
            page.contains(&format!("| `{}` | {} |", metric.name, metric.kind.as_str())),
            "{}",
            metric.name
        );
    }
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/metrics.md");
    if std::env::var_os("LUNETTE_UPDATE_DOCS").is_some() {
        std::fs::write(committed, &page).expect("written");
    }
    assert!(
        std::fs::read_to_string(committed).is_ok_and(|text| text == page),
        "docs/metrics.md is not what the table says: run this test with LUNETTE_UPDATE_DOCS=1 and commit the page"
    );
    let lines = page.lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(lines, METRICS.len());
}
