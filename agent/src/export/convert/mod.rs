//! The agent's types → the API's. Nothing is decided here: a field is copied, or its text escaped.

mod status;
mod text;

use std::collections::BTreeMap;

use lunette_proto::lunette::v1 as pb;
use pbjson_types::Timestamp;

pub use self::status::status;
pub use self::text::text;
use crate::event::{
    Actor, ConnectResult, Container, Deed, Event, FileId, Finding, Flow, Image, Mount, Open, Origin, Pod,
    Process, ProcessKey, ProcessSource, ProgramKind, Protocol, SecretMount, Severity, Subject,
};

/// Nanoseconds since 1970-01-01T00:00:00Z as a timestamp.
pub fn timestamp(unix_ns: u64) -> Timestamp {
    Timestamp {
        // u64 nanoseconds are 585 years: the seconds always fit.
        seconds: (unix_ns / 1_000_000_000) as i64,
        nanos: (unix_ns % 1_000_000_000) as i32,
    }
}

pub fn event(event: &Event) -> pb::Event {
    pb::Event {
        seq: event.seq,
        time: Some(timestamp(event.unix_ns)),
        boot_ns: event.boot_ns,
        actor: event.actor.as_ref().map(actor),
        deed: Some(deed(&event.deed)),
    }
}

pub fn finding(finding: &Finding) -> pb::Finding {
    pb::Finding {
        seq: finding.seq,
        id: finding.id.clone(),
        rule: finding.rule.to_owned(),
        title: finding.title.to_owned(),
        severity: severity(finding.severity).into(),
        why: finding.why.clone(),
        count: finding.count,
        first_time: Some(timestamp(finding.first_unix_ns)),
        last_time: Some(timestamp(finding.last_unix_ns)),
        tags: Some(pb::Tags {
            attack: finding.tags.attack.clone(),
            iso27001: finding.tags.iso27001.clone(),
            soc2: finding.tags.soc2.clone(),
        }),
        event: Some(event(&finding.event)),
        ancestors: finding.ancestors.iter().map(|ancestor| process(ancestor)).collect(),
    }
}

pub fn severity(severity: Severity) -> pb::Severity {
    match severity {
        Severity::Info => pb::Severity::Info,
        Severity::Low => pb::Severity::Low,
        Severity::Medium => pb::Severity::Medium,
        Severity::High => pb::Severity::High,
        Severity::Critical => pb::Severity::Critical,
    }
}

fn actor(actor: &Actor) -> pb::Actor {
    let credentials = actor.credentials;
    let namespaces = actor.namespaces;
    pb::Actor {
        process: Some(process(&actor.process)),
        credentials: Some(pb::Credentials {
            uid: Some(credentials.uid),
            gid: Some(credentials.gid),
            euid: Some(credentials.euid),
            egid: Some(credentials.egid),
        }),
        tid: actor.tid,
        comm: text(&actor.comm),
        namespaces: Some(pb::Namespaces {
            mnt: namespaces.mnt,
            pid: namespaces.pid,
            net: namespaces.net,
            user: namespaces.user,
        }),
        subject: Some(subject(&actor.subject)),
    }
}

fn subject(subject: &Subject) -> pb::actor::Subject {
    match subject {
        Subject::Host(host) => pb::actor::Subject::Host(pb::Host {
            unit: host.unit.clone().unwrap_or_default(),
            cgroup_path: text(&host.cgroup_path),
        }),
        Subject::Container(it) => pb::actor::Subject::Container(container(it)),
        Subject::Unknown(unknown) => pb::actor::Subject::Unknown(pb::Unknown {
            cgroup_path: text(&unknown.cgroup_path),
            reason: unknown.reason.clone(),
        }),
    }
}

fn process_key(key: ProcessKey) -> pb::ProcessKey {
    pb::ProcessKey { pid: key.pid, start_ns: key.start_ns }
}

pub fn process(process: &Process) -> pb::Process {
    pb::Process {
        key: Some(process_key(process.key)),
        parent: process.parent.map(process_key),
        ns_pid: process.ns_pid,
        cgroup: process.cgroup,
        image: Some(image(&process.image)),
        origin: match process.origin {
            Origin::Host => pb::Origin::Host,
            Origin::Entrypoint => pb::Origin::Entrypoint,
            Origin::Spawned => pb::Origin::Spawned,
            Origin::ExecInto => pb::Origin::ExecInto,
            Origin::Runtime => pb::Origin::Runtime,
            Origin::Unknown => pb::Origin::Unknown,
        }
        .into(),
        source: match process.source {
            ProcessSource::Exec => pb::ProcessSource::Exec,
            ProcessSource::Fork => pb::ProcessSource::Fork,
            ProcessSource::Procfs => pb::ProcessSource::Procfs,
            ProcessSource::Record => pb::ProcessSource::Record,
        }
        .into(),
    }
}

