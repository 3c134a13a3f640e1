//! What names that Azure gives say.

/// What the name of a node says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Node<'n> {
    pub(super) pool: &'n str,
    pub(super) scale_set: &'n str,
    pub(super) instance: u64,
}

/// Reads `aks-POOL-12345678-vmss00000a` (Linux) and `aksPOOL00000a` (Windows).
pub(super) fn node(name: &str) -> Option<Node<'_>> {
    let at = name.len().checked_sub(6)?;
    let (scale_set, number) = name.split_at_checked(at)?;
    let instance = u64::from_str_radix(number, 36).ok()?;
    let pool = match scale_set.strip_prefix("aks-") {
        Some(rest) => {
            let (pool, id) = rest.strip_suffix("-vmss")?.rsplit_once('-')?;
            id.bytes().all(|sign| sign.is_ascii_digit()).then_some(pool)?
        }
        None => scale_set.strip_prefix("aks").filter(|pool| (1..=6).contains(&pool.len()))?,
    };
    let plain = pool.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit());
    plain.then_some(Node { pool, scale_set, instance })
}

/// Returns the name of the registry with this host.
pub(super) fn registry_name(host: &str) -> Option<&str> {
    let (name, domain) = host.split_once('.')?;
    let azure = domain.starts_with("azurecr.") || domain.contains(".azurecr.");
    (azure && name.bytes().all(|sign| sign.is_ascii_alphanumeric())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_tell_their_pool() {
        let read = |name| node(name).map(|node| (node.pool, node.scale_set, node.instance));
        assert_eq!(
            read("aks-nodepool1-12345678-vmss00000a"),
            Some(("nodepool1", "aks-nodepool1-12345678-vmss", 10))
        );
        assert_eq!(read("akswinp000012"), Some(("winp", "akswinp", 38)));
        for other in ["worker-0", "aks-nodepool1-12345678-0", "aks", "aks-x-vmss000000", "é000000"]
        {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn only_registries_of_azure_have_a_name() {
        assert_eq!(registry_name("contoso.azurecr.io"), Some("contoso"));
        assert_eq!(registry_name("contoso.privatelink.azurecr.cn"), Some("contoso"));
        assert_eq!(registry_name("mcr.microsoft.com"), None);
        assert_eq!(registry_name("docker.io"), None);
    }
}
