use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::event::{Protocol, Severity};

fn error(text: &str) -> String {
    match Config::parse(text, "lunette.yaml") {
        Ok(_) => panic!("accepted: {text}"),
        Err(error) => error.to_string(),
    }
}

/// Each says where and what, in one line.
#[test]
fn errors_lead_to_the_place() {
    let lists = "egress:\n  lists:\n    - name: a\n      allow:\n        - ";
    let shell = "rules:\n  shell-in-container:\n    ";
    for (text, expected) in [
        ("nodes: {}", "1:1: nodes: no such key here; there are node, grpc,"),
        ("node:\n  nam: x", "2:3: node.nam: no such key here; there are name"),
        (
            &format!("{lists}cidr: 10.0.0.0/33"),
            "5:17: egress.lists[0].allow[0].cidr: \"10.0.0.0/33\" is no address block: prefix is longer than 32",
        ),
        (
            &format!("{lists}cidr: 10.0.0.1/8"),
            "has bits set after its prefix: write 10.0.0.0/8, or 10.0.0.1 for that one",
        ),
        (&format!("{lists}cidr: ten"), "\"ten\" is no address block"),
        (&format!("{lists}cidr: 10.0.0.0/+8"), "after the / stands a number"),
        (&format!("{lists}{{cidr: 10.0.0.0/8, port: 1}}"), "egress.lists[0].allow[0].port: no such key"),
        (
            &format!("{lists}{{cidr: 10.0.0.0/8, ports: [443, 8000-70000]}}"),
            "5:43: egress.lists[0].allow[0].ports[1]: 70000 is no port",
        ),
        (&format!("{lists}{{cidr: 10.0.0.0/8, ports: [9-8]}}"), "it ends before it begins"),
        (&format!("{lists}{{cidr: 10.0.0.0/8, ports: [0]}}"), "0 is no port"),
        (&format!("{lists}{{cidr: 10.0.0.0/8, ports: [https]}}"), "\"https\" is no port"),
        (&format!("{lists}{{cidr: 10.0.0.0/8, protocol: icmp}}"), "\"icmp\" is none of any, tcp, udp, sctp"),
        ("egress:\n  lists:\n    - allow: []", "3:7: egress.lists[0].name: is missing"),
        ("egress: {lists: [{name: ' ', allow: []}]}", "egress.lists[0].name: must not be empty"),
        ("egress: 7", "1:9: egress: expected `key: value` pairs"),
        ("egress: {lists: 7}", "egress.lists: expected a list"),
        ("egress:\n  default: maybe", "2:12: egress.default: \"maybe\" is none of ignore, deny"),
        (
            "egress: {lists: [{name: a, containers: [''], allow: []}]}",
            "egress.lists[0].containers[0]: an empty pattern",
        ),
        ("node:\n  name: a\n  name: b", "3:3: node.name: stands here twice"),
        ("node: {}\nnode: {}", "2:1: node: stands here twice"),
        ("node: {name: [1]}", "1:14: node.name: expected text"),
        (
            &format!("{shell}severity: hgh"),
            "3:15: rules.shell-in-container.severity: \"hgh\" is no severity: there are info,",
        ),
        (&format!("{shell}enabled: yes"), "3:14: rules.shell-in-container.enabled: expected true or false"),
        (
            &format!("{shell}exceptions:\n      - containers: [a]"),
            "4:9: rules.shell-in-container.exceptions[0].reason: is missing",
        ),
        (&format!("{shell}exceptions: [{{reason: x}}]"), "exceptions[0]: an exception for everything"),
        (&format!("{shell}exceptions: [{{reason: x, paths: [/x]}}]"), "exceptions[0]: `paths` says nothing"),
        (
            &format!("{shell}exceptions: [{{reason: x, pods: [a], expires: 2026-13-01}}]"),
            "exceptions[0].expires: \"2026-13-01\" is no date",
        ),
        (&format!("{shell}exceptions: [{{reason: x, pods: [a], expires: 2026-12-31T10}}]"), "is no date"),
        (
            "rings:\n  process: 100000",
            "2:12: rings.process: a ring's size is a power of two; the nearest are 65536 and 131072",
        ),
        ("rings: {file: 4096}", "rings.file: a ring has from 64 KiB to 256 MiB"),
        ("rings: {file: lots}", "rings.file: \"lots\" is no size"),
        ("rings: {file: 99999999999 GiB}", "is no size"),
        (
            "metrics: {listen: nowhere}",
            "metrics.listen: \"nowhere\": invalid socket address syntax, nor is it `off`",
        ),
        ("secrets: {files: ['/etc/**']}", "secrets.files[0]: \"/etc/**\": the kernel can tell"),
        ("secrets: {files: ['*.key']}", "stands for a whole name only"),
        ("secrets: {files: ['*']}", "matches too much"),
        ("secrets: {files: ['/a/*/*']}", "matches too much"),
        ("secrets: {files: ['a/b']}", "begins nowhere: write /a/b, or **/a/b"),
        ("secrets: {files: ['/a/../b']}", "no clean path"),
        ("secrets: {files: [/this-name-is-longer-than-the-kernel-compares]}", "longer than the 31 bytes"),
        ("secrets: {mounts: [/ok, x]}", "secrets.mounts[1]: \"x\" is no mount's path"),
        ("secrets: {mounts: [/]}", "is no mount's path"),
        ("findings: {file: {keep: -1}}", "findings.file.keep: expected a whole number that fits (u32)"),
        ("findings: {file: {max_bytes: 10}}", "findings.file.max_bytes: a file has at least 64 KiB"),
        ("log: {level: loud}", "log.level: \"loud\" is none of error, warn, info, debug, trace"),
        ("identity: {secret_mounts: [/x]}", "identity.secret_mounts: no such key"),
        ("node:\n\tname: x", "2:2: is no valid YAML: tabs"),
        ("node: {name: 'x", "is no valid YAML"),
        ("node: {name: *x}", "this alias names no anchor"),
        ("node: !foo {}", "has no use for the tag !foo"),
        ("---\nnode: {}\n---\nnode: {}", "3:1: a second document begins here"),
        ("[]", "1:1: expected `key: value` pairs"),
    ] {
        let error = error(text);
        assert!(
            error.starts_with("lunette.yaml:") && error.contains(expected),
            "{text}\n=> {error}\nnot {expected}"
        );
        assert!(!error.contains('\n'), "{error}");
    }
}

