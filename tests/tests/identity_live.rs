//! Real containers of every kind, and what the resolver says of each.

#![allow(clippy::unwrap_used, reason = "a test's helpers fail as the test does")]

use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lunette::enrich::identity::{Answer, IdentityConfig, LookUp, Request, Resolver};
use lunette::event::{Container, SecretMount, Subject};
use lunette_tests::containerd::{self, Containerd};
use lunette_tests::cri::{ContainerSpec, Cri, Network, PodSpec};
use lunette_tests::runc::{self, Bundle, Spec};
use lunette_tests::{needs, node};

const UID: &str = "0b1ceb8e-5d0a-4a4e-9f0f-1f2e3d4c5b6a";
const UID_OWN: &str = "1b1ceb8e-5d0a-4a4e-9f0f-1f2e3d4c5b6a";

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(Into::into).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect()
}

fn resolver(containerd: &Containerd) -> Resolver {
    let socket = containerd.socket().display().to_string();
    Resolver::new(&IdentityConfig {
        cri_endpoints: Some(vec![socket.clone()]),
        containerd_endpoints: Some(vec![format!("unix://{socket}")]),
        runc_roots: vec![format!("{}/*", containerd.runc_root().display())],
        ..IdentityConfig::default()
    })
}

/// By path, as the first record of a cgroup has it, and by id alone: both must give the same.
async fn resolve(resolver: &Resolver, pid: u32) -> Answer {
    let path = node::cgroup_of(pid).unwrap();
    let cgroup = node::cgroup_id(&path).unwrap();
    let begun = Instant::now();
    let answer = resolver.resolve(Request { cgroup, path: Some(path.clone().into()) }).await;
    println!("{path}: {:?}", begun.elapsed());
    let by_id = resolver.resolve(Request { cgroup, path: None }).await;
    assert_eq!(by_id.path, path);
    match (&answer.subject, &by_id.subject) {
        (Subject::Container(one), Subject::Container(other)) => assert_eq!(one, other),
        (Subject::Host(one), Subject::Host(other)) => assert_eq!(one, other),
        other => panic!("{other:?}"),
    }
    answer
}

async fn container(resolver: &Resolver, pid: u32) -> Arc<Container> {
    match resolve(resolver, pid).await.subject {
        Subject::Container(container) => container,
        other => panic!("no container: {other:?}"),
    }
}

fn source<'a>(container: &'a Container, part: &str) -> &'a str {
    container.sources.iter().find(|(known, _)| *known == part).map_or("", |(_, source)| source)
}

