//! Requests that an endpoint must refuse.

use alloc::{
    format,
    string::{String, ToString as _},
    vec,
    vec::Vec,
};

use docutray_webhook::signing::Signer;

use super::{
    delivery::{self, Delivery, request_id},
    endpoint::Endpoint,
    genuine::{EVENT, completed, payload},
    request::{self, AUTH_SIGNATURE, CONTENT_TYPE, Pace, Request, SIGNATURE, TIMESTAMP},
};
use crate::{forge::Forgery, samples::FailedError};

/// In seconds: twice the window that Docutray documents.
const TOO_FAR: u64 = 600;
/// An event that no receiver knows: its payload cannot contradict it, so only the signature tells that it was changed.
const UNKNOWN: &str = "DOCUMENT_ARCHIVED";

/// The named delivery, forged in each of these ways.
fn in_ways(endpoint: &Endpoint, name: &str, ways: &[Forgery]) -> Vec<Request> {
    let ways = ways.iter();
    ways.filter_map(|forgery| completed(endpoint, name).forged(*forgery))
        .collect()
}

pub(super) fn unsigned(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "unsigned").signed();
    let bare = request::OWN.into_iter().fold(signed, Request::without);
    let mut requests = in_ways(endpoint, "unsigned", &[Forgery::Unsigned]);
    requests.push(bare.titled("without any X-Docutray header"));
    requests
}

pub(super) fn other_secret(endpoint: &Endpoint) -> Vec<Request> {
    let empty = completed(endpoint, "other_secret").with_secret("").signed();
    let mut requests = in_ways(endpoint, "other_secret", &[Forgery::Secret]);
    requests.push(empty.titled("signed with an empty secret"));
    requests
}

/// The same JSON value is another body, too: a receiver must not verify what it has parsed.
pub(super) fn changed_body(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "changed_body").signed();
    let body = String::from_utf8_lossy(&signed.body.0).into_owned();
    let changed = [
        ("another amount", body.replace("1250.00", "9250.00")),
        (
            "an amount with other digits",
            body.replace("1250.00", "1250"),
        ),
        ("a line end added", format!("{body}\n")),
    ];
    changed
        .map(|(title, body)| signed.clone().with_body(body.into_bytes()).titled(title))
        .into()
}

pub(super) fn body_signature(endpoint: &Endpoint) -> Vec<Request> {
    let missing = completed(endpoint, "body_signature")
        .signed()
        .without(SIGNATURE);
    let mut requests = in_ways(endpoint, "body_signature", &[Forgery::Signature]);
    requests.push(missing.titled("without X-Docutray-Signature"));
    requests
}

pub(super) fn missing_auth(endpoint: &Endpoint) -> Vec<Request> {
    in_ways(endpoint, "missing_auth", &[Forgery::Unauthenticated])
}

pub(super) fn wrong_auth(endpoint: &Endpoint) -> Vec<Request> {
    let short = completed(endpoint, "wrong_auth")
        .signed()
        .with(AUTH_SIGNATURE, "sha256=5a");
    let mut requests = in_ways(endpoint, "wrong_auth", &[Forgery::Auth]);
    requests.push(short.titled("an X-Docutray-Auth-Signature that is too short"));
    requests
}

/// A captured delivery whose headers were changed. The body and its signature are genuine.
pub(super) fn changed_metadata(endpoint: &Endpoint) -> Vec<Request> {
    let mut requests = in_ways(
        endpoint,
        "changed_metadata",
        &[Forgery::Timestamp, Forgery::RequestId],
    );
    let renamed = completed(endpoint, "changed_metadata")
        .signed()
        .with(request::EVENT, UNKNOWN);
    requests.push(renamed.titled("event changed on the way"));
    requests
}

/// Two endpoints may have the same secret: what was sent to one must not be taken by the other.
pub(super) fn other_url(endpoint: &Endpoint) -> Vec<Request> {
    in_ways(endpoint, "other_url", &[Forgery::Url])
}

/// The headers of one delivery around the body, and the body's signature, of another: each part is authentic.
pub(super) fn spliced(endpoint: &Endpoint) -> Vec<Request> {
    let bodies = [
        ("the payload of an identification", "IDENTIFICATION_STARTED"),
        (
            "the payload of the conversion's beginning",
            "CONVERSION_STARTED",
        ),
    ];
    let splice = |(title, other): (&str, &str)| {
        let body = payload(endpoint, other, "spliced", FailedError::None);
        let signature = Signer::new(endpoint.secret.expose()).body_signature(&body);
        let spliced = completed(endpoint, "spliced")
            .signed()
            .with(SIGNATURE, &signature);
        spliced.with_body(body).titled(title)
    };
    bodies.map(splice).into()
}

pub(super) fn stale(endpoint: &Endpoint) -> Vec<Request> {
    let delivery = completed(endpoint, "stale").dated(endpoint.now.saturating_sub(TOO_FAR));
    vec![delivery.signed()]
}

pub(super) fn future(endpoint: &Endpoint) -> Vec<Request> {
    let delivery = completed(endpoint, "future").dated(endpoint.now.saturating_add(TOO_FAR));
    vec![delivery.signed()]
}

