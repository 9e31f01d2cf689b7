//! The rules on made events: each deed, and its innocent twins.

use super::testing::*;
use super::*;
use crate::event::*;

const SHELL: &[&str] = &["shell-in-container"];
const ROOT: &[&str] = &["root-process"];
const EGRESS: &[&str] = &["undeclared-egress"];
const SECRET: &[&str] = &["secret-read"];
const NONE: &[&str] = &[];

fn only(mut findings: Vec<Finding>) -> Finding {
    assert_eq!(findings.len(), 1, "{:?}", findings.iter().map(|finding| &finding.why).collect::<Vec<_>>());
    findings.remove(0)
}

#[test]
fn a_shell_is_one_finding_and_its_repeats_are_counted() {
    let mut detector = detector("");
    let deed = run(busybox(&["sh", "-c", "id"]));
    let first = only(deed.exec(&mut detector));
    assert_eq!(
        (first.rule, first.count, first.seq, first.severity),
        ("shell-in-container", 1, 1, Severity::High)
    );
    assert_eq!(
        first.why,
        "the shell `sh` (an applet of busybox; the file is `/bin/busybox`) ran `sh -c id` without a terminal, started by \
         `nginx` of the container, a program that is no shell"
    );
    assert_eq!(first.ancestors.len(), 1);
    assert_eq!(first.tags.attack, ["T1059.004", "T1609"]);

    let mut later = deed.clone();
    later.unix_ns += 5;
    let again = only(later.exec(&mut detector));
    assert_eq!((again.id.clone(), again.count, again.seq), (first.id.clone(), 2, 2));
    assert_eq!((again.first_unix_ns, again.last_unix_ns), (deed.unix_ns, deed.unix_ns + 5));

    // Another run of the agent, another container of the same name in the same pod: the same finding.
    let mut restarted = deed.clone();
    restarted.container = Arc::new(Container { id: "beef".into(), ..container() });
    assert_eq!(only(restarted.exec(&mut testing::detector(""))).id, first.id);
    // Other arguments, or another pod, are another one.
    assert_ne!(only(run(busybox(&["sh", "-c", "ls"])).exec(&mut detector)).id, first.id);
    let mut other = deed.clone();
    let pod = Pod { uid: "u-2".into(), ..container().pod.unwrap() };
    other.container = Arc::new(Container { pod: Some(pod), ..container() });
    assert_ne!(only(other.exec(&mut detector)).id, first.id);
}

#[test]
fn how_a_shell_came_to_be() {
    let sh = || run(busybox(&["sh"]));
    let severity = |maker: Maker| only(maker.exec(&mut detector(""))).severity;
    assert_eq!(severity(sh().origin(Origin::Entrypoint)), Severity::Low);
    assert_eq!(severity(sh().origin(Origin::ExecInto)), Severity::Medium);
    assert_eq!(severity(sh().origin(Origin::ExecInto).tty()), Severity::High);
    assert_eq!(severity(sh().origin(Origin::Unknown)), Severity::Medium);
    assert_eq!(severity(sh()), Severity::High);
    let mut of_shell = sh();
    of_shell.parent = Some(busybox(&["ash"]));
    assert_eq!(severity(of_shell), Severity::Medium);
    let mut of_nobody = sh();
    of_nobody.parent = None;
    assert_eq!(severity(of_nobody), Severity::Medium);
    assert_eq!(severity_with(sh(), "rules: {shell-in-container: {severity: critical}}"), Severity::Critical);
}

fn severity_with(maker: Maker, yaml: &str) -> Severity {
    only(maker.exec(&mut detector(yaml))).severity
}

