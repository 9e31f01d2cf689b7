//! Which events and findings a subscriber wants, asked of the agent's own types, before anything is queued for it.

use std::fmt::Display;

use lunette_proto::lunette::v1 as pb;
use thiserror::Error;

use crate::event::{Actor, Container, Deed, Event, Finding, Severity};

/// Most entries in each list of a filter: the pipeline asks each of them for each event.
pub const MAX_ENTRIES: usize = 64;
/// Longest entry, in bytes.
pub const MAX_ENTRY_LEN: usize = 512;
/// A shorter prefix of a container's id than this matches by chance.
pub const MIN_ID_PREFIX: usize = 6;

/// A filter of the API, checked. The default wants everything. An empty list matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub what: What,
    /// [`Deed::kind`]s; bears on events alone.
    pub kinds: Vec<&'static str>,
    /// Bears on findings alone.
    pub rules: Vec<String>,
    /// Bears on findings alone.
    pub min_severity: Option<Severity>,
    pub namespaces: Vec<String>,
    /// Name, `namespace/name` or uid.
    pub pods: Vec<String>,
    /// Name, id, or at least [`MIN_ID_PREFIX`] characters of the id.
    pub containers: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum What {
    #[default]
    Both,
    Events,
    Findings,
}

/// Why a filter of the API isn't one.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum FilterError {
    #[error("{list} has {len} entries, at most {MAX_ENTRIES} are possible: filter on the client for more")]
    TooMany { list: &'static str, len: usize },
    #[error("{list} has an entry of {len} bytes, at most {MAX_ENTRY_LEN} are possible")]
    TooLong { list: &'static str, len: usize },
    #[error("{list} has an empty entry, which nothing matches: leave it out")]
    Empty { list: &'static str },
    #[error(
        "{field} has a value, {value}, that this agent doesn't know: is the client newer than the agent?"
    )]
    Enum { field: &'static str, value: i32 },
    #[error("there is no rule {rule:?}; there are {known}")]
    Rule { rule: String, known: String },
}

impl Filter {
    /// Findings alone, all of them.
    pub fn findings() -> Self {
        Self { what: What::Findings, ..Self::default() }
    }

    /// Checks a filter that came over the network. `rules` are the names of all rules that there are.
    pub fn from_proto(filter: &pb::Filter, rules: &[&str]) -> Result<Self, FilterError> {
        let what = match pb::filter::What::try_from(filter.what) {
            Ok(pb::filter::What::Unspecified) => What::Both,
            Ok(pb::filter::What::Events) => What::Events,
            Ok(pb::filter::What::Findings) => What::Findings,
            Err(_) => return Err(FilterError::Enum { field: "what", value: filter.what }),
        };
        check_len("kinds", filter.kinds.len())?;
        let kinds = filter.kinds.iter().map(|&kind| kind_name(kind)).collect::<Result<_, _>>()?;
        let unknown = FilterError::Enum { field: "min_severity", value: filter.min_severity };
        let min_severity = match pb::Severity::try_from(filter.min_severity).map_err(|_| unknown)? {
            pb::Severity::Unspecified => None,
            pb::Severity::Info => Some(Severity::Info),
            pb::Severity::Low => Some(Severity::Low),
            pb::Severity::Medium => Some(Severity::Medium),
            pb::Severity::High => Some(Severity::High),
            pb::Severity::Critical => Some(Severity::Critical),
        };
        check("rules", &filter.rules)?;
        if let Some(rule) = filter.rules.iter().find(|rule| !rules.contains(&rule.as_str())) {
            return Err(FilterError::Rule { rule: rule.clone(), known: rules.join(", ") });
        }
        check("namespaces", &filter.namespaces)?;
        check("pods", &filter.pods)?;
        check("containers", &filter.containers)?;
        Ok(Self {
            what,
            kinds,
            rules: filter.rules.clone(),
            min_severity,
            namespaces: filter.namespaces.clone(),
            pods: filter.pods.clone(),
            containers: filter.containers.clone(),
        })
    }

    /// A loss concerns whoever watches events, whatever else they ask for: what they wait for may be among it.
    pub fn wants_event(&self, event: &Event) -> bool {
        if self.what == What::Findings {
            return false;
        }
        if matches!(event.deed, Deed::Loss(_)) {
            return true;
        }
        (self.kinds.is_empty() || self.kinds.contains(&event.deed.kind()))
            && self.wants_actor(event.actor.as_ref())
    }

    pub fn wants_finding(&self, finding: &Finding) -> bool {
        self.what != What::Events
            && self.min_severity.is_none_or(|min| finding.severity >= min)
            && (self.rules.is_empty() || self.rules.iter().any(|rule| rule == finding.rule))
            && self.wants_actor(finding.event.actor.as_ref())
    }

    fn wants_actor(&self, actor: Option<&Actor>) -> bool {
        if self.namespaces.is_empty() && self.pods.is_empty() && self.containers.is_empty() {
            return true;
        }
        actor
            .and_then(|actor| actor.subject.container())
            .is_some_and(|container| self.wants_container(container))
    }

    fn wants_container(&self, container: &Container) -> bool {
        if !self.containers.is_empty()
            && !self.containers.iter().any(|wanted| {
                *wanted == container.name
                    || *wanted == container.id
                    || (wanted.len() >= MIN_ID_PREFIX && container.id.starts_with(wanted))
            })
        {
            return false;
        }
        if self.namespaces.is_empty() && self.pods.is_empty() {
            return true;
        }
        let Some(pod) = &container.pod else { return false };
        let pod_wanted = |wanted: &String| {
            *wanted == pod.name
                || *wanted == pod.uid
                || wanted
                    .split_once('/')
                    .is_some_and(|(namespace, name)| namespace == pod.namespace && name == pod.name)
        };
        (self.namespaces.is_empty() || self.namespaces.contains(&pod.namespace))
            && (self.pods.is_empty() || self.pods.iter().any(pod_wanted))
    }
}

/// [`Deed::kind`] of a kind of the API.
fn kind_name(kind: i32) -> Result<&'static str, FilterError> {
    use pb::EventKind;
    Ok(match EventKind::try_from(kind) {
        Ok(EventKind::Exec) => "exec",
        Ok(EventKind::Fork) => "fork",
        Ok(EventKind::Exit) => "exit",
        Ok(EventKind::Open) => "open",
        Ok(EventKind::Connect) => "connect",
        Ok(EventKind::Outcome) => "outcome",
        Ok(EventKind::Send) => "send",
        Ok(EventKind::Loss) => "loss",
        Ok(EventKind::Unspecified) | Err(_) => return Err(FilterError::Enum { field: "kinds", value: kind }),
    })
}

