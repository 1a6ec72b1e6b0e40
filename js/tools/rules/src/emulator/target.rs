//! Which URLs may be registered.

use alloc::string::ToString as _;

use docutray_webhook::Verifier;

use crate::{fault::Fault, host::is_this_machine};

/// The longest URL, in bytes.
const LONGEST: usize = 2048;

/// Checks a URL that is to be registered. Plain `http` is for this machine alone, unless `allow_remote`.
pub(super) fn check(url: &str, allow_remote: bool) -> Result<(), Fault> {
    if url.len() > LONGEST {
        return Err(fault("invalid_url", "the URL has at most 2048 bytes"));
    }
    // The core knows what can be registered.
    if let Err(error) = Verifier::builder().secret("-").url(url).build() {
        return Err(fault("invalid_url", &error.to_string()));
    }
    let (_, behind) = url.split_once("://").unwrap_or_default();
    let authority = behind.split(['/', '?', '#']).next().unwrap_or_default();
    // Clients disagree on where the host is in such a URL.
    if authority.is_empty() || authority.contains(['@', '\\']) {
        let message =
            "the URL needs a host, and has neither a user name nor a backslash before its path";
        return Err(fault("invalid_url", message));
    }
    if url.starts_with("http://") && !allow_remote && !is_this_machine(authority) {
        let message = "a URL with http:// has to be on this machine (localhost, 127.0.0.1, [::1]); use https:// for other hosts, \
            or start the emulator with --allow-remote";
        return Err(fault("url_not_allowed", message));
    }
    Ok(())
}

fn fault(code: &'static str, message: &str) -> Fault {
    Fault::of("url", code, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(url: &str) -> &'static str {
        check(url, false).err().map_or("", |fault| fault.code)
    }

    #[test]
    fn plain_http_is_for_this_machine() {
        for url in [
            "https://example.com/hooks",
            "http://localhost:3000/hooks?tenant=1",
            "http://LOCALHOST",
            "http://shop.localhost:3000",
            "http://127.0.0.1:3000",
            "http://127.1.2.3/",
            "http://[::1]:3000/",
        ] {
            assert_eq!(code(url), "", "{url}");
        }
        for url in [
            "http://example.com/",
            "http://localhost.example.com/",
            "http://127.0.0.1.example.com/",
            "http://127.0.0.1000/",
            "http://0.0.0.0/",
            "http://[::2]/",
        ] {
            assert_eq!(code(url), "url_not_allowed", "{url}");
            assert!(check(url, true).is_ok(), "{url}");
        }
    }

    #[test]
    fn a_url_that_clients_read_differently_is_refused() {
        for url in [
            "",
            "ftp://localhost/",
            "http://",
            "http:///path",
            "http://local host/",
            "http://example.com\\@localhost/",
            "http://localhost@example.com/",
            &alloc::format!("https://example.com/{}", "a".repeat(LONGEST)),
        ] {
            assert_eq!(code(url), "invalid_url", "{url}");
        }
    }
}