#[test]
fn shells_in_disguise() {
    let mut detector = detector("");
    let shell = Some(ProgramKind::Shell("dash"));
    let multi = Some(ProgramKind::Multicall("busybox"));
    let other = Some(ProgramKind::Other);
    let unknown = Some(ProgramKind::Unidentified("gone"));
    for image in [
        image(shell, "/tmp/innocent", &["innocent"]),
        image(multi, "/tmp/busybox2", &["/tmp/busybox2", "sh", "-c", "id"]),
        image(multi, "/tmp/x", &["-sh"]),
        image(multi, "/tmp/x", &["/usr/local/bin/ash"]),
        image(multi, "/bin/busybox", &["busybox", "busybox", "/x/hush"]),
        image(Some(ProgramKind::Multicall("toybox")), "/bin/toybox", &["toybox", "sh"]),
        image(unknown, "/bin/busybox", &["sh"]),
        image(unknown, "/bin/zsh-5.9", &["zsh"]),
        image(None, "/usr/bin/bash-static", &["x"]),
        image(other, "/lib64/ld-linux-x86-64.so.2", &["ld.so", "--argv0", "x", "/bin/bash", "-c", "id"]),
    ] {
        assert_eq!(rules(&run(image.clone()).exec(&mut detector)), SHELL, "{image:?}");
    }
    for image in [
        image(other, "/usr/bin/sh", &["sh", "-c", "id"]),
        image(other, "/usr/bin/python3", &["bash"]),
        image(multi, "/bin/busybox", &["sleep", "9"]),
        image(multi, "/bin/busybox", &["busybox", "sleep", "sh"]),
        image(multi, "/bin/busybox", &["busybox", "--list"]),
        image(multi, "/bin/busybox", &["busybox"]),
        image(unknown, "/usr/bin/sshd", &["sshd"]),
        image(unknown, "/usr/bin/shuf", &["-sh"]),
        image(other, "/lib64/ld-linux-x86-64.so.2", &["ld.so", "/bin/cat", "bash"]),
        image(None, "", &[]),
    ] {
        assert_eq!(rules(&run(image.clone()).exec(&mut detector)), NONE, "{image:?}");
    }
}

#[test]
fn a_script_is_reported_by_its_name() {
    let mut script = busybox(&["/bin/sh", "/app/start.sh"]);
    script.flags.script = true;
    script.filename = "/app/start.sh".into();
    let finding = only(run(script.clone()).exec(&mut detector("")));
    assert!(finding.why.starts_with("the script `/app/start.sh` for the shell `sh`"), "{}", finding.why);
    // A script of something else, called like a shell.
    let mut python =
        image(Some(ProgramKind::Unidentified("gone")), "/usr/bin/python3", &["python3", "/app/sh"]);
    python.flags.script = true;
    python.filename = "/app/sh".into();
    assert_eq!(rules(&run(python).exec(&mut detector(""))), NONE);
}

#[test]
fn only_containers_matter_and_never_the_runtimes_helper() {
    let mut detector = detector("egress: {default: deny}");
    let mut maker = run(busybox(&["sh"])).root();
    maker.origin = Origin::Runtime;
    assert_eq!(rules(&maker.exec(&mut detector)), NONE);
    assert_eq!(rules(&maker.open(&mut detector, "/etc/shadow")), NONE);
    maker.origin = Origin::Spawned;
    for subject in [Subject::Host(Arc::new(Host::default())), Subject::Unknown(Arc::new(Unknown::default()))]
    {
        maker.subject = Some(subject);
        assert_eq!(rules(&maker.exec(&mut detector)), NONE);
        assert_eq!(rules(&maker.open(&mut detector, "/etc/shadow")), NONE);
        assert_eq!(rules(&maker.connect(&mut detector, "1.1.1.1:443")), NONE);
    }
    let loss = Event {
        seq: 1,
        boot_ns: 0,
        unix_ns: 0,
        actor: None,
        deed: Deed::Loss(Loss { stage: "kernel", hook: "", lost: 1, total: 1 }),
    };
    assert!(detector.inspect(&Arc::new(loss), &Vec::new).is_empty());
}