/// `head` is left out: it is what the agent finds `kind` from, and of no use once it has.
fn image(image: &Image) -> pb::Image {
    pb::Image {
        exe: text(&image.exe),
        filename: text(&image.filename),
        interpreter: image.interpreter.as_ref().map(|it| text(it)).unwrap_or_default(),
        args: image.args.iter().map(|arg| text(arg)).collect(),
        args_cut_from: image.args_cut_from,
        cwd: text(&image.cwd),
        incomplete: image.incomplete.iter().map(|&part| part.to_owned()).collect(),
        file: Some(file(image.file)),
        cap_effective: image.cap_effective,
        cap_permitted: image.cap_permitted,
        loginuid: image.loginuid,
        sessionid: image.sessionid,
        tty: image.flags.tty,
        secure_exec: image.flags.secure_exec,
        memfd: image.flags.memfd,
        deleted: image.flags.deleted,
        script: image.flags.script,
        exec_cgroup: image.exec_cgroup,
        exec_mnt_ns: image.exec_mnt_ns,
        kind: image.kind.get().copied().map(program_kind),
    }
}

fn program_kind(kind: ProgramKind) -> pb::ProgramKind {
    use pb::program_kind::Class;
    let (class, name, reason) = match kind {
        ProgramKind::Shell(name) => (Class::Shell, name, ""),
        ProgramKind::Multicall(name) => (Class::Multicall, name, ""),
        ProgramKind::Other => (Class::Other, "", ""),
        ProgramKind::Unidentified(reason) => (Class::Unidentified, "", reason),
    };
    pb::ProgramKind { class: class.into(), name: name.to_owned(), reason: reason.to_owned() }
}

fn file(file: FileId) -> pb::FileId {
    pb::FileId {
        dev: file.dev,
        ino: file.ino,
        size: file.size,
        mode: file.mode,
        nlink: file.nlink,
        fs_magic: file.fs_magic,
    }
}

fn container(container: &Container) -> pb::Container {
    pb::Container {
        id: container.id.clone(),
        name: container.name.clone(),
        runtime: container.runtime.clone(),
        image: container.image.clone(),
        image_digest: container.image_digest.clone(),
        labels: labels(&container.labels),
        pod: container.pod.as_ref().map(pod),
        init_pid: container.init_pid,
        rootfs: container.rootfs.clone(),
        mounts: container.mounts.iter().map(mount).collect(),
        sources: container
            .sources
            .iter()
            .map(|&(part, source)| pb::PartSource { part: part.to_owned(), source: source.to_owned() })
            .collect(),
        missing: container
            .missing
            .iter()
            .map(|(part, reason)| pb::PartMissing { part: (*part).to_owned(), reason: reason.clone() })
            .collect(),
    }
}

fn pod(pod: &Pod) -> pb::Pod {
    pb::Pod {
        name: pod.name.clone(),
        namespace: pod.namespace.clone(),
        uid: pod.uid.clone(),
        labels: labels(&pod.labels),
    }
}

fn labels(labels: &[(String, String)]) -> BTreeMap<String, String> {
    labels.iter().cloned().collect()
}

fn mount(mount: &Mount) -> pb::Mount {
    let secret = match mount.secret {
        None => pb::SecretMount::Unspecified,
        Some(SecretMount::KubernetesSecret) => pb::SecretMount::KubernetesSecret,
        Some(SecretMount::Projected) => pb::SecretMount::Projected,
        Some(SecretMount::Csi) => pb::SecretMount::Csi,
        Some(SecretMount::RunSecrets) => pb::SecretMount::RunSecrets,
        Some(SecretMount::Configured) => pb::SecretMount::Configured,
    };
    pb::Mount { source: mount.source.clone(), destination: mount.destination.clone(), secret: secret.into() }
}

fn deed(deed: &Deed) -> pb::event::Deed {
    match deed {
        Deed::Exec => pb::event::Deed::Exec(pb::Exec {}),
        Deed::Fork(child) => pb::event::Deed::Fork(pb::Fork { child: Some(process_key(*child)) }),
        Deed::Exit(exit) => pb::event::Deed::Exit(pb::Exit {
            status: exit.status.map(u32::from),
            signal: exit.signal.map(u32::from),
        }),
        Deed::Open(it) => pb::event::Deed::Open(open(it)),
        Deed::Connect(connect) => pb::event::Deed::Connect(pb::Connect {
            conn: connect.conn,
            flow: Some(flow(&connect.flow)),
            error: connect.error,
            callers_word: connect.callers_word,
        }),
        Deed::Outcome(outcome) => {
            let (result, error) = connect_result(outcome.result);
            pb::event::Deed::Outcome(pb::Outcome {
                conn: outcome.conn,
                flow: Some(flow(&outcome.flow)),
                result: result.into(),
                took_ns: outcome.took_ns,
                error,
            })
        }
        Deed::Send(send) => pb::event::Deed::Send(pb::Send {
            flow: Some(flow(&send.flow)),
            count: send.count,
            error: send.error,
            callers_word: send.callers_word,
        }),
        Deed::Loss(loss) => pb::event::Deed::Loss(pb::Loss {
            stage: loss.stage.to_owned(),
            hook: loss.hook.to_owned(),
            lost: loss.lost,
            total: loss.total,
        }),
    }
}

