//! The metrics, as Prometheus reads them (text exposition format 0.0.4), and their documentation. Both come from one
//! table, so that none is without the other.

use std::fmt::Write;

use lunette_proto::lunette::v1 as pb;
use lunette_proto::lunette::v1::check::State;
use pbjson_types::Timestamp;

/// What kind of number a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Only grows, from 0 at the agent's start.
    Counter,
    /// Goes up and down.
    Gauge,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
        }
    }
}

/// One metric, and how its samples are had from the status.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    pub name: &'static str,
    pub kind: Kind,
    pub help: &'static str,
    /// Names of its labels, in the order in which `samples` gives their values.
    pub labels: &'static [&'static str],
    samples: fn(&Look<'_>, &mut Samples<'_>),
}

/// What the metrics are about.
#[derive(Clone, Copy, Debug)]
struct Look<'a> {
    status: &'a pb::Status,
    ready: bool,
}

const fn counter(
    name: &'static str,
    labels: &'static [&'static str],
    help: &'static str,
    samples: fn(&Look<'_>, &mut Samples<'_>),
) -> Metric {
    Metric { name, kind: Kind::Counter, help, labels, samples }
}

const fn gauge(
    name: &'static str,
    labels: &'static [&'static str],
    help: &'static str,
    samples: fn(&Look<'_>, &mut Samples<'_>),
) -> Metric {
    Metric { name, kind: Kind::Gauge, help, labels, samples }
}