#[test]
fn a_file_can_be_too_long_too_deep_or_a_bomb() {
    let long = format!("node: {{name: {}}}", "x".repeat(MAX_BYTES));
    assert!(error(&long).contains("is longer than 1024 KiB"));
    let deep = format!("node: {}{}", "[".repeat(200), "]".repeat(200));
    assert!(error(&deep).starts_with("lunette.yaml:1:"));
    let mut in_schema = String::from("secrets:\n  mounts:\n    - &a0 /x\n");
    in_schema += &"    - *a0\n".repeat(30_000);
    assert!(error(&in_schema).ends_with("its aliases expand to more than any configuration needs"));
}

#[test]
fn files_that_cannot_be_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("lunette.yaml");
    let error = |path: &Path| Config::load(path).unwrap_err().to_string();
    assert!(error(&path).contains("lunette.yaml: cannot be read: No such file"));
    std::fs::write(&path, b"node:\n  name: \xff\n").unwrap();
    assert!(error(&path).contains("lunette.yaml:2:9: is not UTF-8: byte 0xff at offset 14"));
    std::fs::write(&path, vec![b'#'; MAX_BYTES + 1]).unwrap();
    assert!(error(&path).contains("is longer than"));
    assert!(error(dir.path()).contains("cannot be read: Is a directory"));
    std::fs::write(&path, "node: {name: here}\n").unwrap();
    assert_eq!(Config::load(&path).unwrap().node.name.as_deref(), Some("here"));
}

#[test]
fn nothing_is_everything_on() {
    for text in ["", "\n\n", "# nothing\n", "---\n# nothing\n", "{}"] {
        let config = Config::parse(text, "x").unwrap();
        assert!(config.rules.shell_in_container.enabled && config.rules.root_process.enabled);
        assert!(config.rules.undeclared_egress.enabled && config.rules.secret_read.enabled);
        assert_eq!(config.grpc.socket, Path::new("/run/lunette/lunette.sock"));
        assert_eq!(
            config.metrics.listen.0.map(|address| address.to_string()).as_deref(),
            Some("127.0.0.1:9469")
        );
        assert_eq!(config.rings.process, RingSize(4 << 20));
        assert_eq!(config.identity, Config::default().identity);
        assert_eq!(config.identity.secret_mount_names, ["creds", "credentials", "secret", "secrets"]);
    }
}