fn secret(container: &Container, destination: &str) -> Option<SecretMount> {
    let mount = container.mounts.iter().find(|mount| mount.destination == destination);
    mount.unwrap_or_else(|| panic!("no mount at {destination}: {:?}", container.mounts)).secret
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pods_and_plain_containers_of_containerd() {
    needs!(containerd::PROGRAMS);
    let containerd = Containerd::start().unwrap();
    let resolver = resolver(&containerd);
    let cri = Cri::new(&containerd.socket());

    // Volumes where kubelet would put them.
    let pod_dir = containerd.directory().join("kubelet/pods").join(UID);
    let volume = |kind: &str, name: &str| {
        let path = pod_dir.join("volumes").join(kind).join(name);
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("file"), "x").unwrap();
        path.display().to_string()
    };
    let token = volume("kubernetes.io~projected", "kube-api-access");
    let creds = volume("kubernetes.io~secret", "db");
    let settings = volume("kubernetes.io~configmap", "settings");

    let pod = cri
        .run_pod(PodSpec {
            name: "web-0".into(),
            namespace: "shop".into(),
            uid: UID.into(),
            labels: pairs(&[("app", "web")]),
            network: Network::Node,
        })
        .unwrap();
    let id = pod
        .run(ContainerSpec {
            name: "main".into(),
            image: containerd.image.name.clone(),
            command: words("/bin/sleep 1000"),
            mounts: pairs(&[
                (&token, "/var/run/secrets/kubernetes.io/serviceaccount"),
                (&creds, "/app/config"),
                (&settings, "/app/settings"),
            ]),
            env: pairs(&[("PASSWORD", "hunter2")]),
            ..ContainerSpec::default()
        })
        .unwrap();
    let pid = pod.pid(&id).unwrap();

    let found = container(&resolver, pid).await;
    assert_eq!(found.id, id);
    assert_eq!((found.name.as_str(), source(&found, "name")), ("main", "cri"));
    assert_eq!(found.runtime, "containerd");
    assert_eq!(found.image, containerd.image.name);
    assert_eq!(found.image_digest, containerd.image.id, "never pulled: all the CRI has is the image's id");
    assert_eq!(source(&found, "image_digest"), "cri-image-id");
    let its_pod = found.pod.as_ref().unwrap();
    assert_eq!(
        (its_pod.name.as_str(), its_pod.namespace.as_str(), its_pod.uid.as_str()),
        ("web-0", "shop", UID)
    );
    assert_eq!(its_pod.labels, pairs(&[("app", "web")]));
    assert_eq!(found.init_pid, pid);
    assert!(found.rootfs.starts_with('/'), "{}", found.rootfs);
    assert_eq!(secret(&found, "/var/run/secrets/kubernetes.io/serviceaccount"), Some(SecretMount::Projected));
    assert_eq!(secret(&found, "/app/config"), Some(SecretMount::KubernetesSecret));
    assert_eq!(secret(&found, "/app/settings"), None);
    assert_eq!(found.missing, []);
    assert!(!format!("{found:?}").contains("hunter2"));

    // The pod's sandbox.
    let sandbox = container(&resolver, pod.pid(&pod.id).unwrap()).await;
    assert_eq!(sandbox.id, pod.id);
    assert_eq!(sandbox.pod.as_ref().unwrap().name, "web-0");
    assert_eq!(sandbox.image, containerd.image.name);
    let why = "it is its pod's sandbox, which has no name of its own";
    assert_eq!(sandbox.missing, [("name", why.to_owned())]);

    // Without the CRI, containerd's own API still has name, image, pod and mounts.
    let socket = containerd.socket().display().to_string();
    let without_cri = Resolver::new(&IdentityConfig {
        cri_endpoints: Some(Vec::new()),
        containerd_endpoints: Some(vec![socket.clone()]),
        runc_roots: Vec::new(),
        ..IdentityConfig::default()
    });
    let plainer = container(&without_cri, pid).await;
    assert_eq!((plainer.name.as_str(), source(&plainer, "name")), ("main", "containerd"));
    assert_eq!(plainer.image, containerd.image.name);
    assert_eq!(plainer.image_digest, containerd.image.digest);
    assert_eq!(plainer.pod.as_ref().unwrap().name, "web-0");
    assert_eq!(secret(&plainer, "/app/config"), Some(SecretMount::KubernetesSecret));
    assert_eq!(plainer.missing.iter().map(|(part, _)| *part).collect::<Vec<_>>(), ["pod_labels", "rootfs"]);

    // A pod with addresses of its own.
    let own = cri
        .run_pod(PodSpec {
            name: "own-0".into(),
            namespace: "shop".into(),
            uid: UID_OWN.into(),
            network: Network::Own,
            ..PodSpec::default()
        })
        .unwrap();
    assert!(own.addresses.iter().any(|address| address.contains('.')), "{:?}", own.addresses);
    assert!(own.addresses.iter().any(|address| address.contains(':')), "{:?}", own.addresses);
    let other = own
        .run(ContainerSpec {
            name: "other".into(),
            image: containerd.image.name.clone(),
            command: words("/bin/sleep 1000"),
            uid: Some(1000),
            ..ContainerSpec::default()
        })
        .unwrap();
    assert_eq!(own.exec(&other, &["id", "-u"]).unwrap().stdout.trim(), "1000");
    let found = container(&resolver, own.pid(&other).unwrap()).await;
    assert_eq!((found.name.as_str(), found.pod.as_ref().unwrap().name.as_str()), ("other", "own-0"));

    // A container that only containerd knows.
    let mount = containerd.directory().join("srv-token");
    fs::create_dir(&mount).unwrap();
    let mount = mount.display().to_string();
    let web1 = containerd.run("default", "web1", &[(&mount, "/app/creds")], &["/bin/sleep", "1000"]).unwrap();
    let found = container(&resolver, web1.pid).await;
    assert_eq!((found.id.as_str(), found.name.as_str()), ("web1", "web1"));
    assert_eq!(
        (found.runtime.as_str(), found.image.as_str()),
        ("containerd", containerd.image.name.as_str())
    );
    assert_eq!(found.image_digest, containerd.image.digest);
    assert_eq!(found.init_pid, web1.pid);
    assert_eq!(secret(&found, "/app/creds"), Some(SecretMount::Configured));
    assert_eq!(found.pod, None);
    assert_eq!(found.missing, []);

    // What is made inside a container by nobody that the node knows belongs to the pod, and that is all there
    // is to say.
    let inner = "ab".repeat(32);
    let path = format!("{}/docker/{inner}", node::cgroup_of(pid).unwrap());
    let answer = resolver.resolve(Request { cgroup: 1, path: Some(path.into()) }).await;
    let found = answer.subject.container().cloned().unwrap();
    assert_eq!((found.id.as_str(), found.name.as_str()), (inner.as_str(), ""));
    assert_eq!(
        (found.pod.as_ref().unwrap().name.as_str(), source(&found, "pod")),
        ("web-0", "outer-container")
    );
    assert!(found.missing.iter().any(|(part, why)| *part == "name" && why.contains(&id)), "{found:?}");

    // The daemon hangs: the files tell what they can, in time; it is asked again once it goes on.
    containerd.freeze(true);
    let path = node::cgroup_of(pid).unwrap();
    let begun = Instant::now();
    let LookUp { answer, provisional } =
        resolver.look_up(Request { cgroup: 1, path: Some(path.clone().into()) }).await;
    assert!(begun.elapsed() < Duration::from_millis(800), "{:?}", begun.elapsed());
    assert!(provisional);
    let found = answer.subject.container().cloned().unwrap();
    assert_eq!((found.name.as_str(), source(&found, "name"), found.init_pid), ("main", "runc", pid));
    assert_eq!(found.pod.as_ref().unwrap().name, "web-0", "runc has the CRI's annotations");
    containerd.freeze(false);
    let LookUp { answer, provisional } =
        resolver.look_up(Request { cgroup: 1, path: Some(path.into()) }).await;
    assert!(!provisional);
    assert_eq!(source(answer.subject.container().unwrap(), "name"), "cri");

    // Someone who is in no container.
    assert!(matches!(resolve_self(&resolver).await, Subject::Host(_)));

    let sources = resolver.sources();
    assert!(sources.iter().all(|source| source.available && source.error.is_empty()), "{sources:?}");
    assert!(sources.iter().all(|source| source.failures == u64::from(source.name != "runc")), "{sources:?}");
    drop((web1, own, pod));

    // The daemon goes: it is said so, and what the files tell stays known.
    drop(containerd);
    let path = format!("/kubepods/burstable/pod{UID}/{id}");
    let begun = Instant::now();
    let LookUp { answer, provisional } =
        resolver.look_up(Request { cgroup: 9, path: Some(path.into()) }).await;
    assert!(begun.elapsed() < Duration::from_millis(100), "there is nobody to wait for");
    assert!(provisional);
    let found = answer.subject.container().cloned().unwrap();
    assert_eq!((found.id.as_str(), found.pod.as_ref().unwrap().uid.as_str()), (id.as_str(), UID));
    assert!(found.missing.iter().any(|(part, why)| *part == "name" && why.contains("cri at ")), "{found:?}");
    assert!(resolver.sources().iter().all(|source| !source.available && !source.error.is_empty()));
}