/// All metrics, in the order in which they are written.
pub const METRICS: &[Metric] = &[
    gauge(
        "lunette_build_info",
        &["version", "kernel", "node"],
        "Always 1; its labels say what runs where.",
        |look, out| out.add(&[&look.status.version, &look.status.kernel, &look.status.node], 1),
    ),
    gauge(
        "lunette_start_time_seconds",
        &[],
        "When the agent started, in seconds since 1970.",
        |look, out| out.add_seconds(&[], unix_seconds(look.status.started)),
    ),
    gauge(
        "lunette_ready",
        &[],
        "1 while the agent sees: attached, and its self-check came back.",
        |look, out| out.add(&[], u64::from(look.ready)),
    ),
    gauge(
        "lunette_ready_after_seconds",
        &[],
        "From the agent's start to ready; 0 while it isn't.",
        |look, out| out.add_seconds(&[], seconds(look.status.ready_after_ns)),
    ),
    gauge(
        "lunette_sensor_attached",
        &["sensor", "backend", "hook"],
        "1 if the sensor is attached to the kernel, 0 if it is blind.",
        |look, out| {
            for it in &look.status.sensors {
                out.add(&[&it.name, &it.backend, &it.hook], u64::from(it.attached));
            }
        },
    ),
    counter(
        "lunette_sensor_missed_total",
        &["sensor"],
        "Deeds left out by the kernel because the sensor's program was running on that CPU already.",
        |look, out| {
            for it in &look.status.sensors {
                out.add(&[&it.name], it.missed);
            }
        },
    ),
    gauge(
        "lunette_blind_spots",
        &[],
        "How many things are known not to be seen; `lunette status` says which, and why.",
        |look, out| out.add(&[], look.status.blind.len() as u64),
    ),
    gauge(
        "lunette_self_check",
        &["check", "state"],
        "Always 1; `state` says what became of this deed of the agent's own: waiting, seen, missing, unattached.",
        |look, out| {
            for it in &look.status.self_check {
                out.add(&[&it.name, state(it.state())], 1);
            }
        },
    ),
    gauge(
        "lunette_self_check_seconds",
        &["check"],
        "From a deed of the agent's own to the far end of the pipeline; 0 unless seen.",
        |look, out| {
            for it in &look.status.self_check {
                out.add_seconds(&[&it.name], seconds(it.took_ns));
            }
        },
    ),
    counter("lunette_hook_seen_total", &["hook"], "Deeds that came to a kernel hook.", |look, out| {
        for it in &look.status.hooks {
            out.add(&[&it.name], it.seen);
        }
    }),
    counter(
        "lunette_hook_handled_total",
        &["hook", "result"],
        "What a kernel hook did with them: filtered (nothing asks for it), repeated (a later record counts it), submitted \
         (written to a ring), dropped (the ring was full). Together they are lunette_hook_seen_total.",
        |look, out| {
            for it in &look.status.hooks {
                out.add(&[&it.name, "filtered"], it.filtered);
                out.add(&[&it.name, "repeated"], it.repeated);
                out.add(&[&it.name, "submitted"], it.submitted);
                out.add(&[&it.name, "dropped"], it.dropped);
            }
        },
    ),
    counter("lunette_ring_records_total", &["ring"], "Records read from a ring.", |look, out| {
        for it in &look.status.rings {
            out.add(&[&it.name], it.records);
        }
    }),
    counter("lunette_ring_read_bytes_total", &["ring"], "Bytes read from a ring.", |look, out| {
        for it in &look.status.rings {
            out.add(&[&it.name], it.bytes);
        }
    }),
    gauge("lunette_ring_size_bytes", &["ring"], "Size of a ring.", |look, out| {
        for it in &look.status.rings {
            out.add(&[&it.name], it.size_bytes);
        }
    }),
    counter(
        "lunette_records_total",
        &["result"],
        "Records that the agent read: decoded, or undecodable.",
        |look, out| {
            let it = stages(look);
            out.add(&["decoded"], it.decoded);
            out.add(&["undecodable"], it.undecodable);
        },
    ),
    gauge("lunette_parked_records", &[], "Records that wait for their container's identity.", |look, out| {
        out.add(&[], stages(look).parked)
    }),
    counter(
        "lunette_unparked_early_total",
        &[],
        "Events that went on with less identity than hoped: the wait was over, or its room was full.",
        |look, out| out.add(&[], stages(look).unparked_early),
    ),
    counter("lunette_loss_events_total", &[], "Events that tell of a loss.", |look, out| {
        out.add(&[], stages(look).losses)
    }),
    counter(
        "lunette_events_published_total",
        &[],
        "Events that left the pipeline, those that tell of a loss included.",
        |look, out| out.add(&[], stages(look).published),
    ),
    counter(
        "lunette_rule_findings_total",
        &["rule"],
        "Times that a rule fired, repeats included, those that were only counted as well.",
        |look, out| {
            for it in &look.status.rules {
                out.add(&[&it.name], it.findings);
            }
        },
    ),
    counter("lunette_rule_new_total", &["rule"], "Of those, the first of their kind.", |look, out| {
        for it in &look.status.rules {
            out.add(&[&it.name], it.new);
        }
    }),
    counter(
        "lunette_rule_suppressed_total",
        &["rule"],
        "Times that an exception in the configuration kept a rule quiet.",
        |look, out| {
            for it in &look.status.rules {
                out.add(&[&it.name], it.suppressed);
            }
        },
    ),
    counter("lunette_findings_total", &[], "Findings that were told, repeats included.", |look, out| {
        out.add(&[], stages(look).findings)
    }),
    counter("lunette_findings_new_total", &[], "Findings without repeats.", |look, out| {
        out.add(&[], stages(look).findings_new)
    }),
    gauge("lunette_table_entries", &["table"], "Entries in a bounded table.", |look, out| {
        for it in &look.status.tables {
            out.add(&[&it.name], it.entries);
        }
    }),
    gauge("lunette_table_capacity", &["table"], "Most entries that a table can have.", |look, out| {
        for it in &look.status.tables {
            out.add(&[&it.name], it.capacity);
        }
    }),
    counter(
        "lunette_table_evicted_total",
        &["table"],
        "Entries thrown out of a table for want of room.",
        |look, out| {
            for it in &look.status.tables {
                out.add(&[&it.name], it.evicted);
            }
        },
    ),
    gauge(
        "lunette_source_available",
        &["source", "endpoint"],
        "1 if this source of container identities answers.",
        |look, out| {
            for it in &look.status.sources {
                out.add(&[&it.name, &it.endpoint], u64::from(it.available));
            }
        },
    ),
    counter(
        "lunette_source_lookups_total",
        &["source", "endpoint"],
        "Questions put to this source of container identities.",
        |look, out| {
            for it in &look.status.sources {
                out.add(&[&it.name, &it.endpoint], it.lookups);
            }
        },
    ),
    counter(
        "lunette_source_failures_total",
        &["source", "endpoint"],
        "Of those, the ones that got no answer.",
        |look, out| {
            for it in &look.status.sources {
                out.add(&[&it.name, &it.endpoint], it.failures);
            }
        },
    ),
    gauge("lunette_subscribers", &[], "Subscribers of events and findings.", |look, out| {
        out.add(&[], look.status.subscribers.len() as u64)
    }),
    counter(
        "lunette_delivery_offered_total",
        &["what"],
        "Events and findings offered to subscribers, once for each subscriber.",
        |look, out| {
            for (what, counts) in deliveries(look) {
                out.add(&[what], counts.offered);
            }
        },
    ),
    counter(
        "lunette_delivery_total",
        &["what", "result"],
        "What came of them: filtered (not asked for), dropped (that subscriber's queue was full), delivered, abandoned (in \
         its queue when it left). With lunette_delivery_waiting they are lunette_delivery_offered_total.",
        |look, out| {
            for (what, counts) in deliveries(look) {
                out.add(&[what, "filtered"], counts.filtered);
                out.add(&[what, "dropped"], counts.dropped);
                out.add(&[what, "delivered"], counts.delivered);
                out.add(&[what, "abandoned"], counts.abandoned);
            }
        },
    ),
    gauge("lunette_delivery_waiting", &["what"], "In the subscribers' queues.", |look, out| {
        for (what, counts) in deliveries(look) {
            out.add(&[what], counts.waiting);
        }
    }),
    gauge(
        "lunette_findings_file_ok",
        &["path"],
        "1 while findings can be written to the findings file, 0 while they wait for it.",
        |look, out| {
            if let Some(it) = &look.status.findings_file {
                out.add(&[&it.path], u64::from(it.error.is_empty()));
            }
        },
    ),
    counter(
        "lunette_findings_file_written_total",
        &["path"],
        "Findings written to the file.",
        |look, out| {
            if let Some(it) = &look.status.findings_file {
                out.add(&[&it.path], it.written);
            }
        },
    ),
    counter(
        "lunette_findings_file_lost_total",
        &["path"],
        "Findings given up. What its queue had no room for is in lunette_delivery_total instead.",
        |look, out| {
            if let Some(it) = &look.status.findings_file {
                out.add(&[&it.path], it.lost);
            }
        },
    ),
    counter(
        "lunette_findings_file_errors_total",
        &["path"],
        "Failed tries to write to the file; the line is tried again.",
        |look, out| {
            if let Some(it) = &look.status.findings_file {
                out.add(&[&it.path], it.errors);
            }
        },
    ),
    counter(
        "lunette_findings_file_rotations_total",
        &["path"],
        "Times the file was put aside.",
        |look, out| {
            if let Some(it) = &look.status.findings_file {
                out.add(&[&it.path], it.rotations);
            }
        },
    ),
    gauge("lunette_findings_file_bytes", &["path"], "Size of the file.", |look, out| {
        if let Some(it) = &look.status.findings_file {
            out.add(&[&it.path], it.bytes);
        }
    }),
];

