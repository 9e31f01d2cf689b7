use super::super::knows;
use super::*;

const STATE: &str = r#"{
    "id": "demo", "init_process_pid": 4242,
    "config": {
        "rootfs": "/bundle/rootfs",
        "labels": ["org.opencontainers.image.ref.name=demo=1", "bundle=/bundle"],
        "mounts": [{"source": "/srv/token", "destination": "/app/creds", "device": "bind"}]
    },
    "cgroup_paths": {
        "": "/sys/fs/cgroup/unified/demo",
        "memory": "/sys/fs/cgroup/memory/below/demo",
        "cpu": "/sys/fs/cgroup/cpu,cpuacct/demo",
        "name=systemd": "/sys/fs/cgroup/systemd/demo"
    }
}"#;

fn root_with(id: &str, state: &str) -> (tempfile::TempDir, Runc) {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("ns").join(id)).unwrap();
    fs::write(dir.path().join("ns").join(id).join("state.json"), state).unwrap();
    let runc = Runc::new(&[format!("{}/*", dir.path().display())]);
    (dir, runc)
}

/// Files made by anyone but root are believed only about their own slice.
fn as_root() -> bool {
    // SAFETY: no arguments, no memory.
    unsafe { libc::geteuid() == 0 }
}

#[test]
fn a_cgroup_finds_its_container() {
    if !as_root() {
        return;
    }
    let (_dir, runc) = root_with("demo", STATE);
    for path in ["/demo", "/demo/below/it", "/below/demo"] {
        let container = runc.container_of_cgroup(path.into()).expect(path);
        assert_eq!(container.id, "demo");
        assert_eq!(container.name, "demo");
        assert_eq!(container.image, "demo=1");
        assert_eq!(container.init_pid, 4242);
        assert_eq!(container.rootfs, "/bundle/rootfs");
        assert_eq!(container.mounts[0].destination, "/app/creds");
    }
    for path in ["/", "/demo2", "/other", "/unified/demo", "/memory/below/demo", "/below"] {
        assert!(runc.container_of_cgroup(path.into()).is_none(), "{path}");
    }
    let status = runc.status();
    assert!(status[0].available && status[0].lookups == 9 && status[0].failures == 0, "{status:?}");
}

#[test]
fn a_container_without_a_cgroup_of_its_own_takes_nobody_elses() {
    let state =
        r#"{"id":"x","config":{},"cgroup_paths":{"":"/sys/fs/cgroup/unified","pids":"/sys/fs/cgroup/pids"}}"#;
    let (_dir, runc) = root_with("x", state);
    for path in ["/", "/unified", "/pids", "/system.slice/sshd.service"] {
        assert!(runc.container_of_cgroup(path.into()).is_none(), "{path}");
    }
}

#[test]
fn names_with_what_json_escapes() {
    if !as_root() {
        return;
    }
    let state = r#"{"config":{},"cgroup_paths":{"":"/sys/fs/cgroup/a\u0026b"}}"#;
    let (_dir, runc) = root_with("x", state);
    assert!(runc.container_of_cgroup("/a&b".into()).is_some());
}

#[test]
fn a_user_speaks_only_for_their_own_slice() {
    let user = Root { path: "/run/user/1000/runc".into(), owner: 1000 };
    let root = Root { path: "/run/runc".into(), owner: 0 };
    let claims = |path: &str| {
        let directory = format!("/sys/fs/cgroup{path}");
        State::Runc(Box::new(serde_json::json!({"cgroup_paths": {"": directory}})))
    };
    let others = "/system.slice/sshd.service";
    assert!(claims(others).depth(others.into(), &user).is_none());
    assert!(claims(others).depth(others.into(), &root).is_some());
    let own = "/user.slice/user-1000.slice/user@1000.service/x";
    assert!(claims(own).depth(own.into(), &user).is_some());
    let another = "/user.slice/user-10000.slice/user@10000.service/x";
    assert!(claims(another).depth(another.into(), &user).is_none());
}

#[test]
fn damaged_files_are_reported_without_their_content() {
    let (_dir, runc) = root_with("demo", r#"{"config":{"labels":["hunter2"] "/demo" "#);
    assert!(runc.container_of_cgroup("/demo".into()).is_none());
    let status = &runc.status()[0];
    assert!(status.available && status.failures == 1, "{status:?}");
    assert!(status.error.contains("JSON") && !status.error.contains("hunter2"), "{}", status.error);
}

#[test]
fn crun_keeps_two_files() {
    if !as_root() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let container = dir.path().join("web");
    fs::create_dir(&container).unwrap();
    fs::write(container.join("status"), r#"{"pid":77,"cgroup-path":"/machine/web","rootfs":"/r"}"#).unwrap();
    fs::write(container.join("config.json"), r#"{"mounts":[{"source":"/s","destination":"/d"}]}"#).unwrap();
    let runc = Runc::new(&[dir.path().display().to_string()]);
    let found = runc.container_of_cgroup("/machine/web".into()).unwrap();
    assert_eq!((found.runtime.as_str(), found.init_pid, found.rootfs.as_str()), ("crun", 77, "/r"));
    assert_eq!(found.mounts.len(), 1);
    assert!(!knows(&found, part::IMAGE));
}

#[test]
fn ids_as_runc_allows_them() {
    assert!(is_id("a_B+c-d.e9"));
    assert!(!is_id("..") && !is_id("a/b") && !is_id("a b") && !is_id(&"x".repeat(256)));
}

#[test]
fn a_container_in_the_making_is_noticed() {
    if !as_root() {
        return;
    }
    let (dir, runc) = root_with("demo", STATE);
    assert!(!runc.is_making_one());
    fs::create_dir(dir.path().join("ns/next")).unwrap();
    assert!(runc.is_making_one());
    fs::write(dir.path().join("ns/next/state.json"), "{}").unwrap();
    assert!(!runc.is_making_one());
}
