//! What the path of a cgroup says about its processes: container, systemd unit, or neither.
//!
//! The forms are those that the runtimes and kubelet make, with the systemd and the cgroupfs driver:
//!
//! | made by | systemd driver | cgroupfs driver |
//! | --- | --- | --- |
//! | containerd (CRI) | `…pod<uid>.slice/cri-containerd-<id>.scope` | `/kubepods/burstable/pod<uid>/<id>` |
//! | the same, drivers at odds | `/…pod<uid>.slice:cri-containerd:<id>` | |
//! | CRI-O | `…pod<uid>.slice/crio-<id>.scope` | `…/pod<uid>/crio-<id>` |
//! | Docker | `/system.slice/docker-<id>.scope` | `/docker/<id>` |
//! | Podman | `/machine.slice/libpod-<id>.scope` | `/libpod_parent/libpod-<id>` |
//!
//! A container's id is 64 hexadecimal digits with all of them. Plain `runc` and `ctr` containers have
//! whatever name their user chose, so a path alone can't tell them: that is [`CgroupName::Plain`] here, and a
//! look at the runtime's own records decides.

use bstr::{BStr, ByteSlice};

/// What a path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CgroupName {
    Container(ContainerName),
    /// A systemd unit of the node, as `sshd.service`.
    Unit(String),
    Plain,
}

/// A container, as far as its cgroup's path tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerName {
    /// 64 hexadecimal digits.
    pub id: String,
    /// Who must have made it, where the name says so.
    pub runtime: Option<RuntimeHint>,
    /// UID of the pod with dashes; for a static pod, the 32 digits that kubelet gives it.
    pub pod_uid: Option<String>,
    /// Id of the container that this one runs in (kind, Docker in Docker).
    pub outer: Option<String>,
}

/// A runtime that a cgroup's name points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuntimeHint {
    Containerd,
    CriO,
    Docker,
    Podman,
}

impl RuntimeHint {
    /// As [`crate::event::Container::runtime`] has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Containerd => "containerd",
            Self::CriO => "cri-o",
            Self::Docker => "docker",
            Self::Podman => "podman",
        }
    }
}

/// Length of a container's id in digits.
pub const ID_LEN: usize = 64;

/// Reads a path, root first, of a cgroup hierarchy (`/system.slice/sshd.service`).
///
/// The last id is the container: the ones before it are containers that it runs in. What lies below an id (a
/// cgroup that the container made for itself) still belongs to it.
pub fn parse(path: &BStr) -> CgroupName {
    let mut found: Option<ContainerName> = None;
    let mut pod_uid = None;
    let mut parent: &[u8] = b"";
    for component in path.split_str(b"/").filter(|component| !component.is_empty()) {
        if let Some(uid) = component.split_str(b":").find_map(pod_uid_of) {
            pod_uid = Some(uid);
        }
        if let Some((id, runtime)) = container_of(component, parent) {
            let outer = found.map(|outer| outer.id);
            found = Some(ContainerName { id, runtime, pod_uid: pod_uid.clone(), outer });
        }
        parent = component;
    }
    match found {
        Some(container) => CgroupName::Container(container),
        None => unit_of(path).map_or(CgroupName::Plain, CgroupName::Unit),
    }
}

/// The container that one directory of the path stands for.
fn container_of(component: &[u8], parent: &[u8]) -> Option<(String, Option<RuntimeHint>)> {
    // `SLICE:PREFIX:ID`, which runc takes for a name when it was told in systemd's form and works in
    // cgroupfs's.
    if component.contains(&b':') {
        let mut parts = component.rsplitn_str(3, b":");
        let (id, prefix, slice) = (parts.next()?, parts.next()?, parts.next()?);
        return if slice.ends_with(b".slice") { Some((id_of(id)?, hint_of(prefix))) } else { None };
    }
    let name = component.strip_suffix(b".scope").unwrap_or(component);
    if let Some((prefix, id)) = name.rsplit_once_str(b"-") {
        let id = id_of(id)?;
        // The monitor of a container runs beside it, on the node.
        return if prefix.ends_with(b"conmon") { None } else { Some((id, hint_of(prefix))) };
    }
    // A bare id is a directory, never a unit.
    let id = id_of(component)?;
    Some((id, if parent == b"docker" { Some(RuntimeHint::Docker) } else { None }))
}