#[test]
fn values_mean_what_they_say() {
    let config = Config::parse(
        "metrics: {listen: off}\nfindings: {file: {path: off, max_bytes: 64 KiB}}\nrings: {file: 65536, network: 2MiB}\n\
         secrets: {mounts: [/k], mount_names: [vault]}\nrules: {root-process: {severity: info}}\n\
         egress: {lists: [{name: a, allow: [{cidr: '::ffff:10.0.0.0/104', ports: [8000-8100, 1], protocol: udp}, {cidr: fd00::1}]}]}",
        "x",
    )
    .unwrap();
    assert_eq!(
        (config.metrics.listen.0, config.findings.file.path.0, config.findings.file.max_bytes),
        (None, None, 65_536)
    );
    assert_eq!((config.rings.file, config.rings.network), (RingSize(1 << 16), RingSize(2 << 20)));
    assert_eq!(config.rules.root_process.severity, Some(Severity::Info));
    assert_eq!(config.identity.secret_mounts, ["/k"]);
    assert_eq!(config.identity.secret_mount_names, ["vault"]);
    let allow = &config.egress.lists[0].allow;
    assert_eq!(
        (allow[0].cidr.to_string().as_str(), allow[1].cidr.to_string().as_str()),
        ("10.0.0.0/8", "fd00::1/128")
    );
    assert!(
        allow[0].ports[0].contains(8000)
            && allow[0].ports[0].contains(8100)
            && !allow[0].ports[0].contains(8101)
    );
    assert!(allow[0].protocol.covers(Protocol::Udp) && !allow[0].protocol.covers(Protocol::Tcp));
}

#[test]
fn wildcards() {
    for (pattern, text, matches) in [
        ("web", "web", true),
        ("web", "webs", false),
        ("we*", "we", true),
        ("*-1", "cart-1", true),
        ("*a*b*", "xxaxxbxx", true),
        ("*a*b", "ab-", false),
        ("a?c", "abc", true),
        ("a?c", "ac", false),
        ("*", "", true),
        ("/x/*", "/x/y/z", true),
        ("[a]", "a", false),
    ] {
        assert_eq!(Wildcard::new(pattern).matches(text.as_bytes()), matches, "{pattern} {text}");
    }
}

const PAGE: &str = include_str!("../../../docs/configuration.md");

/// The page's example is a good file, and says its defaults truly.
#[test]
fn the_pages_example_is_good() {
    let yaml = PAGE.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let config = Config::parse(yaml, "docs/configuration.md").unwrap();
    let default = Config::default();
    assert_eq!(config.grpc, default.grpc);
    assert_eq!(config.metrics, default.metrics);
    assert_eq!(config.rings, default.rings);
    assert_eq!(config.findings, default.findings);
    assert_eq!(config.log, default.log);
    assert_eq!(config.secrets.mount_names, default.secrets.mount_names);
    assert_eq!((config.egress.default, config.egress.dns), (default.egress.default, default.egress.dns));
    assert_eq!(config.identity.docker_root, default.identity.docker_root);
    assert_eq!(config.identity.lookup_timeout_ms, default.identity.lookup_timeout_ms);
}

/// Keys of the schema under `before` (a path of `key` and `[]`), found by what the errors offer.
fn keys_below(before: &[&str], found: &mut BTreeSet<Vec<String>>) {
    let mut yaml = String::from("{no_such_key: 0}");
    for step in before.iter().rev() {
        yaml = if *step == "[]" { format!("[{yaml}]") } else { format!("{{{step}: {yaml}}}") };
    }
    let Err(error) = Config::parse(&yaml, "x") else { return };
    let Some((_, offered)) = error.message.split_once("no such key here; there are ") else { return };
    for key in offered.split(", ") {
        let path: Vec<&str> = before.iter().copied().chain([key]).collect();
        found.insert(path.iter().map(|step| (*step).to_owned()).collect());
        keys_below(&path, found);
        keys_below(&[path.as_slice(), &["[]"]].concat(), found);
    }
}

#[test]
fn the_page_has_every_key() {
    let mut keys = BTreeSet::new();
    keys_below(&[], &mut keys);
    assert!(keys.len() > 60, "{keys:?}");
    assert!(keys.contains(["egress", "lists", "[]", "allow", "[]", "cidr"].map(String::from).as_slice()));
    for path in &keys {
        let key = path.last().unwrap();
        assert!(
            PAGE.contains(&format!("`{key}`")),
            "docs/configuration.md says nothing of {}",
            path.join(".")
        );
    }
}

proptest! {
    #[test]
    fn never_panics(text in "[a-z:\\-\\[\\]{}&*!|>'\"# \n\t0-9./]{0,200}") {
        if let Err(error) = Config::parse(&text, "x") {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn a_wildcard_matches_as_the_slow_way_does(pattern in "[ab*?]{0,8}", text in "[ab]{0,8}") {
        fn slow(pattern: &[u8], text: &[u8]) -> bool {
            match pattern.split_first() {
                None => text.is_empty(),
                Some((b'*', rest)) => (0..=text.len()).any(|at| slow(rest, &text[at..])),
                Some((byte, rest)) => {
                    text.split_first().is_some_and(|(first, more)| (*byte == b'?' || byte == first) && slow(rest, more))
                }
            }
        }
        prop_assert_eq!(Wildcard::new(pattern.as_str()).matches(text.as_bytes()), slow(pattern.as_bytes(), text.as_bytes()));
    }
}
