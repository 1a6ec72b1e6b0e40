//! Requests that an endpoint must refuse.

use alloc::{
    format,
    string::{String, ToString as _},
    vec,
    vec::Vec,
};

use docutray_webhook::signing::Signer;

use super::{
    Endpoint, Pace, Request,
    delivery::{
        self, AUTH_SIGNATURE, CONTENT_TYPE, Delivery, EVENT, REQUEST_ID, SIGNATURE, TIMESTAMP,
        request_id,
    },
    genuine::{self, completed, conversion},
};

/// In seconds: twice the window that Docutray documents.
const TOO_FAR: u64 = 600;
/// An event that no receiver knows: its payload cannot contradict it, so only the MAC tells that it was not signed.
const UNKNOWN: &str = "BATCH_ARCHIVED";
const HEADERS: [&str; 5] = [SIGNATURE, AUTH_SIGNATURE, TIMESTAMP, REQUEST_ID, EVENT];

/// A MAC that is none: all digits of a SHA-256, under no secret.
fn wrong_mac() -> String {
    format!("sha256={}", "5a".repeat(32))
}

pub(super) fn unsigned(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "unsigned").signed();
    let unsigned = [SIGNATURE, AUTH_SIGNATURE]
        .into_iter()
        .fold(signed.clone(), |request, name| request.without(name));
    let bare = HEADERS
        .into_iter()
        .fold(signed, |request, name| request.without(name));
    vec![
        unsigned.titled("without both signatures"),
        bare.titled("without any X-Docutray header"),
    ]
}

pub(super) fn other_secret(endpoint: &Endpoint) -> Vec<Request> {
    let delivery = completed(endpoint, "other_secret");
    let guesses = [
        ("signed with a guessed secret", "guess"),
        ("signed with an empty secret", ""),
    ];
    guesses
        .map(|(title, secret)| delivery.clone().with_secret(secret).signed().titled(title))
        .into()
}

/// The same JSON value is another body, too: a receiver must not verify what it has parsed.
pub(super) fn changed_body(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "changed_body").signed();
    let body = String::from_utf8_lossy(&signed.body.0).into_owned();
    let amount = body.replace("1250.00", "9250.00");
    let spaced = format!("{body}\n");
    let digits = body.replace("1250.00", "1250");
    vec![
        signed
            .clone()
            .with_body(amount.into_bytes())
            .titled("another amount"),
        signed
            .clone()
            .with_body(digits.into_bytes())
            .titled("the same JSON value, written otherwise"),
        signed
            .with_body(spaced.into_bytes())
            .titled("a line end added"),
    ]
}

pub(super) fn body_signature(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "body_signature").signed();
    vec![
        signed
            .clone()
            .with(SIGNATURE, &wrong_mac())
            .titled("a wrong X-Docutray-Signature"),
        signed
            .without(SIGNATURE)
            .titled("without X-Docutray-Signature"),
    ]
}

pub(super) fn missing_auth(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "missing_auth").signed();
    vec![
        signed
            .without(AUTH_SIGNATURE)
            .titled("without X-Docutray-Auth-Signature"),
    ]
}

pub(super) fn wrong_auth(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "wrong_auth").signed();
    vec![
        signed
            .clone()
            .with(AUTH_SIGNATURE, &wrong_mac())
            .titled("a wrong X-Docutray-Auth-Signature"),
        signed
            .with(AUTH_SIGNATURE, "sha256=5a")
            .titled("an X-Docutray-Auth-Signature that is too short"),
    ]
}

/// A captured delivery whose headers were changed. The body and its signature are genuine.
pub(super) fn changed_metadata(endpoint: &Endpoint) -> Vec<Request> {
    let old = completed(endpoint, "redated")
        .dated(endpoint.now.saturating_sub(TOO_FAR))
        .signed();
    let signed = completed(endpoint, "changed_metadata").signed();
    let other_id = request_id(endpoint, "changed_request_id");
    vec![
        old.with(TIMESTAMP, &endpoint.now.to_string())
            .titled("captured ten minutes ago, with the timestamp of now"),
        signed
            .clone()
            .with(REQUEST_ID, &other_id)
            .titled("another request id"),
        signed.with(EVENT, UNKNOWN).titled("another event"),
    ]
}

/// Two endpoints may have the same secret: what was sent to one must not be taken by the other.
pub(super) fn other_url(endpoint: &Endpoint) -> Vec<Request> {
    let delivery = completed(endpoint, "other_url").for_url("https://other.example/hooks");
    vec![delivery.signed().titled("signed for another URL")]
}

/// The headers of one delivery around the body, and the body's signature, of another: each part is authentic.
pub(super) fn spliced(endpoint: &Endpoint) -> Vec<Request> {
    let started = genuine::identification_started(endpoint, "spliced");
    let status = conversion(endpoint, "spliced_status", "PROCESSING", "");
    let splice = |body: Vec<u8>| {
        let signature = Signer::new(&endpoint.secret).body_signature(&body);
        completed(endpoint, "spliced")
            .signed()
            .with(SIGNATURE, &signature)
            .with_body(body)
    };
    vec![
        splice(started).titled("the payload of an identification under CONVERSION_COMPLETED"),
        splice(status).titled("the payload of CONVERSION_STARTED under CONVERSION_COMPLETED"),
    ]
}

