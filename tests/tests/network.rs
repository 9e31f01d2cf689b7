//! What becomes of connections, and what is no connection.

#![allow(clippy::unwrap_used, reason = "a test's helpers fail as the test does")]

use std::collections::BTreeMap;
use std::time::Duration;

use lunette_proto::lunette::v1 as pb;
use lunette_tests::agent::Agent;
use lunette_tests::deeds::{self, USER, ip};
use lunette_tests::needs;
use lunette_tests::runc::{self, Bundle, Spec};
use pb::ConnectResult::{Abandoned, Established, Refused, TimedOut, Unreachable};
use pb::event::Deed;
use serde_json::json;

const LIMIT: Duration = Duration::from_secs(20);

/// Addresses behind a pair of interfaces whose far end is nobody: one has a neighbour's address, which doesn't answer,
/// the other hasn't.
fn make_a_void(pid: u32) {
    for arguments in [
        "link add v0 type veth peer name v1",
        "link set v0 up",
        "link set v1 up",
        // Who isn't there is found out before the connection is given up.
        "ntable change name arp_cache dev v0 mcast_probes 1 retrans 300",
        "ntable change name ndisc_cache dev v0 mcast_probes 1 retrans 300",
        "address add 192.0.2.65/28 dev v0",
        "address add 2001:db8:1:1::1/64 dev v0 nodad",
        "neigh add 192.0.2.66 lladdr 02:00:00:00:00:66 dev v0 nud permanent",
        "neigh add 2001:db8:1:1::66 lladdr 02:00:00:00:00:66 dev v0 nud permanent",
        "route add unreachable 192.0.2.128/25",
        "-6 route add unreachable 2001:db8:1:2::/64",
    ] {
        ip(pid, arguments).unwrap();
    }
}

/// By destination, what `connect` said, and what became of it.
type Connections = BTreeMap<String, (pb::Connect, Option<pb::ConnectResult>)>;

