//! Declared destinations, for fast asking.

use std::net::IpAddr;

use ipnet::{Ipv4Net, Ipv6Net};
use prefix_trie::PrefixMap;

use crate::config::{Allow, PortRange, ProtocolName};
use crate::event::Protocol;

/// Ports by protocol: sorted, no two overlap or touch.
#[derive(Clone, Debug, Default)]
struct PortSets([Vec<PortRange>; 4]);

impl PortSets {
    fn add(&mut self, allow: &Allow) {
        let ranges = &mut self.0[allow.protocol as usize];
        if allow.ports.is_empty() {
            ranges.push(PortRange { first: 0, last: u16::MAX });
        }
        ranges.extend(&allow.ports);
        ranges.sort_unstable_by_key(|range| range.first);
        ranges.dedup_by(|next, range| {
            let joins = u32::from(next.first) <= u32::from(range.last) + 1;
            if joins {
                range.last = range.last.max(next.last);
            }
            joins
        });
    }

    fn contains(&self, protocol: Protocol, port: u16) -> bool {
        const NAMES: [ProtocolName; 4] =
            [ProtocolName::Any, ProtocolName::Tcp, ProtocolName::Udp, ProtocolName::Sctp];
        NAMES.into_iter().filter(|name| name.covers(protocol)).any(|name| {
            let ranges = &self.0[name as usize];
            let after = ranges.partition_point(|range| range.first <= port);
            after.checked_sub(1).is_some_and(|at| ranges[at].contains(port))
        })
    }
}

/// A list's destinations. Asking takes one walk down a prefix tree, at most 32 (v4) or 128 (v6) steps however long the
/// list is, and a binary search of the ports of each block on the way that has the address in it. It allocates nothing.
#[derive(Debug, Default)]
pub(super) struct Destinations {
    v4: PrefixMap<Ipv4Net, PortSets>,
    v6: PrefixMap<Ipv6Net, PortSets>,
}

impl Destinations {
    pub(super) fn new(allow: &[Allow]) -> Self {
        let mut destinations = Self::default();
        for allow in allow {
            match allow.cidr.0 {
                ipnet::IpNet::V4(block) => destinations.v4.entry(block).or_default().add(allow),
                ipnet::IpNet::V6(block) => destinations.v6.entry(block).or_default().add(allow),
            }
        }
        destinations
    }

    pub(super) fn declare(&self, protocol: Protocol, address: IpAddr, port: u16) -> bool {
        match address {
            IpAddr::V4(address) => {
                self.v4.cover_values(&address.into()).any(|ports| ports.contains(protocol, port))
            }
            IpAddr::V6(address) => {
                self.v6.cover_values(&address.into()).any(|ports| ports.contains(protocol, port))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::Cidr;

    fn address() -> impl Strategy<Value = IpAddr> {
        // Few bits vary, so that blocks nest and addresses hit.
        prop_oneof![
            (0u32..8, 0u32..8)
                .prop_map(|(high, low)| IpAddr::from((10 << 24 | high << 16 | low).to_be_bytes())),
            (0u128..8, 0u128..8)
                .prop_map(|(high, low)| IpAddr::from((0xfd << 120 | high << 64 | low).to_be_bytes())),
        ]
    }

    fn allow() -> impl Strategy<Value = Allow> {
        let prefix = prop_oneof![
            Just(0u8),
            Just(8),
            Just(13),
            Just(16),
            Just(29),
            Just(30),
            Just(32),
            Just(64),
            Just(128)
        ];
        let ports = proptest::collection::vec((1u16..20, 0u16..6), 0..4);
        let protocol = prop_oneof![
            Just(ProtocolName::Any),
            Just(ProtocolName::Tcp),
            Just(ProtocolName::Udp),
            Just(ProtocolName::Sctp)
        ];
        (address(), prefix, ports, protocol).prop_map(|(address, prefix, ports, protocol)| {
            let prefix = prefix.min(if address.is_ipv4() { 32 } else { 128 });
            Allow {
                cidr: Cidr(ipnet::IpNet::new(address, prefix).unwrap().trunc()),
                ports: ports
                    .into_iter()
                    .map(|(first, more)| PortRange { first, last: first + more })
                    .collect(),
                protocol,
            }
        })
    }

    proptest! {
        /// The tree says what going through the list says.
        #[test]
        fn agrees_with_the_list(
            allow in proptest::collection::vec(allow(), 0..12),
            address in address(),
            port in 0u16..30,
            protocol in prop_oneof![Just(Protocol::Tcp), Just(Protocol::Udp), Just(Protocol::Sctp), Just(Protocol::Other(1))],
        ) {
            let plainly = allow.iter().any(|allow| {
                allow.cidr.0.contains(&address)
                    && allow.protocol.covers(protocol)
                    && (allow.ports.is_empty() || allow.ports.iter().any(|range| range.contains(port)))
            });
            prop_assert_eq!(Destinations::new(&allow).declare(protocol, address, port), plainly);
        }
    }
}