#[test]
fn root_and_its_twins() {
    let mut detector = detector("");
    let sleep = || run(busybox(&["sleep", "9"]));
    let finding = only(sleep().root().exec(&mut detector));
    assert_eq!((finding.rule, finding.severity), ("root-process", Severity::Medium));
    assert_eq!(
        finding.why,
        "`sleep` ran `sleep 9` as root (uid 0), with no more capabilities than containers usually have"
    );
    assert_eq!(rules(&sleep().exec(&mut detector)), NONE);
    assert_eq!(rules(&sleep().uid(100_000, 100_000).exec(&mut detector)), NONE);
    // Arguments make no other finding; another applet of the same file does.
    assert_eq!(only(run(busybox(&["sleep", "8"])).root().exec(&mut detector)).count, 2);
    assert_eq!(only(run(busybox(&["id"])).root().exec(&mut detector)).count, 1);

    let mut set_uid = sleep().uid(1000, 0);
    set_uid.image.flags.secure_exec = true;
    let finding = only(set_uid.exec(&mut detector));
    assert_eq!(finding.severity, Severity::High);
    assert!(finding.why.contains("by a set-uid file, for uid 1000"), "{}", finding.why);
    let mut privileged = sleep().root();
    privileged.image.cap_effective = (1 << 41) - 1;
    let finding = only(privileged.exec(&mut detector));
    assert!(
        finding.severity == Severity::High && finding.why.contains("every capability"),
        "{}",
        finding.why
    );
    let mut admin = sleep().root();
    admin.image.cap_effective |= 1 << 21;
    assert!(only(admin.exec(&mut detector)).why.ends_with("beyond the usual: CAP_SYS_ADMIN"));
    let mut bare = sleep().root();
    bare.image.cap_effective = 0;
    assert_eq!(only(bare.exec(&mut detector)).severity, Severity::Low);
    let mut mapped = sleep().root();
    mapped.namespaces.user = 77;
    assert!(only(mapped.exec(&mut detector)).why.contains("user namespace"));
    // A root shell is both.
    assert_eq!(rules(&run(busybox(&["sh"])).root().exec(&mut detector)), [SHELL, ROOT].concat());
}

const LISTS: &str = "
egress:
  lists:
    - name: shop
      namespaces: [shop]
      allow:
        - {cidr: 10.0.0.0/8, ports: [443, 8000-8100], protocol: tcp}
        - {cidr: 'fd00::/8', ports: [443], protocol: tcp}
    - name: web
      containers: ['we*']
      allow: [{cidr: 203.0.113.7}]
    - name: elsewhere
      namespaces: [other]
      allow: [{cidr: 0.0.0.0/0}, {cidr: '::/0'}]
";

#[test]
fn egress_and_its_twins() {
    let mut detector = detector(LISTS);
    let curl = run(busybox(&["wget", "x"]));
    for to in [
        "10.1.2.3:443",
        "10.1.2.3:8050",
        "[fd00::1]:443",
        "203.0.113.7:9",
        "127.0.0.1:9",
        "[::1]:9",
        "0.0.0.0:9",
        "10.9.9.9:1",
    ] {
        assert_eq!(rules(&curl.connect(&mut detector, to)), NONE, "{to}");
    }
    for to in ["203.0.113.7:9", "10.96.0.10:53", "[fd00::53]:53", "127.0.0.53:53", "169.254.20.10:53"] {
        assert_eq!(rules(&curl.send(&mut detector, to)), NONE, "{to}");
    }
    for (to, severity) in [
        ("203.0.113.8:443", Severity::High),
        ("10.1.2.3:80", Severity::Medium),
        ("[2001:db8::7]:443", Severity::High),
        ("[fd00::1]:80", Severity::Medium),
    ] {
        let finding = only(curl.connect(&mut detector, to));
        assert_eq!((finding.rule, finding.severity), (EGRESS[0], severity), "{to}");
    }
    assert_eq!(rules(&curl.send(&mut detector, "10.1.2.3:443")), EGRESS, "udp isn't tcp");
    assert_eq!(rules(&curl.send(&mut detector, "8.8.8.8:53")), EGRESS, "a resolver out in the world");

    let finding = only(curl.connect(&mut detector, "[2001:db8::7]:443"));
    assert_eq!(finding.count, 2);
    assert_eq!(
        finding.why,
        "`wget` connected to [2001:db8::7]:443 (tcp), which no list that holds this container declares: shop, web"
    );
    let refused = Connect {
        conn: 0,
        flow: flow(Protocol::Tcp, "198.51.100.1:1"),
        error: Some(101),
        callers_word: true,
    };
    let finding = only(curl.give(&mut detector, Deed::Connect(refused)));
    assert!(
        finding.why.contains("tried to reach 198.51.100.1:1") && finding.why.contains("errno 101"),
        "{}",
        finding.why
    );
    // What became of it is no finding of its own.
    let outcome = Outcome { conn: 1, flow: refused.flow, result: ConnectResult::Refused, took_ns: 1 };
    assert_eq!(rules(&curl.give(&mut detector, Deed::Outcome(outcome))), NONE);
}

