//! The agent's status → the API's.

use lunette_proto::lunette::v1 as pb;

use super::timestamp;
use crate::export::bus::{Counts, Deliveries};
use crate::status::{CheckState, Hook, Ring, Sensor, Snapshot, Source, Stages, Table};

/// What the pipeline knows, what the bus knows, and what the findings file does.
pub fn status(
    snapshot: &Snapshot,
    deliveries: &Deliveries,
    findings_file: Option<pb::FindingsFile>,
) -> pb::Status {
    pb::Status {
        version: snapshot.version.clone(),
        kernel: snapshot.kernel.clone(),
        node: snapshot.node.clone(),
        boot_id: snapshot.boot_id.clone(),
        pid: snapshot.pid,
        started: Some(timestamp(snapshot.started_unix_ns)),
        taken: Some(timestamp(snapshot.taken_unix_ns)),
        ready_after_ns: snapshot.ready_after_ns,
        sensors: snapshot.sensors.iter().map(sensor).collect(),
        hooks: snapshot.hooks.iter().map(hook).collect(),
        rings: snapshot.rings.iter().map(ring).collect(),
        stages: Some(stages(&snapshot.stages)),
        tables: snapshot.tables.iter().map(table).collect(),
        self_check: snapshot.self_check.iter().map(check).collect(),
        blind: snapshot
            .blind
            .iter()
            .map(|blind| pb::Blind { what: blind.what.clone(), why: blind.why.clone() })
            .collect(),
        sources: snapshot.sources.iter().map(source).collect(),
        delivery: Some(pb::Delivery {
            published_events: deliveries.published_events,
            published_findings: deliveries.published_findings,
            events: Some(counts(&deliveries.events)),
            findings: Some(counts(&deliveries.findings)),
        }),
        subscribers: deliveries
            .subscribers
            .iter()
            .map(|subscriber| pb::Subscriber {
                id: subscriber.id,
                name: subscriber.name.to_owned(),
                events: Some(counts(&subscriber.events)),
                findings: Some(counts(&subscriber.findings)),
            })
            .collect(),
        findings_file,
        rules: snapshot
            .rules
            .iter()
            .map(|rule| pb::Rule {
                name: rule.name.to_owned(),
                findings: rule.findings,
                new: rule.new,
                suppressed: rule.suppressed,
            })
            .collect(),
    }
}

fn sensor(sensor: &Sensor) -> pb::Sensor {
    pb::Sensor {
        name: sensor.name.to_owned(),
        backend: sensor.backend.to_owned(),
        hook: sensor.hook.to_owned(),
        attached: sensor.attached,
        error: sensor.error.clone(),
        missed: sensor.missed,
    }
}

fn hook(hook: &Hook) -> pb::Hook {
    let counters = hook.counters;
    pb::Hook {
        name: hook.name.to_owned(),
        seen: counters.seen,
        filtered: counters.filtered,
        repeated: counters.repeated,
        submitted: counters.submitted,
        dropped: counters.dropped,
    }
}

fn ring(ring: &Ring) -> pb::Ring {
    pb::Ring {
        name: ring.name.to_owned(),
        bytes: ring.bytes,
        records: ring.records,
        size_bytes: ring.size_bytes,
    }
}

fn stages(stages: &Stages) -> pb::Stages {
    pb::Stages {
        read: stages.read,
        undecodable: stages.undecodable,
        decoded: stages.decoded,
        events: stages.events,
        parked: stages.parked,
        unparked_early: stages.unparked_early,
        losses: stages.losses,
        published: stages.published,
        findings: stages.findings,
        findings_new: stages.findings_new,
    }
}

fn table(table: &Table) -> pb::Table {
    pb::Table {
        name: table.name.to_owned(),
        entries: table.entries,
        capacity: table.capacity,
        evicted: table.evicted,
    }
}

fn check(check: &crate::status::Check) -> pb::Check {
    use pb::check::State;
    let state = match check.state {
        CheckState::Waiting => State::Waiting,
        CheckState::Seen => State::Seen,
        CheckState::Missing => State::Missing,
        CheckState::Unattached => State::Unattached,
    };
    pb::Check { name: check.name.to_owned(), state: state.into(), took_ns: check.took_ns }
}

fn source(source: &Source) -> pb::Source {
    pb::Source {
        name: source.name.clone(),
        endpoint: source.endpoint.clone(),
        available: source.available,
        error: source.error.clone(),
        lookups: source.lookups,
        failures: source.failures,
    }
}

fn counts(counts: &Counts) -> pb::Counts {
    pb::Counts {
        offered: counts.offered,
        filtered: counts.filtered,
        dropped: counts.dropped,
        delivered: counts.delivered,
        waiting: counts.waiting,
        abandoned: counts.abandoned,
    }
}