fn hint_of(prefix: &[u8]) -> Option<RuntimeHint> {
    match prefix {
        b"cri-containerd" => Some(RuntimeHint::Containerd),
        b"crio" => Some(RuntimeHint::CriO),
        b"docker" => Some(RuntimeHint::Docker),
        b"libpod" | b"libpod-payload" => Some(RuntimeHint::Podman),
        _ => None,
    }
}

fn id_of(text: &[u8]) -> Option<String> {
    (text.len() == ID_LEN && text.iter().all(is_lower_hex)).then(|| text.to_str_lossy().into_owned())
}

fn is_lower_hex(byte: &u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

/// `pod<uid>` (cgroupfs) or `…-pod<uid>.slice` (systemd, where the dashes of the uid are underscores, because
/// a dash in a slice's name is a level).
fn pod_uid_of(component: &[u8]) -> Option<String> {
    let uid = match component.strip_suffix(b".slice") {
        Some(slice) => {
            let last = slice.rsplit_once_str(b"-").map_or(slice, |(_, last)| last);
            last.strip_prefix(b"pod")?.replace(b"_", b"-")
        }
        None => component.strip_prefix(b"pod")?.to_vec(),
    };
    let uuid = uid.len() == 36
        && uid.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    let of_static_pod = uid.len() == 32 && uid.iter().all(is_lower_hex);
    (uuid || of_static_pod).then(|| uid.to_str_lossy().into_owned())
}

/// The unit that systemd put the path under: the first name below the slices, as `systemctl status PID` has
/// it.
fn unit_of(path: &BStr) -> Option<String> {
    let unit =
        path.split_str(b"/").find(|component| !component.is_empty() && !component.ends_with(b".slice"))?;
    // systemd puts `_` before a name that would clash with a file of the cgroup's own.
    let unit = unit.strip_prefix(b"_").unwrap_or(unit);
    let (stem, kind) = unit.rsplit_once_str(b".")?;
    let known: [&[u8]; 5] = [b"service", b"scope", b"socket", b"mount", b"swap"];
    if stem.is_empty() || !known.contains(&kind) {
        return None;
    }
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b":_-.\\@".contains(byte);
    (unit.len() < 256 && unit.iter().all(plain)).then(|| unit.to_str_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ID: &str = "4f3c2b1a00112233445566778899aabbccddeeff00112233445566778899aabb";
    const INNER: &str = "aaaabbbbccccdddd0000111122223333444455556666777788889999aaaabbbb";
    const UID: &str = "0b1ceb8e-5d0a-4a4e-9f0f-1f2e3d4c5b6a";

    fn container(path: &str) -> ContainerName {
        match parse(path.into()) {
            CgroupName::Container(name) => name,
            other => panic!("{path}: {other:?}"),
        }
    }

    fn named(runtime: Option<RuntimeHint>, pod_uid: Option<&str>) -> ContainerName {
        ContainerName { id: ID.into(), runtime, pod_uid: pod_uid.map(Into::into), outer: None }
    }

    #[test]
    fn names_that_runtimes_give() {
        let uid = UID.replace('-', "_");
        let containerd = Some(RuntimeHint::Containerd);
        let cases = [
            (
                format!(
                    "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{uid}.slice/cri-containerd-{ID}.scope"
                ),
                named(containerd, Some(UID)),
            ),
            (
                format!("/kubepods.slice/kubepods-pod{uid}.slice/cri-containerd-{ID}.scope"),
                named(containerd, Some(UID)),
            ),
            (
                format!("/kubepods-besteffort-pod{uid}.slice:cri-containerd:{ID}"),
                named(containerd, Some(UID)),
            ),
            (
                format!(
                    "/system.slice/containerd.service/kubepods-burstable-pod{uid}.slice:cri-containerd:{ID}"
                ),
                named(containerd, Some(UID)),
            ),
            (
                format!(
                    "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{uid}.slice/crio-{ID}.scope"
                ),
                named(Some(RuntimeHint::CriO), Some(UID)),
            ),
            (format!("/kubepods/burstable/pod{UID}/crio-{ID}"), named(Some(RuntimeHint::CriO), Some(UID))),
            (format!("/kubepods/burstable/pod{UID}/{ID}"), named(None, Some(UID))),
            (format!("/node/kubepods/besteffort/pod{UID}/{ID}"), named(None, Some(UID))),
            (format!("/docker/{ID}"), named(Some(RuntimeHint::Docker), None)),
            (format!("/system.slice/docker-{ID}.scope"), named(Some(RuntimeHint::Docker), None)),
            (format!("/system.slice:docker:{ID}"), named(Some(RuntimeHint::Docker), None)),
            (format!("/machine.slice/libpod-{ID}.scope"), named(Some(RuntimeHint::Podman), None)),
            (format!("/machine.slice/libpod-{ID}.scope/container"), named(Some(RuntimeHint::Podman), None)),
            (format!("/libpod_parent/libpod-{ID}"), named(Some(RuntimeHint::Podman), None)),
            (
                format!("/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-{ID}.scope"),
                named(Some(RuntimeHint::Podman), None),
            ),
            (format!("/system.slice/nerdctl-{ID}.scope"), named(None, None)),
            (format!("/default/{ID}"), named(None, None)),
        ];
        for (path, expected) in cases {
            assert_eq!(container(&path), expected, "{path}");
        }
    }

    #[test]
    fn static_pods_have_a_hash_for_a_uid() {
        let hash = "0123456789abcdef0123456789abcdef";
        let path = format!(
            "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{hash}.slice/crio-{ID}.scope"
        );
        assert_eq!(container(&path).pod_uid.as_deref(), Some(hash));
    }

    #[test]
    fn the_last_id_is_the_container() {
        let kind = container(&format!("/docker/{ID}/kubelet/kubepods/burstable/pod{UID}/{INNER}"));
        assert_eq!(kind.id, INNER);
        assert_eq!(kind.pod_uid.as_deref(), Some(UID));
        assert_eq!(kind.outer.as_deref(), Some(ID));
        assert_eq!(kind.runtime, None);
    }

    #[test]
    fn a_cgroup_made_inside_belongs_to_the_container() {
        assert_eq!(container(&format!("/kubepods/pod{UID}/{ID}/inner/deep")), named(None, Some(UID)));
    }

    #[test]
    fn what_is_no_container() {
        for path in [
            "/process_api/ea2ef13c7097b2a271276b822072f9a7".to_owned(),
            "/".to_owned(),
            String::new(),
            "/demo".to_owned(),
            "/default/web1".to_owned(),
            format!("/kubepods/burstable/pod{UID}"),
            format!("/docker/{}", ID.to_uppercase()),
            format!("/docker/{}", &ID[1..]),
            format!("/docker/{ID}0"),
            format!("/x:y:{ID}"),
        ] {
            assert_eq!(parse(path.as_str().into()), CgroupName::Plain, "{path}");
        }
    }

    #[test]
    fn units() {
        for (path, unit) in [
            ("/system.slice/sshd.service", "sshd.service"),
            ("/system.slice/sshd.service/sub", "sshd.service"),
            ("/system.slice/system-getty.slice/getty@tty1.service", "getty@tty1.service"),
            ("/user.slice/user-1000.slice/session-2.scope", "session-2.scope"),
            ("/user.slice/user-1000.slice/user@1000.service/app.slice/x.service", "user@1000.service"),
            ("/init.scope", "init.scope"),
            ("/system.slice/_cgroup.procs.service", "cgroup.procs.service"),
            (r"/system.slice/run-rpc\x2dpipe.mount", r"run-rpc\x2dpipe.mount"),
        ] {
            assert_eq!(parse(path.into()), CgroupName::Unit(unit.into()), "{path}");
        }
        for path in
            ["/system.slice", "/system.slice/.service", "/system.slice/a b.service", "/x/sshd.service"]
        {
            assert_eq!(parse(path.into()), CgroupName::Plain, "{path}");
        }
    }

    #[test]
    fn the_monitor_of_a_container_is_not_in_it() {
        let path = format!("/machine.slice/libpod-conmon-{ID}.scope");
        assert_eq!(parse(path.as_str().into()), CgroupName::Unit(format!("libpod-conmon-{ID}.scope")));
        let path = format!("/kubepods/pod{UID}/crio-conmon-{ID}");
        assert_eq!(parse(path.as_str().into()), CgroupName::Plain);
    }

    fn ids() -> impl Strategy<Value = String> {
        "[0-9a-f]{64}"
    }

    fn uids() -> impl Strategy<Value = String> {
        "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    }

    proptest! {
        #[test]
        fn never_panics(path in prop::collection::vec(any::<u8>(), 0..300)) {
            parse(path.as_slice().into());
        }

        #[test]
        fn never_panics_on_near_misses(path in "(/|:|-|\\.scope|\\.slice|pod|crio|[0-9a-f]{31,66}|_|docker){0,12}") {
            if let CgroupName::Container(name) = parse(path.as_str().into()) {
                prop_assert_eq!(name.id.len(), ID_LEN);
                prop_assert!(path.contains(&name.id));
            }
        }

        #[test]
        fn names_come_back(
            id in ids(),
            uid in uids(),
            class in "(burstable|besteffort)",
            below in "(/[a-z.]{1,12}){0,3}",
            above in "(/[a-z.]{1,12}){0,2}",
        ) {
            let under = uid.replace('-', "_");
            let slice = format!("kubepods.slice/kubepods-{class}.slice/kubepods-{class}-pod{under}.slice");
            for (path, runtime) in [
                (format!("{above}/{slice}/cri-containerd-{id}.scope{below}"), Some(RuntimeHint::Containerd)),
                (format!("{above}/{slice}/crio-{id}.scope{below}"), Some(RuntimeHint::CriO)),
                (format!("{above}/kubepods-{class}-pod{under}.slice:cri-containerd:{id}{below}"), Some(RuntimeHint::Containerd)),
                (format!("{above}/kubepods/{class}/pod{uid}/{id}{below}"), None),
                (format!("{above}/kubepods/{class}/pod{uid}/crio-{id}{below}"), Some(RuntimeHint::CriO)),
            ] {
                let expected =
                    ContainerName { id: id.clone(), runtime, pod_uid: Some(uid.clone()), outer: None };
                prop_assert_eq!(parse(path.as_str().into()), CgroupName::Container(expected));
            }
            for (path, runtime) in [
                (format!("{above}/docker/{id}{below}"), RuntimeHint::Docker),
                (format!("{above}/system.slice/docker-{id}.scope{below}"), RuntimeHint::Docker),
                (format!("{above}/machine.slice/libpod-{id}.scope{below}"), RuntimeHint::Podman),
                (format!("{above}/libpod_parent/libpod-{id}{below}"), RuntimeHint::Podman),
            ] {
                let expected =
                    ContainerName { id: id.clone(), runtime: Some(runtime), pod_uid: None, outer: None };
                prop_assert_eq!(parse(path.as_str().into()), CgroupName::Container(expected));
            }
        }

        #[test]
        fn other_names_give_no_id(path in "(/[a-z0-9_.@:-]{0,40}){0,6}") {
            prop_assert!(!matches!(parse(path.as_str().into()), CgroupName::Container(_)));
        }
    }
}