/// Timestamps that `parseInt` and its like read as now, and one that they read as no number. They are signed as they are, so
/// only their grammar is wrong.
pub(super) fn loose_timestamp(endpoint: &Endpoint) -> Vec<Request> {
    let now = endpoint.now;
    let values = [
        ("letters behind it, such as 123abc", format!("{now}abc")),
        ("a fraction", format!("{now}.0")),
        ("a sign", format!("+{now}")),
        ("a word", "today".to_string()),
    ];
    let request = |(title, timestamp): (&str, String)| {
        let id = request_id(endpoint, title);
        let auth = delivery::auth_signature(endpoint, [&id, &timestamp, EVENT]);
        let signed = completed(endpoint, "loose_timestamp")
            .with_request_id(id)
            .signed();
        let loose = signed
            .with(TIMESTAMP, &timestamp)
            .with(AUTH_SIGNATURE, &auth);
        loose.titled(title)
    };
    values.map(request).into()
}

/// Each header twice, with another value behind and before the genuine one: a receiver and a proxy before it may each take
/// another of the two.
pub(super) fn doubled(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "doubled").signed();
    let other = completed(endpoint, "doubled_other")
        .with_secret("another")
        .signed();
    let earlier = endpoint.now.saturating_sub(1).to_string();
    let twice = |name: &str| {
        let other = match name {
            TIMESTAMP => &earlier,
            request::EVENT => UNKNOWN,
            _ => other.header(name).unwrap_or_default(),
        };
        let genuine = signed.header(name).unwrap_or_default();
        [
            signed.clone().doubled(name, other).titled(name),
            signed
                .clone()
                .with(name, other)
                .doubled(name, genuine)
                .titled(name),
        ]
    };
    request::OWN.into_iter().flat_map(twice).collect()
}

/// Signatures that make careless code throw, because they are too short or empty; and metadata that is signed as it is, so that
/// only its grammar is wrong.
pub(super) fn malformed(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "malformed").signed();
    let body = signed.body.0.clone();
    let signatures = [
        ("an X-Docutray-Signature that is too short", "sha256=5a"),
        (
            "an X-Docutray-Signature that is no hexadecimal",
            "sha256=zz",
        ),
        ("an empty X-Docutray-Signature", ""),
    ];
    let signatures =
        signatures.map(|(title, value)| signed.clone().with(SIGNATURE, value).titled(title));
    let no_uuid = completed(endpoint, "malformed").with_request_id("1".into());
    let no_event = Delivery::new(endpoint, "malformed_event", "", body);
    let metadata = [
        no_uuid.signed().titled("a request id that is no UUID"),
        no_event.signed().titled("an event without a name"),
    ];
    signatures.into_iter().chain(metadata).collect()
}

/// Signed, but no payload.
pub(super) fn no_object(endpoint: &Endpoint) -> Vec<Request> {
    let bodies: [(&str, &[u8]); 5] = [
        ("an array", b"[]"),
        ("null", b"null"),
        ("no JSON", b"{\"conversion_id\":"),
        ("not UTF-8", b"{\"conversion_id\":\"\xff\"}"),
        ("an empty body", b""),
    ];
    let signed = |(title, body): (&str, &[u8])| {
        Delivery::new(endpoint, title, EVENT, body.into())
            .signed()
            .titled(title)
    };
    bodies.map(signed).into()
}

/// Both signatures use one key, so the auth signature of a captured delivery is a body's signature: that of the text it signs.
pub(super) fn auth_as_body(endpoint: &Endpoint) -> Vec<Request> {
    in_ways(endpoint, "auth_as_body", &[Forgery::AuthAsBody])
}

pub(super) fn content_type(endpoint: &Endpoint) -> Vec<Request> {
    let form = completed(endpoint, "content_type").signed();
    let form = form.with(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let mut requests = in_ways(endpoint, "content_type", &[Forgery::ContentType]);
    requests.push(form.titled("a form"));
    requests
}

pub(super) fn method(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "method").signed();
    let mut get = signed.clone().by("GET").with_body(Vec::new()).titled("GET");
    get.headers.clear();
    vec![get, signed.by("PUT").titled("PUT")]
}

pub(super) fn cut(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "cut").signed();
    let after = signed.body.0.len() / 2;
    vec![signed.paced(Pace::Cut { after })]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A forgery that cannot be made would be left out.
    #[test]
    fn every_forgery_can_be_made() {
        let endpoint = Endpoint {
            secret: "whsec_test".into(),
            url: "https://example.com/hooks".into(),
            run: "1a2b3c4d".into(),
            now: 1_705_314_600,
        };
        for (requests, count) in [
            (unsigned(&endpoint), 2),
            (other_secret(&endpoint), 2),
            (body_signature(&endpoint), 2),
            (missing_auth(&endpoint), 1),
            (wrong_auth(&endpoint), 2),
            (changed_metadata(&endpoint), 3),
            (other_url(&endpoint), 1),
            (auth_as_body(&endpoint), 1),
            (content_type(&endpoint), 2),
        ] {
            assert_eq!(requests.len(), count, "{requests:?}");
        }
    }
}