#[test]
fn who_is_held() {
    let mut stranger = run(busybox(&["wget"]));
    stranger.container = Arc::new(Container { id: "1".into(), name: "db".into(), ..Container::default() });
    let to = "198.51.100.1:443";
    assert_eq!(rules(&stranger.connect(&mut detector(LISTS), to)), NONE);
    assert_eq!(rules(&stranger.connect(&mut detector(""), to)), NONE);
    let deny = LISTS.replace("egress:", "egress:\n  default: deny");
    let finding = only(stranger.connect(&mut detector(&deny), to));
    assert!(finding.why.contains("none selects this container"), "{}", finding.why);
    stranger.namespaces.net = HOST.net;
    assert_eq!(rules(&stranger.connect(&mut detector(&deny), to)), NONE);
    // A list holds what it selects, on the host's network too.
    let mut web = run(busybox(&["wget"]));
    web.namespaces.net = HOST.net;
    assert_eq!(rules(&web.connect(&mut detector(LISTS), to)), EGRESS);
    let declared = LISTS.replace("egress:", "egress:\n  dns: declared");
    assert_eq!(rules(&web.send(&mut detector(&declared), "10.96.0.10:53")), EGRESS);
}

#[test]
fn secrets_wherever_they_are_mounted() {
    let mounts: &[(&str, &str, Option<SecretMount>)] = &[
        ("overlay", "/", None),
        (
            "/var/lib/kubelet/pods/u/volumes/kubernetes.io~secret/c",
            "/app/creds",
            Some(SecretMount::KubernetesSecret),
        ),
        ("/x", "/app/creds/cache", None),
        ("/p", "/var/run/secrets/kubernetes.io/serviceaccount", Some(SecretMount::Projected)),
        ("/var/lib/kubelet/pods/u/volumes/kubernetes.io~configmap/c", "/app/config", None),
        ("/s", "/one.txt", Some(SecretMount::RunSecrets)),
    ];
    let cat = || run(busybox(&["cat", "x"])).on(mounts);
    let mut detector = detector("secrets: {mounts: [/app/config/keys]}");
    for path in [
        "/app/creds/password",
        "/app/creds/..2026_11_25_01_02_03.12/password",
        "/run/secrets/kubernetes.io/serviceaccount/..2026_11_25_01_02_03.12/token",
        "/var/run/secrets/kubernetes.io/serviceaccount/token",
        "/one.txt",
        "/app/config/keys/a",
        "/etc/shadow",
        "/mnt/kubelet/pods/u/volumes/kubernetes.io~secret/s/key",
    ] {
        let finding = only(cat().open(&mut detector, path));
        assert_eq!((finding.rule, finding.severity), (SECRET[0], Severity::High), "{path}");
    }
    for path in [
        "/etc/passwd",
        "/app/credsx/password",
        "/app/creds/cache/x",
        "/app/creds/tls.crt",
        "/app/config/settings",
        "/run/secrets/kubernetes.io/serviceaccount/ca.crt",
        "/run/secrets/kubernetes.io/serviceaccount/..2026_11_25_01_02_03.12/namespace",
        "/one.txt.bak",
    ] {
        assert_eq!(rules(&cat().open(&mut detector, path)), NONE, "{path}");
    }
    // A rotated token is the same finding.
    let rotated = "/app/creds/..2027_01_01_00_00_00.77/password";
    let finding = only(cat().open(&mut detector, rotated));
    assert_eq!(finding.count, 3);
    assert_eq!(
        finding.why,
        "`cat` opened `/app/creds/password` for reading: on a Kubernetes Secret volume, mounted at `/app/creds`. The \
         reader is a tool that shows, copies or sends files"
    );
}

#[test]
fn of_a_container_that_ended_too_soon_a_volumes_name_is_left_to_go_by() {
    let mut detector = detector("");
    let cat = run(busybox(&["cat", "x"]));
    let open = |path: &str, mount_root: &str| {
        Deed::Open(Open { path: path.into(), mount_root: mount_root.into(), ..Open::default() })
    };
    assert_eq!(rules(&cat.give(&mut detector, open("/app/creds/token", "/srv/x"))), SECRET);
    // On no volume, by another name, or nothing that is secret.
    assert_eq!(rules(&cat.give(&mut detector, open("/app/creds/other", "/"))), NONE);
    assert_eq!(rules(&cat.give(&mut detector, open("/app/config/token", "/srv/x"))), NONE);
    // Where the mounts are known, they decide.
    let known = run(busybox(&["cat", "x"])).on(&[("/srv", "/app", None)]);
    let findings = known.give(&mut detector, open("/app/creds/token", "/srv/x"));
    assert_eq!(rules(&findings), NONE);
}