async fn resolve_self(resolver: &Resolver) -> Subject {
    let path = node::cgroup_of(std::process::id()).unwrap();
    resolver.resolve(Request { cgroup: 1, path: Some(path.into()) }).await.subject
}

/// Waits until there is a cgroup of this path, and resolves it in its first moment, while the container is
/// still being made.
async fn resolve_as_it_appears(resolver: &Resolver, path: &str) -> Arc<Container> {
    let begun = Instant::now();
    while node::cgroup_id(path).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(20), "no cgroup {path}");
        tokio::task::yield_now().await;
    }
    let begun = Instant::now();
    let answer = resolver.resolve(Request { cgroup: 9, path: Some(path.into()) }).await;
    println!("{path}: {:?} after it appeared", begun.elapsed());
    match answer.subject {
        Subject::Container(container) => container,
        other => panic!("{other:?}"),
    }
}

/// The first events of a container come before anybody has written down that it exists.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn containers_that_are_just_being_made() {
    needs!(containerd::PROGRAMS);
    let containerd = Containerd::start().unwrap();
    let resolver = resolver(&containerd);
    let cri = Cri::new(&containerd.socket());
    let uid = "2b1ceb8e-5d0a-4a4e-9f0f-1f2e3d4c5b6a";
    let pod = cri
        .run_pod(PodSpec {
            name: "job-1".into(),
            namespace: "batch".into(),
            uid: uid.into(),
            ..PodSpec::default()
        })
        .unwrap();
    for attempt in 0..3 {
        let id = pod
            .create(ContainerSpec {
                name: format!("short-{attempt}"),
                image: containerd.image.name.clone(),
                command: words("/bin/sleep 1"),
                ..ContainerSpec::default()
            })
            .unwrap();
        let path = format!("{}/kubepods/burstable/pod{uid}/{id}", pod.cgroup_top());
        std::thread::scope(|scope| {
            let started = scope.spawn(|| pod.start(&id));
            let found = tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(resolve_as_it_appears(&resolver, &path))
            });
            started.join().unwrap().unwrap();
            assert_eq!(found.name, format!("short-{attempt}"));
            assert_eq!(found.pod.as_ref().unwrap().name, "job-1");
            assert_ne!(found.init_pid, 0, "{found:?}");
        });

        let id = format!("web{attempt}");
        let path = format!("/default/{id}");
        std::thread::scope(|scope| {
            let running = scope.spawn(|| containerd.run("default", &id, &[], &["/bin/sleep", "1000"]));
            let found = tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(resolve_as_it_appears(&resolver, &path))
            });
            let running = running.join().unwrap().unwrap();
            assert_eq!(
                (found.id.as_str(), found.image.as_str()),
                (id.as_str(), containerd.image.name.as_str())
            );
            assert_eq!(found.init_pid, running.pid);
        });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn containers_of_plain_runc_that_are_just_being_made() {
    needs!(runc::PROGRAMS);
    let root = tempfile::tempdir().unwrap();
    let bundle = Bundle::new(Some(root.path())).unwrap();
    let resolver = Resolver::new(&IdentityConfig {
        runc_roots: vec![root.path().display().to_string()],
        ..IdentityConfig::default()
    });
    for attempt in 0..5 {
        let id = format!("lunette-race-{}-{attempt}", std::process::id());
        let path = format!("/{id}");
        let spec = Spec { command: words("/bin/sleep 1000"), ..Spec::default() };
        std::thread::scope(|scope| {
            let running = scope.spawn(|| bundle.run(&id, &spec));
            let found = tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(resolve_as_it_appears(&resolver, &path))
            });
            let running = running.join().unwrap().unwrap();
            assert_eq!(found.id, id);
            assert_eq!(found.init_pid, running.pid().unwrap());
        });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn containers_that_only_runc_knows() {
    needs!(runc::PROGRAMS);
    let root = tempfile::tempdir().unwrap();
    let bundle = Bundle::new(Some(root.path())).unwrap();
    let resolver = Resolver::new(&IdentityConfig {
        runc_roots: vec![root.path().display().to_string()],
        ..IdentityConfig::default()
    });
    let token = bundle.directory().join("token");
    fs::create_dir(&token).unwrap();
    let id = format!("lunette-demo-{}", std::process::id());
    let demo = bundle
        .run(
            &id,
            &Spec {
                command: words("/bin/sleep 1000"),
                mounts: pairs(&[(&token.display().to_string(), "/app/creds")]),
                annotations: pairs(&[("org.opencontainers.image.ref.name", "demo:1")]),
                ..Spec::default()
            },
        )
        .unwrap();
    let found = container(&resolver, demo.pid().unwrap()).await;
    assert_eq!((found.id.as_str(), found.name.as_str()), (id.as_str(), id.as_str()));
    assert_eq!((found.runtime.as_str(), found.image.as_str()), ("runc", "demo:1"));
    assert_eq!(found.init_pid, demo.pid().unwrap());
    assert_eq!(found.rootfs, bundle.directory().join("rootfs").display().to_string());
    assert_eq!(secret(&found, "/app/creds"), Some(SecretMount::Configured));
    assert_eq!(found.missing, [("image_digest", "runc and crun keep no image digest".to_owned())]);

    // In a cgroup of another name, with one of its own below.
    let path = format!("/lunette-nested-{}/odd name/x", std::process::id());
    let odd = bundle
        .run(
            &format!("{id}-odd"),
            &Spec { command: words("/bin/sleep 1000"), cgroup: Some(path.clone()), ..Spec::default() },
        )
        .unwrap();
    let found = container(&resolver, odd.pid().unwrap()).await;
    assert_eq!(found.id, odd.id);
    let below =
        resolver.resolve(Request { cgroup: 9, path: Some(format!("{path}/made/inside").into()) }).await;
    assert_eq!(below.subject.container().unwrap().id, odd.id);
    let beside = resolver.resolve(Request { cgroup: 1, path: Some(format!("{path}y").into()) }).await;
    assert!(matches!(beside.subject, Subject::Host(_)), "{beside:?}");
    drop(odd);
    node::remove_cgroup(&format!("/lunette-nested-{}", std::process::id()));
}
