//! Addresses: the class and the neighborhood stay, the numbers do not.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Addresses that are the same everywhere.
const KNOWN: &[Ipv4Addr] =
    &[Ipv4Addr::new(168, 63, 129, 16), Ipv4Addr::UNSPECIFIED, Ipv4Addr::BROADCAST];

/// The ranges for documentation that public addresses are moved to.
const PUBLIC: [[u8; 3]; 3] = [[203, 0, 113], [198, 51, 100], [192, 0, 2]];

/// Addresses and their stand-ins.
#[derive(Debug, Clone, Default)]
pub(crate) struct Addresses {
    /// Octets before, and one octet to its stand-in.
    octets: HashMap<Vec<u8>, HashMap<u8, u8>>,
    /// Networks of 24 bits, in order of appearance.
    networks: HashMap<[u8; 3], usize>,
    /// Public addresses of a range for documentation, in order of appearance.
    hosts: HashMap<Ipv4Addr, Ipv4Addr>,
    used: [u16; 3],
    prefixes: HashMap<[u16; 4], u16>,
    interfaces: HashMap<Ipv6Addr, u16>,
}

impl Addresses {
    /// Returns the stand-in of an address; the address itself where it is the same everywhere.
    pub(crate) fn stand_in(&mut self, address: IpAddr) -> IpAddr {
        match address {
            IpAddr::V4(four) => IpAddr::V4(self.four(four)),
            IpAddr::V6(six) => IpAddr::V6(self.six(six)),
        }
    }

    fn four(&mut self, address: Ipv4Addr) -> Ipv4Addr {
        let octets @ [a, b, c, d] = address.octets();
        if KNOWN.contains(&address)
            || address.is_loopback()
            || address.is_link_local()
            || a >= 224
            || a == 0
        {
            return address;
        }
        let known = match (a, b) {
            (10, _) | (172, 16..=31) | (100, 64..=127) => 1,
            (192, 168) => 2,
            _ => return self.public(address, [a, b, c], d),
        };
        let mut moved = octets;
        for (index, octet) in octets.iter().enumerate().skip(known) {
            let before = octets.get(..index).unwrap_or_default();
            let range = match (index, a) {
                (1, 172) => 16..=31,
                (1, 100) => 64..=127,
                _ => 2..=254,
            };
            let stand_in = self.octet(before, *octet, range);
            if let Some(place) = moved.get_mut(index) {
                *place = stand_in;
            }
        }
        Ipv4Addr::from(moved)
    }

    /// Returns the stand-in of an octet among those behind the same octets: the first that is free.
    ///
    /// Ends of ranges, the first address and that of DNS services stay, so that masks and services can be
    /// told.
    fn octet(&mut self, before: &[u8], octet: u8, mut range: std::ops::RangeInclusive<u8>) -> u8 {
        let stays = |octet: u8| matches!(octet, 0 | 1 | 10 | 255);
        if *range.start() == 2 && stays(octet) {
            return octet;
        }
        let known = self.octets.entry(before.to_vec()).or_default();
        if let Some(stand_in) = known.get(&octet) {
            return *stand_in;
        }
        let low = *range.start() == 2;
        let free =
            range.find(|one| !(low && stays(*one) || known.values().any(|used| used == one)));
        let stand_in = free.unwrap_or(octet);
        known.insert(octet, stand_in);
        stand_in
    }

    /// Moves a public address: neighbors of one /24 stay neighbors as long as there is room.
    fn public(&mut self, address: Ipv4Addr, network: [u8; 3], last: u8) -> Ipv4Addr {
        if let Some(known) = self.hosts.get(&address) {
            return *known;
        }
        let count = self.networks.len();
        let number = *self.networks.entry(network).or_insert(count) % PUBLIC.len();
        let [x, y, z] = PUBLIC.get(number).copied().unwrap_or([203, 0, 113]);
        if matches!(last, 0 | 255) {
            return Ipv4Addr::new(x, y, z, last);
        }
        let moved = self.used.get_mut(number).map_or(1, |used| {
            *used = *used % 254 + 1;
            *used
        });
        let moved = Ipv4Addr::new(x, y, z, u8::try_from(moved).unwrap_or(1));
        self.hosts.insert(address, moved);
        moved
    }

    fn six(&mut self, address: Ipv6Addr) -> Ipv6Addr {
        if let Some(four) = address.to_ipv4_mapped() {
            return self.four(four).to_ipv6_mapped();
        }
        if address.is_loopback() || address.is_unspecified() || address.is_multicast() {
            return address;
        }
        let [a, b, c, d, ..] = address.segments();
        let first = match a {
            0xfc00..=0xfdff => 0xfd00,
            0xfe80..=0xfebf => 0xfe80,
            _ => 0x2001,
        };
        let second = if first == 0x2001 { 0xdb8 } else { 0 };
        let next = |length: usize| u16::try_from(length + 1).unwrap_or(u16::MAX);
        let count = next(self.prefixes.len());
        let prefix = *self.prefixes.entry([a, b, c, d]).or_insert(count);
        let count = next(self.interfaces.len());
        let interface = *self.interfaces.entry(address).or_insert(count);
        let prefix = if first == 0xfe80 { 0 } else { prefix };
        Ipv6Addr::new(first, second, 0, prefix, 0, 0, 0, interface)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(addresses: &mut Addresses, text: &str) -> String {
        addresses.stand_in(text.parse().unwrap()).to_string()
    }

    #[test]
    fn classes_and_neighborhoods_stay() {
        let mut all = Addresses::default();
        let mut moved = |text: &str| moved(&mut all, text);
        assert_eq!(moved("10.224.1.184"), "10.2.1.2");
        assert_eq!(moved("10.224.1.185"), "10.2.1.3");
        assert_eq!(moved("10.224.0.0"), "10.2.0.0");
        assert_eq!(moved("10.244.7.9"), "10.3.2.2");
        assert_eq!(moved("10.0.0.10"), "10.0.0.10");
        assert_eq!(moved("172.20.1.2"), "172.16.1.2");
        assert_eq!(moved("192.168.5.77"), "192.168.2.2");
        assert_eq!(moved("100.99.1.1"), "100.64.1.1");
        assert_eq!(moved("20.1.2.3"), "203.0.113.1");
        assert_eq!(moved("20.1.2.9"), "203.0.113.2");
        assert_eq!(moved("40.1.2.9"), "198.51.100.1");
        assert_eq!(moved("20.1.2.3"), "203.0.113.1");
        for known in
            ["127.0.0.1", "169.254.169.254", "168.63.129.16", "0.0.0.0", "255.255.255.0", "::1"]
        {
            assert_eq!(moved(known), known);
        }
        assert_eq!(moved("fd12:3456::7"), "fd00:0:0:1::1");
        assert_eq!(moved("fe80::1:2"), "fe80::2");
        assert_eq!(moved("2603:1030::1"), "2001:db8:0:3::3");
    }

    #[test]
    fn no_two_private_addresses_become_one() {
        let mut all = Addresses::default();
        let mut seen = std::collections::HashSet::new();
        for last in 0..=255_u8 {
            for third in [0, 1, 7, 200] {
                let address = Ipv4Addr::new(10, 9, third, last);
                assert!(seen.insert(all.four(address)), "{address}");
            }
        }
    }
}