pub(super) fn stale(endpoint: &Endpoint) -> Vec<Request> {
    let delivery = completed(endpoint, "stale").dated(endpoint.now.saturating_sub(TOO_FAR));
    vec![delivery.signed().titled("ten minutes old")]
}

pub(super) fn future(endpoint: &Endpoint) -> Vec<Request> {
    let delivery = completed(endpoint, "future").dated(endpoint.now.saturating_add(TOO_FAR));
    vec![delivery.signed().titled("from ten minutes ahead")]
}

/// Timestamps that `parseInt` and its like read as now. Both signatures are those of the header as it is sent, so only its
/// grammar is wrong.
pub(super) fn loose_timestamp(endpoint: &Endpoint) -> Vec<Request> {
    let now = endpoint.now;
    let values = [
        (
            "a timestamp with letters behind it, such as 123abc",
            format!("{now}abc"),
        ),
        ("a timestamp with a fraction", format!("{now}.0")),
        ("a timestamp with a sign", format!("+{now}")),
        ("a timestamp in words", "today".into()),
    ];
    let request = |(title, timestamp): (&str, String)| {
        let id = request_id(endpoint, title);
        let auth = delivery::auth_signature(
            &endpoint.secret,
            &id,
            &timestamp,
            &endpoint.url,
            genuine::EVENT,
        );
        let signed = completed(endpoint, "loose_timestamp")
            .with_request_id(id)
            .signed();
        signed
            .with(TIMESTAMP, &timestamp)
            .with(AUTH_SIGNATURE, &auth)
            .titled(title)
    };
    values.map(request).into()
}

/// Each header twice, with another value behind and before the genuine one: a receiver and a proxy before it may each take
/// another of the two.
pub(super) fn doubled(endpoint: &Endpoint) -> Vec<Request> {
    let others = [
        (SIGNATURE, wrong_mac()),
        (AUTH_SIGNATURE, wrong_mac()),
        (TIMESTAMP, endpoint.now.saturating_sub(1).to_string()),
        (REQUEST_ID, request_id(endpoint, "doubled_other")),
        (EVENT, UNKNOWN.into()),
    ];
    let signed = completed(endpoint, "doubled").signed();
    let twice = |(name, other): &(&str, String)| {
        let genuine = signed.header(name).unwrap_or_default().to_string();
        let title = format!("{name} twice");
        [
            signed.clone().doubled(name, other).titled(&title),
            signed
                .clone()
                .with(name, other)
                .doubled(name, &genuine)
                .titled(&title),
        ]
    };
    others.iter().flat_map(twice).collect()
}

/// Signatures that make careless code throw, because they are too short or empty; and metadata that is signed as it is, so that
/// only its grammar is wrong.
pub(super) fn malformed(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "malformed").signed();
    let signatures = [
        ("an X-Docutray-Signature that is too short", "sha256=5a"),
        (
            "an X-Docutray-Signature that is no hexadecimal",
            "sha256=zz",
        ),
        ("an empty X-Docutray-Signature", ""),
    ];
    let body = signed.body.0.clone();
    let no_uuid = completed(endpoint, "malformed").with_request_id("1".into());
    let no_event = Delivery::new(endpoint, "malformed_event", "", body);
    let metadata = [
        no_uuid.signed().titled("a request id that is no UUID"),
        no_event.signed().titled("an event without a name"),
    ];
    let signatures =
        signatures.map(|(title, value)| signed.clone().with(SIGNATURE, value).titled(title));
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
        Delivery::new(endpoint, title, genuine::EVENT, body.to_vec())
            .signed()
            .titled(title)
    };
    bodies.map(signed).into()
}

/// Both signatures use one key, so the auth signature of a captured delivery is a body's signature: that of the text it signs.
pub(super) fn auth_as_body(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "auth_as_body").signed();
    let value = |name| signed.header(name).unwrap_or_default();
    let text = delivery::auth_string(
        value(REQUEST_ID),
        value(TIMESTAMP),
        &endpoint.url,
        value(EVENT),
    );
    let signature = value(AUTH_SIGNATURE).to_string();
    let request = signed
        .with(SIGNATURE, &signature)
        .with_body(text.into_bytes());
    vec![request.titled("the text that X-Docutray-Auth-Signature signs, as a body")]
}

pub(super) fn content_type(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "content_type").signed();
    let types = [
        ("as text/plain", "text/plain"),
        ("as a form", "application/x-www-form-urlencoded"),
    ];
    types
        .map(|(title, value)| signed.clone().with(CONTENT_TYPE, value).titled(title))
        .into()
}

pub(super) fn method(endpoint: &Endpoint) -> Vec<Request> {
    let mut get = completed(endpoint, "method")
        .signed()
        .by("GET")
        .with_body(Vec::new())
        .titled("GET");
    get.headers.clear();
    vec![
        get,
        completed(endpoint, "method")
            .signed()
            .by("PUT")
            .titled("PUT"),
    ]
}

pub(super) fn cut(endpoint: &Endpoint) -> Vec<Request> {
    let signed = completed(endpoint, "cut").signed();
    let after = signed.body.0.len() / 2;
    vec![
        signed
            .paced(Pace::Cut { after })
            .titled("the connection ends within the body"),
    ]
}