#[test]
fn every_outcome_in_both_families() {
    needs!(runc::PROGRAMS);
    needs!(deeds::PROGRAMS);
    let root = tempfile::tempdir().unwrap();
    let bundle = Bundle::new(Some(root.path())).unwrap();
    let id = format!("lunette-net-{}", std::process::id());
    let spec = Spec {
        command: ["probe", "serve", "[::]:9000"].map(Into::into).into(),
        uid: USER,
        // A connection to nobody is given up after two packets.
        sysctls: vec![("net.ipv4.tcp_syn_retries".into(), "1".into())],
        ..Spec::default()
    };
    let running = bundle.run(&id, &spec).unwrap();
    let pid = running.pid().unwrap();
    deeds::connect_network(pid).unwrap();
    make_a_void(pid);

    let agent = Agent::start(json!({ "identity": { "runc_roots": [root.path()] } })).unwrap();
    let kinds = [pb::EventKind::Connect, pb::EventKind::Outcome, pb::EventKind::Send];
    let mut watch = agent
        .watch(pb::Filter {
            what: pb::filter::What::Events.into(),
            kinds: kinds.map(Into::into).into(),
            containers: vec![id],
            ..pb::Filter::default()
        })
        .unwrap();

    let expected = [
        ("198.51.100.1:9000", Some(Established)),
        ("[2001:db8:2::1]:9000", Some(Established)),
        ("[::ffff:198.51.100.2]:9000", Some(Established)),
        ("198.51.100.1:9001", Some(Refused)),
        ("[2001:db8:2::1]:9001", Some(Refused)),
        ("192.0.2.66:9000", Some(TimedOut)),
        ("[2001:db8:1:1::66]:9000", Some(TimedOut)),
        ("192.0.2.67:9000", Some(Unreachable)),
        ("[2001:db8:1:1::67]:9000", Some(Unreachable)),
        // These can't be begun.
        ("192.0.2.129:9000", None),
        ("[2001:db8:1:2::1]:9000", None),
    ];
    std::thread::scope(|scope| {
        for (to, _) in expected {
            let running = &running;
            // Those that are refused, or worse, fail.
            scope.spawn(move || drop(running.exec(&["probe", "tcp", to])));
        }
        for to in ["192.0.2.66:9002", "[2001:db8:1:1::66]:9002"] {
            let running = &running;
            scope.spawn(move || running.exec(&["probe", "abandon", to]).unwrap());
        }
        // Connected sockets on which nothing is sent are no deed, and the datagram comes last.
        running.exec(&["probe", "udp-ask-source", "198.51.100.9:53"]).unwrap();
        running.exec(&["probe", "udp-ask-source", "[2001:db8:2::9]:53"]).unwrap();
    });
    running.exec(&["probe", "udp-sendto", "198.51.100.99:99"]).unwrap();

    let came =
        watch.until(LIMIT, |received| matches!(received.event().unwrap().deed, Some(Deed::Send(_)))).unwrap();
    let mut connections = Connections::new();
    let mut destinations = BTreeMap::new();
    for event in came.iter().map(|received| received.event().unwrap()) {
        match event.deed.clone().unwrap() {
            Deed::Connect(connect) => {
                let flow = connect.flow.clone().unwrap();
                assert_eq!(flow.protocol(), pb::Protocol::Tcp);
                let to = match flow.remote.contains(':') {
                    true => format!("[{}]:{}", flow.remote, flow.remote_port),
                    false => format!("{}:{}", flow.remote, flow.remote_port),
                };
                assert_eq!(connect.conn == 0, connect.error.is_some(), "{connect:?}");
                if connect.conn != 0 {
                    assert!(
                        destinations.insert(connect.conn, to.clone()).is_none(),
                        "a connection's name was used twice"
                    );
                }
                assert!(connections.insert(to.clone(), (connect, None)).is_none(), "{to} twice");
            }
            Deed::Outcome(outcome) => {
                let to = destinations
                    .get(&outcome.conn)
                    .unwrap_or_else(|| panic!("before its connect: {outcome:?}"));
                let (connect, result) = connections.get_mut(to).unwrap();
                let (ours, theirs) = (connect.flow.clone().unwrap(), outcome.flow.clone().unwrap());
                assert_eq!((ours.remote, ours.remote_port), (theirs.remote.clone(), theirs.remote_port));
                assert!(result.replace(outcome.result()).is_none(), "two outcomes: {to}");
                // The kernel takes the port back before it says that there is no connection.
                assert!(theirs.local_port != 0 || outcome.result() != Established, "{theirs:?}");
                assert!(outcome.took_ns > 0 && outcome.took_ns < LIMIT.as_nanos() as u64, "{outcome:?}");
                // Whoever's time it was noticed in, it is the container's.
                assert!(matches!(
                    event.actor.clone().unwrap().subject,
                    Some(pb::actor::Subject::Container(_))
                ));
            }
            Deed::Send(send) => {
                let flow = send.flow.unwrap();
                assert_eq!((flow.remote.as_str(), flow.remote_port), ("198.51.100.99", 99));
            }
            other => panic!("{other:?}"),
        }
    }
    for (to, outcome) in expected
        .iter()
        .copied()
        .chain([("192.0.2.66:9002", Some(Abandoned)), ("[2001:db8:1:1::66]:9002", Some(Abandoned))])
    {
        let to = to.replace("[::ffff:198.51.100.2]", "198.51.100.2");
        let (connect, result) =
            connections.remove(&to).unwrap_or_else(|| panic!("{to} is missing: {connections:?}"));
        assert_eq!(result, outcome, "{to}");
        // EHOSTUNREACH and ENETUNREACH: IPv6 says the one where IPv4 says the other.
        assert_eq!(matches!(connect.error, Some(113 | 101)), outcome.is_none(), "{to}: {connect:?}");
    }
    assert!(connections.is_empty(), "more than was done: {connections:?}");
    agent.stop().unwrap();
}
