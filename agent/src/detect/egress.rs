//! `undeclared-egress`: a container reached out to where nothing says that it may.

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::{Arc, Weak};

use lru::LruCache;

use super::destinations::Destinations;
use super::select::Selector;
use super::text::Quoted;
use super::{Hit, Key, RuleId, Scene, program};
use crate::config::{self, DnsPolicy, Unlisted, Wildcard};
use crate::event::{Connect, Container, Flow, Namespaces, Protocol, Send, Severity};

/// Most containers for which it is remembered which lists select them.
const MAX_CONTAINERS: usize = 1024;

/// A connection or a datagram.
pub(super) struct Attempt {
    flow: Flow,
    verb: &'static str,
    error: Option<u32>,
    callers_word: bool,
}

impl Attempt {
    pub(super) fn connect(connect: &Connect) -> Self {
        let Connect { flow, error, callers_word, conn: _ } = *connect;
        Self { flow, verb: "connected to", error, callers_word }
    }

    pub(super) fn send(send: &Send) -> Self {
        let Send { flow, error, callers_word, count: _ } = *send;
        Self { flow, verb: "sent to", error, callers_word }
    }
}

struct List {
    name: String,
    namespaces: Vec<Wildcard>,
    pods: Vec<Wildcard>,
    containers: Vec<Wildcard>,
    images: Vec<Wildcard>,
    destinations: Destinations,
}

impl List {
    fn selects(&self, container: &Container) -> bool {
        let Self { namespaces, pods, containers, images, .. } = self;
        Selector { namespaces, pods, containers, images }.matches(container)
    }
}

/// The declared destinations, and which lists hold whom.
pub(super) struct Egress {
    lists: Vec<List>,
    default: Unlisted,
    dns: DnsPolicy,
    host: Namespaces,
    /// Lists (by index) that select a container, by the container's address in memory. The weak pointer keeps that
    /// address from being used for another one.
    selected: LruCache<usize, (Weak<Container>, Arc<[usize]>)>,
}

impl Egress {
    pub(super) fn new(config: &config::Egress, host: Namespaces) -> Self {
        let lists = config
            .lists
            .iter()
            .map(|list| List {
                name: list.name.clone(),
                namespaces: list.namespaces.clone(),
                pods: list.pods.clone(),
                containers: list.containers.clone(),
                images: list.images.clone(),
                destinations: Destinations::new(&list.allow),
            })
            .collect();
        Self { lists, default: config.default, dns: config.dns, host, selected: LruCache::unbounded() }
    }

    pub(super) fn check(&mut self, scene: &Scene<'_>, attempt: &Attempt) -> Option<Hit> {
        let Flow { protocol, remote, remote_port, local, .. } = attempt.flow;
        if self.lists.is_empty() && self.default == Unlisted::Ignore {
            return None;
        }
        // Linux connects the unspecified address to loopback.
        if remote.is_loopback() || remote.is_unspecified() || remote == local {
            return None;
        }
        if remote_port == 53 && matches!(protocol, Protocol::Udp | Protocol::Tcp) {
            match self.dns {
                DnsPolicy::Any => return None,
                DnsPolicy::Private if is_near(remote) => return None,
                DnsPolicy::Private | DnsPolicy::Declared => {}
            }
        }
        let shares_the_hosts_network = self.host.net != 0 && scene.actor.namespaces.net == self.host.net;
        let default = self.default;
        let selecting = self.select(scene.container);
        if selecting.is_empty() && (default == Unlisted::Ignore || shares_the_hosts_network) {
            return None;
        }
        let lists = || selecting.iter().map(|index| &self.lists[*index]);
        if lists().any(|list| list.destinations.declare(protocol, remote, remote_port)) {
            return None;
        }

        let image = &scene.actor.process.image;
        let consulted: Vec<&str> = lists().map(|list| list.name.as_str()).collect();
        let consulted: Cow<'_, str> = match consulted.as_slice() {
            [] => "which no list declares: none selects this container, and egress.default is deny".into(),
            [one] => format!("which the list that holds this container doesn't declare: {one}").into(),
            more => format!("which no list that holds this container declares: {}", more.join(", ")).into(),
        };
        let protocol_name: Cow<'static, str> = match protocol {
            Protocol::Tcp => "tcp".into(),
            Protocol::Udp => "udp".into(),
            Protocol::Sctp => "sctp".into(),
            Protocol::Other(number) => format!("protocol {number}").into(),
        };
        let far_end = match remote {
            IpAddr::V4(address) => format!("{address}:{remote_port}"),
            IpAddr::V6(address) => format!("[{address}]:{remote_port}"),
        };
        let verb = if attempt.error.is_some() { "tried to reach" } else { attempt.verb };
        let mut why =
            format!("{} {verb} {far_end} ({protocol_name}), {consulted}", Quoted(program::name(image)));
        if let Some(errno) = attempt.error {
            why += &format!("; the kernel refused it (errno {errno})");
        }
        if attempt.callers_word {
            why += "; the address is what the program's memory said after the call";
        }

        let mut key = Key::new(RuleId::Egress.name(), scene.container);
        key.add(&image.exe);
        key.add(program::name(image));
        key.add(protocol_name.as_bytes());
        key.add(far_end.as_bytes());
        let severity =
            if is_near(remote) || remote.is_multicast() { Severity::Medium } else { Severity::High };
        Some(Hit { severity, why, key, path: None, destination: Some((remote, remote_port)) })
    }

    /// Lists that select a container. Linear in the lists' patterns the first time, one hash look-up after that.
    fn select(&mut self, container: &Arc<Container>) -> Arc<[usize]> {
        let key = Arc::as_ptr(container) as usize;
        if let Some((_, selecting)) = self.selected.get(&key) {
            return Arc::clone(selecting);
        }
        let lists = self.lists.iter().enumerate();
        let selecting: Arc<[usize]> =
            lists.filter(|(_, list)| list.selects(container)).map(|(index, _)| index).collect();
        self.selected.put(key, (Arc::downgrade(container), Arc::clone(&selecting)));
        if self.selected.len() > MAX_CONTAINERS {
            self.selected.pop_lru();
        }
        selecting
    }
}

/// Whether an address is a site's or a link's own: RFC 1918, RFC 6598 (carriers' and clouds' shared space), RFC 3927,
/// RFC 4193, RFC 4291 link-local.
fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            v4.is_private() || v4.is_link_local() || (v4.octets()[0] == 100 && v4.octets()[1] & 0xc0 == 64)
        }
        IpAddr::V6(v6) => v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}
