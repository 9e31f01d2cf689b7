//! `root-process`: a program was executed in a container as root of the node's user ids.

use super::text::{Quoted, command_line};
use super::{Hit, Key, RuleId, Scene, capability, program};
use crate::event::{Namespaces, Origin, Severity};

pub(super) fn check(scene: &Scene<'_>, host: Namespaces) -> Option<Hit> {
    let credentials = scene.actor.credentials;
    if credentials.uid != 0 && credentials.euid != 0 {
        return None;
    }
    let process = &scene.actor.process;
    let image = &process.image;
    let set_uid = credentials.uid != 0 && image.flags.secure_exec;
    let severity = match image.cap_effective {
        0 => Severity::Low,
        caps if set_uid || capability::is_mighty(caps) => Severity::High,
        _ => Severity::Medium,
    };

    let mut why = format!("{} ran {} as ", Quoted(program::name(image)), Quoted(&command_line(image)));
    why += &match (credentials.uid, credentials.euid) {
        (0, 0) => "root (uid 0)".to_owned(),
        (0, euid) => format!("root (uid 0) with the effective uid {euid}"),
        (uid, _) if set_uid => format!("root (effective uid 0) by a set-uid file, for uid {uid}"),
        (uid, _) => format!("root (effective uid 0), with uid {uid}"),
    };
    why += match process.origin {
        Origin::Entrypoint => ", as the container's entrypoint",
        Origin::ExecInto => ", brought in from outside (as kubectl exec, runc exec and nsenter do)",
        Origin::Spawned | Origin::Host | Origin::Runtime | Origin::Unknown => "",
    };
    why += &match image.cap_effective {
        0 => ", with no capabilities".to_owned(),
        caps if capability::is_full(caps) => {
            ", with every capability, as in a privileged container".to_owned()
        }
        caps => match capability::unusual(caps) {
            more if more.is_empty() => ", with no more capabilities than containers usually have".to_owned(),
            more => format!(", with capabilities beyond the usual: {}", more.join(", ")),
        },
    };
    let user_ns = scene.actor.namespaces.user;
    if user_ns != 0 && host.user != 0 && user_ns != host.user {
        why += "; its user namespace maps to the node's root";
    }

    let mut key = Key::new(RuleId::Root.name(), scene.container);
    key.add(&image.exe);
    key.add(program::name(image));
    if image.flags.script {
        key.add(&image.filename);
    }
    Some(Hit { severity, why, key, path: None, destination: None })
}
