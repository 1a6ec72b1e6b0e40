//! The server behind the proxy.

use docutray_webhook::answer::Outcome;
use gate_settings::Misconfigured;
use http::{request::Parts, uri};
use wstd::http::{Body, Client, HeaderValue, Request, Response, Uri};

use crate::hop;

/// The server's scheme and authority. Path and query are those of the request to the proxy.
#[derive(Debug)]
pub(crate) struct Upstream(uri::Parts);

impl Upstream {
    /// Reads the value of `UPSTREAM`.
    pub(crate) fn new(variable: Option<String>) -> Result<Self, Misconfigured> {
        let uri = variable.and_then(|variable| variable.parse::<Uri>().ok());
        uri.map(Uri::into_parts)
            .filter(|parts| parts.scheme.is_some() && parts.authority.is_some())
            .filter(|parts| {
                let path = parts.path_and_query.as_ref();
                path.is_none_or(|path| path == "/")
            })
            .map(Self)
            .ok_or_else(|| {
                Misconfigured::new(
                    "UPSTREAM",
                    "expected a URL without a path: http://10.0.0.2:8080",
                )
            })
    }

    /// Passes a verified request on. Streams the answer's body.
    pub(crate) async fn send(
        self,
        mut head: Parts,
        body: Vec<u8>,
    ) -> Result<Response<Body>, Outcome<'static>> {
        hop::remove(&mut head.headers);
        // The host sets `host` for the new authority. `Expect` has been answered already.
        head.headers.remove("host");
        head.headers.remove("expect");
        // Whatever the body's framing was, its length is known now.
        let length = HeaderValue::from(body.len());
        head.headers.insert("content-length", length);
        let mut uri = self.0;
        uri.path_and_query = head.uri.path_and_query().cloned();
        head.uri = Uri::from_parts(uri).map_err(|_| Outcome::IncompleteBody)?;
        let sent = Client::new().send(Request::from_parts(head, body)).await;
        let mut response = sent.map_err(|error| {
            eprintln!("no answer from upstream: {error:?}");
            Outcome::NoAnswer
        })?;
        hop::remove(response.headers_mut());
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_a_scheme_and_an_authority_alone() {
        let verdict = |url: &str| Upstream::new(Some(url.to_owned())).is_ok();
        assert!(verdict("http://127.0.0.1:8080"));
        assert!(verdict("https://hooks.internal/"));
        for url in [
            "127.0.0.1:8080",
            "/hooks",
            "http://a/hooks",
            "http://a/?b",
            "",
        ] {
            assert!(!verdict(url), "{url}");
        }
        assert!(Upstream::new(None).is_err());
    }
}
