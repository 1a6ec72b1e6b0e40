//! What a right receiver answers: by the core's pipeline and the core's table.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};
use docutray_webhook::{
    Verifier,
    answer::{Outcome, admit},
};
use serde::{Deserialize, Serialize};

use crate::{
    fault::Fault,
    secret::Secret,
    wire::{Bytes, Fields},
};

/// A request as it came, and what the receiver knows.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Request {
    /// As it came: a delivery's is `POST`.
    pub method: String,
    /// All headers.
    pub headers: Fields,
    /// The exact bytes. Of a body over the limit, one byte more than the limit is enough.
    pub body: Bytes,
    /// The newest first.
    pub secrets: Vec<Secret>,
    /// The registered URL.
    pub url: String,
    /// Unix time in seconds.
    pub now: u64,
    /// In bytes. The default is the core's.
    #[serde(default)]
    pub max_body: Option<u64>,
    /// Whether the receiver has processed the event before.
    #[serde(default)]
    pub is_processed: bool,
}

/// A request that a receiver cannot verify or forward, by the code of its answer.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The sender left before the end of its body.
    IncompleteBody,
    /// The body was too slow.
    BodyTimeout,
    /// The receiver holds as many bytes of other requests as it can.
    Overloaded,
    /// The request's method is not `POST`.
    MethodNotAllowed,
    /// The server behind the receiver gave no answer.
    NoAnswer,
}

/// An HTTP response, and its outcome for a log.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Without `Content-Length`.
    pub headers: Fields,
    /// JSON.
    pub body: String,
    /// One word: `processed`, `duplicate`, `refused` ...
    pub verdict: &'static str,
    /// The code of the problem, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
}

impl From<Outcome<'_>> for Answer {
    fn from(outcome: Outcome<'_>) -> Self {
        let answer = outcome.answer();
        let headers = answer.headers.into_iter();
        Self {
            status: answer.status,
            headers: headers
                .map(|(name, value)| (name.to_string(), value))
                .collect(),
            body: answer.body,
            verdict: outcome.verdict(),
            code: outcome.code(),
        }
    }
}

impl From<Failure> for Answer {
    fn from(failure: Failure) -> Self {
        Self::from(match failure {
            Failure::IncompleteBody => Outcome::IncompleteBody,
            Failure::BodyTimeout => Outcome::BodyTimeout,
            Failure::Overloaded => Outcome::Overloaded,
            Failure::MethodNotAllowed => Outcome::MethodNotAllowed,
            Failure::NoAnswer => Outcome::NoAnswer,
        })
    }
}

/// Returns what a right receiver answers to the request, if its handler succeeds.
///
/// # Errors
/// Fails with `invalid_config` if the core does not take the secrets, the URL or the limit.
pub fn right_answer(request: &Request) -> Result<Answer, Fault> {
    let verifier = verifier(request)?;
    let admitted = admit(&request.method, pairs(&request.headers));
    let outcome = admitted
        .and_then(|()| outcome(&verifier, request))
        .unwrap_or_else(|outcome| outcome);
    Ok(outcome.into())
}

fn verifier(request: &Request) -> Result<Verifier, Fault> {
    let secrets = request.secrets.iter().map(Secret::expose);
    let mut builder = Verifier::builder().secrets(secrets).url(&request.url);
    if let Some(bytes) = request.max_body {
        builder = builder.max_body(bytes);
    }
    builder
        .build()
        .map_err(|error| Fault::configuration(&error))
}

fn outcome(verifier: &Verifier, request: &Request) -> Result<Outcome<'static>, Outcome<'static>> {
    verifier.check(pairs(&request.headers), &request.body.0, request.now)?;
    Ok(if request.is_processed {
        Outcome::Duplicate
    } else {
        Outcome::Processed
    })
}

fn pairs(headers: &Fields) -> impl Iterator<Item = (&str, &str)> {
    headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
}

#[cfg(test)]
mod tests {
    use docutray_webhook::signing::Signer;

    use super::*;

    const NOW: u64 = 1_705_314_600;
    const URL: &str = "https://example.com/hooks";

    fn request() -> Request {
        let body = b"{\"batch\":1}";
        let id = "550e8400-e29b-41d4-a716-446655440000";
        let signed = Signer::new("s").headers(id, NOW, URL, "BATCH_ARCHIVED", body);
        let signed = signed.map(|(name, value)| (name.to_string(), value));
        let mut headers =
            Fields::from([("Content-Type".to_string(), "application/json".to_string())]);
        headers.extend(signed);
        Request {
            method: "POST".to_string(),
            headers,
            body: Bytes(body.to_vec()),
            secrets: Vec::from([Secret::from("s")]),
            url: URL.to_string(),
            now: NOW,
            max_body: None,
            is_processed: false,
        }
    }

    /// Returns the status and the code of the answer to the changed request.
    fn answered(change: impl FnOnce(&mut Request)) -> (u16, Option<&'static str>) {
        let mut request = request();
        change(&mut request);
        let answer = right_answer(&request).unwrap();
        (answer.status, answer.code)
    }

    fn header(name: &str, value: &str) -> (String, String) {
        (name.to_string(), value.to_string())
    }

    #[test]
    fn a_delivery_is_answered_as_the_core_answers_it() {
        assert_eq!(right_answer(&request()).unwrap().verdict, "processed");
        let again = Request {
            is_processed: true,
            ..request()
        };
        assert_eq!(right_answer(&again).unwrap().verdict, "duplicate");
        let forged = answered(|request| request.body.0.push(b' '));
        assert_eq!(forged, (401, Some("signature_mismatch")));
        let large = answered(|request| request.max_body = Some(10));
        assert_eq!(large, (413, Some("body_too_large")));
        let stale = answered(|request| request.now += 301);
        assert_eq!(stale, (401, Some("timestamp_too_old")));
    }

    #[test]
    fn what_can_be_no_delivery_is_not_admitted() {
        let get = answered(|request| request.method = "GET".to_string());
        assert_eq!(get, (405, Some("method_not_allowed")));
        let untyped = answered(|request| {
            request.headers.remove(0);
        });
        assert_eq!(untyped, (415, Some("unsupported_media_type")));
        let doubled = answered(|request| {
            request
                .headers
                .push(header("content-type", "application/json"));
        });
        assert_eq!(doubled, (415, Some("unsupported_media_type")));
        let coded = answered(|request| {
            request.headers.push(header("Content-Encoding", "identity"));
            request.headers.push(header("content-encoding", "gzip"));
        });
        assert_eq!(coded, (415, Some("unsupported_content_encoding")));
    }

    #[test]
    fn a_configuration_that_cannot_be_is_an_error() {
        let error = right_answer(&Request {
            secrets: Vec::new(),
            ..request()
        })
        .unwrap_err();
        assert_eq!(
            (error.code, error.field),
            ("invalid_config", Some("secrets"))
        );
    }

    #[test]
    fn a_failure_has_its_code() {
        for (name, status) in [
            ("incomplete_body", 400),
            ("body_timeout", 408),
            ("overloaded", 503),
            ("method_not_allowed", 405),
            ("no_answer", 502),
        ] {
            let failure: Failure = serde_json::from_value(name.into()).unwrap();
            assert_eq!(Answer::from(failure).status, status);
        }
    }
}
