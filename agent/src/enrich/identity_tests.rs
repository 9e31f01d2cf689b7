use super::*;

const ID: &str = "4f3c2b1a00112233445566778899aabbccddeeff00112233445566778899aabb";
const UID: &str = "0b1ceb8e-5d0a-4a4e-9f0f-1f2e3d4c5b6a";

/// A resolver that can ask nobody.
fn alone() -> Resolver {
    Resolver::new(&IdentityConfig {
        cri_endpoints: Some(Vec::new()),
        containerd_endpoints: Some(Vec::new()),
        runc_roots: Vec::new(),
        docker_root: "/nonexistent".into(),
        lookup_timeout_ms: 30,
        ..IdentityConfig::default()
    })
}

async fn subject(path: &str) -> Subject {
    // The root's id: the one cgroup that is surely there.
    let LookUp { answer, provisional } =
        alone().look_up(Request { cgroup: 1, path: Some(path.into()) }).await;
    assert_eq!((answer.cgroup, answer.path), (1, BString::from(path)));
    assert!(!provisional);
    answer.subject
}

#[tokio::test]
async fn the_path_alone_gives_an_id_and_says_what_is_missing() {
    let path = format!("/kubepods/burstable/pod{UID}/crio-{ID}");
    let Subject::Container(container) = subject(&path).await else { panic!("no container") };
    assert_eq!((container.id.as_str(), container.runtime.as_str()), (ID, "cri-o"));
    assert_eq!(container.pod.as_ref().unwrap().uid, UID);
    assert_eq!(container.sources, [("id", "cgroup"), ("runtime", "cgroup"), ("pod_uid", "cgroup")]);
    let missing: Vec<_> = container.missing.iter().map(|(part, _)| *part).collect();
    assert_eq!(
        missing,
        ["name", "image", "image_digest", "labels", "pod", "pod_labels", "init_pid", "rootfs", "mounts"]
    );
    assert_eq!(container.missing[0].1, "no runtime on this node knows this container");
}

#[tokio::test]
async fn host_processes_are_host() {
    for (path, unit) in [
        ("/system.slice/sshd.service", Some("sshd.service")),
        ("/process_api/ea2ef13c7097b2a271276b822072f9a7", None),
        ("/", None),
        ("", None),
    ] {
        let Subject::Host(host) = subject(path).await else { panic!("{path}: not host") };
        assert_eq!(host.unit.as_deref(), unit);
        assert_eq!(host.cgroup_path, path);
    }
}

#[tokio::test]
async fn what_has_no_path_is_unknown() {
    let answer = alone().resolve(Request { cgroup: 0, path: None }).await;
    assert!(matches!(answer.subject, Subject::Unknown(_)));
    let answer = alone().resolve(Request { cgroup: NEVER, path: None }).await;
    let Subject::Unknown(unknown) = answer.subject else { panic!("{answer:?}") };
    assert!(unknown.reason.contains("gone"), "{}", unknown.reason);
}

/// An id that no cgroup has.
const NEVER: u64 = u64::MAX >> 2;

#[tokio::test]
async fn a_free_name_that_is_gone_may_have_been_a_container() {
    if cgroupfs::path_of(NEVER).is_err_and(|error| !error.gone) {
        // Not root: what is gone can't be told from what can't be seen.
        return;
    }
    let resolve =
        async |path: &str| alone().resolve(Request { cgroup: NEVER, path: Some(path.into()) }).await.subject;
    for path in ["/demo", "/system.slice/runc-demo.scope"] {
        let subject = resolve(path).await;
        let Subject::Unknown(unknown) = subject else { panic!("{path}: {subject:?}") };
        assert_eq!(unknown.cgroup_path, path);
    }
    assert!(matches!(resolve("/system.slice/backup.service").await, Subject::Host(_)));
    assert!(matches!(resolve(&format!("/docker/{ID}")).await, Subject::Container(_)));
}

#[test]
fn two_containers_are_not_mixed() {
    let container = |id: &str, source| Container {
        id: id.into(),
        name: id.into(),
        sources: vec![("id", source), ("name", source)],
        ..Container::default()
    };
    let known = Known { container: container("outer", "containerd"), cri_knows_more: false };
    let round = Round { containerd: Some(known), runc: Some(container("inner", "runc")), ..Round::default() };
    let together = round.put_together(None);
    assert_eq!((together.id.as_str(), together.name.as_str()), ("outer", "outer"));
    assert!(together.sources.iter().all(|(_, source)| *source == "containerd"));
}

#[test]
fn the_configuration_is_read_strictly() {
    let config: IdentityConfig =
        serde_json::from_str(r#"{"runc_roots": ["/x"], "cri_endpoints": []}"#).unwrap();
    assert_eq!(config.runc_roots, ["/x"]);
    assert_eq!(config.cri_endpoints, Some(Vec::new()));
    assert_eq!(config.lookup_timeout_ms, 500);
    assert!(serde_json::from_str::<IdentityConfig>(r#"{"runc_root": "/x"}"#).is_err());
}