/// All metrics of a moment.
pub fn render(status: &pb::Status, ready: bool) -> String {
    let look = Look { status, ready };
    let mut text = String::with_capacity(16 << 10);
    for metric in METRICS {
        // Writing to a String can't fail, here and below.
        let _ = writeln!(text, "# HELP {} {}", metric.name, escape_help(metric.help));
        let _ = writeln!(text, "# TYPE {} {}", metric.name, metric.kind.as_str());
        (metric.samples)(&look, &mut Samples { metric, text: &mut text });
    }
    text
}

/// The metrics' documentation: `docs/metrics.md`.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Metrics\n\nMade from the agent's own table of metrics: change it in `agent/src/export/metrics.rs`.\n\n\
         | name | kind | labels | what it is |\n| --- | --- | --- | --- |\n",
    );
    for metric in METRICS {
        let labels: Vec<_> = metric.labels.iter().map(|label| format!("`{label}`")).collect();
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} |",
            metric.name,
            metric.kind.as_str(),
            labels.join(", "),
            metric.help.replace('|', "\\|")
        );
    }
    text
}

/// Where a metric's samples are written.
struct Samples<'a> {
    metric: &'a Metric,
    text: &'a mut String,
}

impl Samples<'_> {
    fn add(&mut self, labels: &[&str], value: u64) {
        self.line(labels, format_args!("{value}"));
    }

    fn add_seconds(&mut self, labels: &[&str], value: f64) {
        self.line(labels, format_args!("{value}"));
    }

    fn line(&mut self, labels: &[&str], value: std::fmt::Arguments<'_>) {
        debug_assert_eq!(labels.len(), self.metric.labels.len(), "{}", self.metric.name);
        self.text.push_str(self.metric.name);
        for (at, (name, value)) in self.metric.labels.iter().zip(labels).enumerate() {
            let _ =
                write!(self.text, "{}{name}=\"{}\"", if at == 0 { '{' } else { ',' }, escape_label(value));
        }
        if !labels.is_empty() {
            self.text.push('}');
        }
        let _ = writeln!(self.text, " {value}");
    }
}

fn escape_label(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn escape_help(help: &str) -> String {
    help.replace('\\', "\\\\").replace('\n', "\\n")
}

fn seconds(ns: u64) -> f64 {
    ns as f64 / 1e9
}

fn unix_seconds(time: Option<Timestamp>) -> f64 {
    time.map_or(0.0, |time| time.seconds as f64 + f64::from(time.nanos) / 1e9)
}

fn stages(look: &Look<'_>) -> pb::Stages {
    look.status.stages.unwrap_or_default()
}

fn deliveries(look: &Look<'_>) -> [(&'static str, pb::Counts); 2] {
    let delivery = look.status.delivery.unwrap_or_default();
    [("event", delivery.events.unwrap_or_default()), ("finding", delivery.findings.unwrap_or_default())]
}

fn state(state: State) -> &'static str {
    match state {
        State::Unspecified => "unspecified",
        State::Waiting => "waiting",
        State::Seen => "seen",
        State::Missing => "missing",
        State::Unattached => "unattached",
    }
}

#[cfg(test)]
#[path = "metrics_tests.rs"]
mod tests;