#[test]
fn secrets_that_no_path_tells_of() {
    let mut detector = detector("");
    let cat = run(busybox(&["cat", "x"]));
    let open = |change: fn(&mut Open)| {
        let mut open = Open { path: "/srv/x".into(), mount_root: "/".into(), ..Open::default() };
        change(&mut open);
        Deed::Open(open)
    };
    assert_eq!(rules(&cat.give(&mut detector, open(|_| {}))), NONE);
    assert_eq!(rules(&cat.give(&mut detector, open(|open| open.on_secret_mount = true))), SECRET);
    let by_root: fn(&mut Open) =
        |open| open.mount_root = "/var/lib/kubelet/pods/u/volumes/kubernetes.io~secret/s".into();
    assert_eq!(rules(&cat.give(&mut detector, open(by_root))), SECRET);
}

#[test]
fn who_reads_a_secret() {
    let mounts: &[(&str, &str, Option<SecretMount>)] =
        &[("/s", "/app/creds", Some(SecretMount::KubernetesSecret))];
    let app = || run(image(Some(ProgramKind::Other), "/app/server", &["server"])).on(mounts);
    let severity = |maker: Maker, path: &str| only(maker.open(&mut detector(""), path)).severity;
    assert_eq!(severity(app(), "/app/creds/a"), Severity::Low);
    assert_eq!(severity(app().origin(Origin::Entrypoint), "/app/creds/a"), Severity::Low);
    assert_eq!(severity(app().origin(Origin::ExecInto), "/app/creds/a"), Severity::High);
    assert_eq!(severity(app().origin(Origin::Unknown), "/app/creds/a"), Severity::Medium);
    assert_eq!(severity(app(), "/etc/shadow"), Severity::Medium);
    let shell = run(image(Some(ProgramKind::Shell("bash")), "/tmp/x", &["x"]));
    assert_eq!(severity(shell, "/root/.aws/credentials"), Severity::High);
    let su = run(image(Some(ProgramKind::Other), "/bin/su", &["su"]));
    assert_eq!(severity(su, "/etc/shadow"), Severity::Low);
}

#[test]
fn exceptions_keep_quiet_until_they_expire() {
    let yaml = "
rules:
  shell-in-container:
    exceptions:
      - {reason: health check, containers: [web], programs: [sh], args: ['-c', 'id*'], expires: 2026-12-31}
  undeclared-egress:
    exceptions:
      - {reason: backup, destinations: [198.51.100.0/24], ports: [22]}
  secret-read:
    exceptions:
      - {reason: sync, namespaces: [shop], paths: ['/etc/sh*']}
  root-process: {enabled: false}
";
    let mut detector = detector(&(LISTS.to_owned() + yaml));
    let last_moment = 1_798_761_599_999_999_999; // 2026-12-31T23:59:59.999999999Z
    let mut sh = run(busybox(&["sh", "-c", "id -u"])).root();
    sh.unix_ns = last_moment;
    assert_eq!(rules(&sh.exec(&mut detector)), NONE);
    sh.unix_ns += 1;
    assert_eq!(rules(&sh.exec(&mut detector)), SHELL);
    let mut other = run(busybox(&["sh", "-c", "ls"]));
    other.unix_ns = last_moment;
    assert_eq!(rules(&other.exec(&mut detector)), SHELL);

    let ssh = run(busybox(&["nc"]));
    assert_eq!(rules(&ssh.connect(&mut detector, "198.51.100.9:22")), NONE);
    assert_eq!(rules(&ssh.connect(&mut detector, "198.51.100.9:23")), EGRESS);
    assert_eq!(rules(&ssh.open(&mut detector, "/etc/shadow")), NONE);
    assert_eq!(rules(&ssh.open(&mut detector, "/etc/gshadow")), SECRET);

    let counters: Vec<_> =
        detector.counters().map(|(_, counters)| (counters.findings, counters.suppressed)).collect();
    assert_eq!(counters, [(2, 1), (0, 0), (1, 1), (1, 1)]);
    assert_eq!(detector.table().entries, 4);
}

#[test]
fn foreign_text_is_escaped() {
    let finding = only(run(busybox(&["sh", "-c", "echo \x1b[31m\nred"])).exec(&mut detector("")));
    assert!(finding.why.contains(r"echo \x1b[31m\x0ared"), "{}", finding.why);
}