fn check_len(list: &'static str, len: usize) -> Result<(), FilterError> {
    if len > MAX_ENTRIES { Err(FilterError::TooMany { list, len }) } else { Ok(()) }
}

fn check(list: &'static str, entries: &[impl AsRef<str> + Display]) -> Result<(), FilterError> {
    check_len(list, entries.len())?;
    for entry in entries {
        match entry.as_ref().len() {
            0 => return Err(FilterError::Empty { list }),
            len if len > MAX_ENTRY_LEN => return Err(FilterError::TooLong { list, len }),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::testing;

    const RULES: [&str; 2] = ["shell-in-container", "root-process"];

    fn parsed(filter: pb::Filter) -> Filter {
        Filter::from_proto(&filter, &RULES).expect("a filter")
    }

    fn strings(strings: &[&str]) -> Vec<String> {
        strings.iter().map(|&it| it.to_owned()).collect()
    }

    #[test]
    fn the_empty_filter_wants_everything() {
        let filter = parsed(pb::Filter::default());
        assert_eq!(filter, Filter::default());
        assert!(filter.wants_event(&testing::exec(1)));
        assert!(filter.wants_event(&testing::host_open(1, "/etc/shadow")));
        assert!(filter.wants_finding(&testing::finding(1)));
    }

    #[test]
    fn kinds_bear_on_events_and_rules_on_findings() {
        let filter = parsed(pb::Filter {
            kinds: vec![pb::EventKind::Open.into()],
            rules: strings(&["root-process"]),
            ..pb::Filter::default()
        });
        assert!(!filter.wants_event(&testing::exec(1)));
        assert!(filter.wants_event(&testing::host_open(1, "/etc/shadow")));
        assert!(!filter.wants_finding(&testing::finding(1)));
        let filter = parsed(pb::Filter {
            what: pb::filter::What::Findings.into(),
            rules: strings(&RULES),
            min_severity: pb::Severity::High.into(),
            ..pb::Filter::default()
        });
        assert!(filter.wants_finding(&testing::finding(1)));
        assert!(!filter.wants_event(&testing::exec(1)));
        let filter =
            parsed(pb::Filter { min_severity: pb::Severity::Critical.into(), ..pb::Filter::default() });
        assert!(!filter.wants_finding(&testing::finding(1)));
    }

    #[test]
    fn who_it_was_is_asked_of_both() {
        let by_container = |name: &str| Filter { containers: strings(&[name]), ..Filter::default() };
        for wanted in
            ["web", testing::CONTAINER_ID, &testing::CONTAINER_ID[..6], &testing::CONTAINER_ID[..12]]
        {
            assert!(by_container(wanted).wants_event(&testing::exec(1)), "{wanted}");
            assert!(by_container(wanted).wants_finding(&testing::finding(1)), "{wanted}");
            assert!(!by_container(wanted).wants_event(&testing::host_open(1, "/x")), "{wanted}");
        }
        for other in ["we", &testing::CONTAINER_ID[..5], &testing::CONTAINER_ID[1..]] {
            assert!(!by_container(other).wants_event(&testing::exec(1)), "{other}");
        }
        for (pod, is) in
            [("web-1", true), ("shop/web-1", true), ("uid-1", true), ("web-1/shop", false), ("web", false)]
        {
            let filter = Filter { pods: strings(&["other", pod]), ..Filter::default() };
            assert_eq!(filter.wants_event(&testing::exec(1)), is, "{pod}");
        }
        let filter =
            Filter { namespaces: strings(&["shop"]), pods: strings(&["other"]), ..Filter::default() };
        assert!(!filter.wants_event(&testing::exec(1)), "all lists must match");
    }

    #[test]
    fn a_loss_passes() {
        let filter = Filter { kinds: vec!["exec"], namespaces: strings(&["shop"]), ..Filter::default() };
        assert!(filter.wants_event(&testing::loss(1)));
        assert!(!Filter::findings().wants_event(&testing::loss(1)));
    }

    #[test]
    fn what_is_no_filter_is_refused() {
        let refused =
            |filter: pb::Filter| Filter::from_proto(&filter, &RULES).expect_err("no filter").to_string();
        let rule = refused(pb::Filter { rules: strings(&["shel"]), ..pb::Filter::default() });
        assert_eq!(rule, "there is no rule \"shel\"; there are shell-in-container, root-process");
        assert!(refused(pb::Filter { what: 9, ..pb::Filter::default() }).contains("what"));
        assert!(refused(pb::Filter { kinds: vec![0], ..pb::Filter::default() }).contains("kinds"));
        assert!(refused(pb::Filter { min_severity: -1, ..pb::Filter::default() }).contains("min_severity"));
        assert!(refused(pb::Filter { pods: strings(&[""]), ..pb::Filter::default() }).contains("empty"));
        assert!(refused(pb::Filter { pods: vec!["x".repeat(513)], ..pb::Filter::default() }).contains("513"));
        assert!(
            refused(pb::Filter { namespaces: vec!["x".into(); 65], ..pb::Filter::default() }).contains("65")
        );
    }
}