fn open(open: &Open) -> pb::Open {
    pb::Open {
        path: text(&open.path),
        mount_root: text(&open.mount_root),
        flags: open.flags,
        file: Some(file(open.file)),
        mount_ino: open.mount_ino,
        cut: open.cut,
        detached: open.detached,
        deleted: open.deleted,
        on_secret_mount: open.on_secret_mount,
    }
}

fn flow(flow: &Flow) -> pb::Flow {
    let (protocol, number) = match flow.protocol {
        Protocol::Tcp => (pb::Protocol::Tcp, libc::IPPROTO_TCP as u32),
        Protocol::Udp => (pb::Protocol::Udp, libc::IPPROTO_UDP as u32),
        Protocol::Sctp => (pb::Protocol::Sctp, libc::IPPROTO_SCTP as u32),
        Protocol::Other(number) => (pb::Protocol::Other, u32::from(number)),
    };
    pb::Flow {
        protocol: protocol.into(),
        protocol_number: number,
        remote: flow.remote.to_string(),
        remote_port: u32::from(flow.remote_port),
        local: flow.local.to_string(),
        local_port: u32::from(flow.local_port),
    }
}

fn connect_result(result: ConnectResult) -> (pb::ConnectResult, Option<u32>) {
    match result {
        ConnectResult::Established => (pb::ConnectResult::Established, None),
        ConnectResult::Refused => (pb::ConnectResult::Refused, None),
        ConnectResult::TimedOut => (pb::ConnectResult::TimedOut, None),
        ConnectResult::Unreachable => (pb::ConnectResult::Unreachable, None),
        ConnectResult::Abandoned => (pb::ConnectResult::Abandoned, None),
        ConnectResult::Failed(errno) => (pb::ConnectResult::Failed, Some(errno)),
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use bstr::BString;

    use super::*;
    use crate::export::testing;

    #[test]
    fn everything_that_is_known_is_told() {
        let told = finding(&testing::finding(7));
        assert_eq!(told.seq, 7);
        assert_eq!(told.severity(), pb::Severity::High);
        assert_eq!(told.first_time, Some(Timestamp { seconds: 1_700_000_000, nanos: 5 }));
        assert_eq!(told.ancestors.len(), 1);

        let told = told.event.expect("a finding has its event");
        assert!(matches!(told.deed, Some(pb::event::Deed::Exec(_))));
        let actor = told.actor.expect("someone did it");
        assert_eq!(actor.credentials.expect("known").uid, Some(0));
        let Some(pb::actor::Subject::Container(container)) = actor.subject else {
            panic!("a container did it")
        };
        assert_eq!(container.id, testing::CONTAINER_ID);
        assert_eq!(container.mounts[0].secret(), pb::SecretMount::Projected);
        assert_eq!(container.pod.expect("in a pod").labels["app"], "web");
        let image = actor.process.expect("known").image.expect("known");
        assert_eq!(image.args, ["sh", "-c", "id \\xff"]);
        assert_eq!(image.kind.expect("looked at").class(), pb::program_kind::Class::Multicall);
    }

    #[test]
    fn json_keeps_the_field_names_and_says_uid_0() {
        let json = serde_json::to_value(finding(&testing::finding(1))).expect("proto JSON");
        assert_eq!(json["severity"], "SEVERITY_HIGH");
        assert_eq!(json["first_time"], "2023-11-14T22:13:20.000000005+00:00");
        assert_eq!(json["event"]["actor"]["credentials"]["uid"], 0);
        assert_eq!(json["event"]["actor"]["container"]["image_digest"], "sha256:0123");
        let back: pb::Finding = serde_json::from_value(json).expect("proto JSON");
        assert_eq!(back, finding(&testing::finding(1)));
    }

    #[test]
    fn every_deed_has_its_place() {
        let it = Flow {
            protocol: Protocol::Other(33),
            remote: "2001:db8::1".parse::<IpAddr>().expect("an address"),
            remote_port: 443,
            local: "::".parse::<IpAddr>().expect("an address"),
            local_port: 0,
        };
        let told = flow(&it);
        assert_eq!((told.protocol(), told.protocol_number), (pb::Protocol::Other, 33));
        assert_eq!((told.remote.as_str(), told.remote_port), ("2001:db8::1", 443));
        assert_eq!(connect_result(ConnectResult::Failed(22)), (pb::ConnectResult::Failed, Some(22)));
        let told = open(&Open { path: BString::from("/\\x41\u{fffd}"), cut: true, ..Open::default() });
        assert_eq!(told.path, "/\\x5cx41\u{fffd}");
        assert!(told.cut);
    }
}
