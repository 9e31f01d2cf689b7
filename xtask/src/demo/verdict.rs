//! Whether what came back over gRPC is exactly what had to.

use std::fmt::Write;

use serde_json::Value;

use super::deeds::{DEEDS, Deed, END};

/// All that the subscriber got so far about the container.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    findings: Vec<Found>,
    /// The last deed's exec was seen.
    pub(crate) end: bool,
    /// Messages that this subscriber lost.
    lost: bool,
    /// Lines that weren't understood.
    garbled: Vec<String>,
}

#[derive(Debug)]
struct Found {
    rule: String,
    severity: String,
    why: String,
    count: u64,
    uid: Option<u64>,
    args: Vec<String>,
}

/// What is wrong; empty is nothing.
type Faults = Vec<String>;

impl Seen {
    /// Takes one line of `lunette watch --json`: a `lunette.v1.WatchResponse` as proto JSON.
    pub(crate) fn take(&mut self, line: &str) {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            self.garbled.push(line.to_owned());
            return;
        };
        if let Some(finding) = message.get("finding") {
            self.findings.push(Found::read(finding));
        } else if let Some(event) = message.get("event").filter(|event| event.get("exec").is_some()) {
            self.end |= arguments(event) == END.args;
        } else if message.get("lost").is_some() {
            self.lost = true;
        }
    }

    /// Every deed that has to be reported has been.
    pub(crate) fn is_complete(&self) -> bool {
        DEEDS.iter().all(|deed| deed.rule.is_none() || self.of(deed).next().is_some())
    }

    /// The findings about a deed.
    fn of<'a>(&'a self, deed: &'a Deed) -> impl Iterator<Item = &'a Found> {
        self.findings.iter().filter(move |found| found.is_about(deed))
    }

    /// For people: a line a deed with what came of it; and everything that isn't as it has to be.
    pub(crate) fn judge(&self) -> (String, Faults) {
        let mut table = String::new();
        let mut faults = Vec::new();
        for deed in &DEEDS {
            let found: Vec<_> = self.of(deed).collect();
            let as_expected = match (deed.rule, found.as_slice()) {
                (Some(rule), [one]) => one.rule == rule && one.count <= 1,
                (None, []) => true,
                _ => false,
            };
            if !as_expected {
                faults.push(fault(deed, &found));
            }
            let mark = if as_expected { "ok   " } else { "WRONG" };
            let line = deed.line();
            // Writing to a string doesn't fail.
            let _ = writeln!(table, "  {mark} uid {:<4}  {line:<28}  {}", deed.uid, describe(&found));
            for found in found {
                let _ = writeln!(table, "        {}", found.why);
            }
        }
        for found in &self.findings {
            if !DEEDS.iter().any(|deed| found.is_about(deed)) {
                let uid = found.uid.map_or("unknown".to_owned(), |uid| uid.to_string());
                let args = found.args.join(" ");
                faults.push(format!(
                    "{} for `{args}` as uid {uid}, which is no deed of the demonstration",
                    found.rule
                ));
            }
        }
        if !self.end {
            faults.push("the last program's start was never seen, so there may be more to come".to_owned());
        }
        if self.lost {
            faults.push("this subscriber was too slow, and lost messages".to_owned());
        }
        faults.extend(self.garbled.iter().map(|line| format!("not understood: {line}")));
        (table, faults)
    }
}

impl Found {
    fn read(finding: &Value) -> Self {
        let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        let event = &finding["event"];
        Self {
            rule: text("rule"),
            severity: text("severity").trim_start_matches("SEVERITY_").to_lowercase(),
            why: text("why"),
            // Proto JSON has 64-bit numbers as text.
            count: finding["count"].as_str().and_then(|count| count.parse().ok()).unwrap_or_default(),
            uid: event["actor"]["credentials"]["uid"].as_u64(),
            args: arguments(event),
        }
    }

    fn is_about(&self, deed: &Deed) -> bool {
        self.args == deed.args && self.uid == Some(u64::from(deed.uid))
    }
}

fn arguments(event: &Value) -> Vec<String> {
    let args = event["actor"]["process"]["image"]["args"].as_array();
    args.into_iter().flatten().filter_map(|arg| Some(arg.as_str()?.to_owned())).collect()
}

fn describe(found: &[&Found]) -> String {
    if found.is_empty() {
        return "nothing reported".to_owned();
    }
    let one = |found: &&Found| match found.count {
        0 | 1 => format!("{} ({})", found.rule, found.severity),
        count => format!("{} ({}), count {count}", found.rule, found.severity),
    };
    found.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn fault(deed: &Deed, found: &[&Found]) -> String {
    let expected = deed.rule.map_or("nothing".to_owned(), |rule| format!("{rule}, once"));
    format!("`{}` as uid {}: expected {expected}; got {}", deed.line(), deed.uid, describe(found))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn finding(deed: &Deed, rule: &str, count: u64) -> String {
        json!({ "finding": {
            "rule": rule, "severity": "SEVERITY_HIGH", "why": "because", "count": count.to_string(),
            "event": { "actor": {
                "credentials": { "uid": deed.uid },
                "process": { "image": { "args": deed.args } },
            } },
        } })
        .to_string()
    }

    fn all_is_well() -> Seen {
        let mut seen = Seen::default();
        seen.take(r#"{"hello":{"node":"n"}}"#);
        for deed in DEEDS.iter().filter(|deed| deed.rule.is_some()) {
            assert!(!seen.is_complete());
            seen.take(&finding(deed, deed.rule.unwrap(), 1));
        }
        let end =
            json!({ "event": { "exec": {}, "actor": { "process": { "image": { "args": END.args } } } } });
        seen.take(&end.to_string());
        seen
    }

    #[test]
    fn exactly_the_expected_is_right() {
        let seen = all_is_well();
        assert!(seen.end && seen.is_complete());
        let (table, faults) = seen.judge();
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(table.matches("ok ").count(), DEEDS.len());
    }

    #[test]
    fn names_what_is_missing() {
        let (_, faults) = Seen { end: true, ..Seen::default() }.judge();
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert!(faults[0].contains("`sh -c id` as uid 1000: expected shell-in-container, once; got nothing"));
    }

    #[test]
    fn names_what_is_too_much() {
        for (deed, rule, count) in [
            (&DEEDS[1], "shell-in-container", 1),
            (&DEEDS[0], "shell-in-container", 2),
            (&DEEDS[0], "root-process", 1),
            (&END, "root-process", 1),
        ] {
            let mut seen = all_is_well();
            seen.take(&finding(deed, rule, count));
            assert_eq!(seen.judge().1.len(), 1, "{deed:?} {rule} {count}");
        }
    }

    #[test]
    fn a_gap_is_a_fault() {
        let mut seen = all_is_well();
        seen.take(r#"{"lost":{"findings":"1"}}"#);
        seen.take("not JSON");
        assert_eq!(seen.judge().1.len(), 2);
        let (_, faults) = Seen { end: false, ..all_is_well() }.judge();
        assert_eq!(faults.len(), 1);
    }
}
