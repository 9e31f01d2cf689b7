use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::event::{Protocol, Severity};

fn error(text: &str) -> String {
    match Config::parse(text, "lunette.yaml") {
        Ok(_) => panic!("accepted: {text}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn probe() {
    for text in [
        "nodes: {}\n",
        "node:\n  nam: x\n",
        "egress:\n  lists:\n    - name: a\n      allow:\n        - cidr: 10.0.0.0/8\n        - cidr: \"10.0.0.0/33\"\n",
        "egress:\n  lists:\n    - name: a\n      allow:\n        - cidr: 10.0.0.0/8\n          ports: [443, 8000-70000]\n",
        "egress:\n  lists:\n    - name: a\n      allow:\n        - cidr: 10.0.0.0/8\n          ports: [443, [2]]\n",
        "egress:\n  lists:\n    - allow: []\n",
        "egress: 7\n",
        "egress:\n  default: maybe\n",
        "node:\n  name: a\n  name: b\n",
        "rules:\n  shell-in-container:\n    severity: hgh\n",
        "rules:\n  shell-in-container:\n    enabled: yes\n",
        "rules:\n  shell-in-container:\n    exceptions:\n      - containers: [web]\n",
        "rules:\n  shell-in-container:\n    exceptions:\n      - containers: [web]\n        reason: hm\n        expires: 2026-13-01\n",
        "rules:\n  shell-in-container:\n    exceptions:\n      - containers: [web]\n        reason: hm\n        paths: [/x]\n",
        "rules:\n  shell-in-container:\n    exceptions:\n      - containers: [web]\n        reason: hm\n      - reason: hm\n",
        "rings:\n  process: 100000\n",
        "rings:\n  process: lots\n",
        "metrics:\n  listen: nowhere\n",
        "secrets:\n  files: [\"/etc/**\"]\n",
        "secrets:\n  mounts: [\"x\"]\n",
        "node: [a\n",
        "node:\n\tname: x\n",
        "a: &a [*a]\n",
        "node: {name: &x hello}\ngrpc: {socket: *y}\n",
        "---\nnode: {}\n---\nnode: {}\n",
        "node: !foo {}\n",
        "[]",
        "7",
        "log: {level: loud}",
        "node: {name: ~}",
        "node: {name: [1]}",
        "node: ",
        "findings: {file: {keep: -1}}",
        "findings: {file: {max_bytes: -1}}",
    ] {
        println!(
            "{text}=> {:?}\n",
            Config::parse(text, "lunette.yaml").map(|c| c.node).map_err(|e| e.to_string())
        );
    }
}
