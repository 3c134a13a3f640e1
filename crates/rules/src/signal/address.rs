//! Classes of IP addresses, by IANA's special-purpose registries.

use std::net::IpAddr;

use ipnet::IpNet;

/// Networks that only exist inside somebody's own network: RFC 1918, RFC 6598, RFC 4193, link-local.
const PRIVATE: &[&str] = &[
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "fc00::/7",
    "fe80::/10",
    "169.254.0.0/16",
];

/// A class of addresses as rules name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AddressClass {
    Private,
    Public,
    Loopback,
    LinkLocal,
    Cgnat,
    Net(IpNet),
}

impl AddressClass {
    /// Reads `private`, `public`, `loopback`, `link-local`, `cgnat`, an address or a CIDR.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "private" => Self::Private,
            "public" => Self::Public,
            "loopback" => Self::Loopback,
            "link-local" => Self::LinkLocal,
            "cgnat" => Self::Cgnat,
            net => {
                Self::Net(net.parse().ok().or_else(|| net.parse::<IpAddr>().ok().map(IpNet::from))?)
            }
        })
    }

    /// True if `address` is of this class; addresses that embed an IPv4 address are judged by it.
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        let address = embedded(address);
        match self {
            Self::Private => within(PRIVATE, address),
            Self::Public => {
                !within(PRIVATE, address) && !address.is_loopback() && !reserved(address)
            }
            Self::Loopback => address.is_loopback(),
            Self::LinkLocal => within(&["169.254.0.0/16", "fe80::/10"], address),
            Self::Cgnat => within(&["100.64.0.0/10"], address),
            Self::Net(net) => net.contains(&address),
        }
    }
}

fn within(nets: &[&str], address: IpAddr) -> bool {
    nets.iter().filter_map(|net| net.parse::<IpNet>().ok()).any(|net| net.contains(&address))
}

/// Addresses that are nobody's. The ranges for documentation (RFC 5737) are not among them: they stand for public
/// addresses in cleaned captures.
fn reserved(address: IpAddr) -> bool {
    within(&["0.0.0.0/8", "198.18.0.0/15"], address)
        || address.is_multicast()
        || address.is_unspecified()
}

/// IPv4-mapped (`::ffff:0:0/96`) and NAT64 (`64:ff9b::/96`) addresses stand for an IPv4 address.
fn embedded(address: IpAddr) -> IpAddr {
    let IpAddr::V6(six) = address else { return address };
    if let Some(four) = six.to_ipv4_mapped() {
        return IpAddr::V4(four);
    }
    match six.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            IpAddr::from((u32::from(high) << 16 | u32::from(low)).to_be_bytes())
        }
        _ => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_fall_into_their_classes() {
        for (class, address, inside) in [
            ("private", "10.224.1.184", true),
            ("private", "172.32.0.1", false),
            ("private", "100.64.3.1", true),
            ("private", "fd00::1", true),
            ("private", "::ffff:10.1.2.3", true),
            ("private", "64:ff9b::a01:203", true),
            ("private", "168.63.129.16", false),
            ("public", "20.50.1.16", true),
            ("public", "127.0.0.1", false),
            ("public", "203.0.113.7", true),
            ("loopback", "::1", true),
            ("10.224.0.0/12", "10.239.0.1", true),
            ("10.0.0.10", "10.0.0.11", false),
        ] {
            let class = AddressClass::parse(class).unwrap();
            assert_eq!(class.contains(address.parse().unwrap()), inside, "{class:?} {address}");
        }
        assert_eq!(AddressClass::parse("secret"), None);
    }
}
