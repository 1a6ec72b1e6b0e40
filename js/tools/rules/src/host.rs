//! Where a host is.

use core::net::Ipv4Addr;

/// Whether a URL's host, with or without a port, is this machine by its name or its address. A name that only resolves to this
/// machine is not: whoever sends looks it up, and nothing here does.
#[must_use]
pub fn is_this_machine(host: &str) -> bool {
    if host == "[::1]" || host.starts_with("[::1]:") {
        return true;
    }
    let host = host.split(':').next().unwrap_or_default();
    let name = host.rsplit('.').next().unwrap_or_default();
    let address = host.parse::<Ipv4Addr>();
    name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_this_machine;

    #[test]
    fn this_machine_is_known_by_its_name_or_its_address() {
        for host in [
            "localhost",
            "LOCALHOST:3000",
            "shop.localhost",
            "127.0.0.1",
            "127.1.2.3:80",
            "[::1]",
            "[::1]:3000",
        ] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in [
            "",
            "example.com",
            "localhost.example.com",
            "127.0.0.1.example.com",
            "127.0.0.1000",
            "0.0.0.0",
            "[::2]",
            "[::1]x",
        ] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
