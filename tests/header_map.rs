//! Promise: an `http::HeaderMap` can be passed by reference or by its iterator, and a repeated header is detected. So can the pairs
//! of a `Vec`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use docutray_webhook::{Code, Error, UnixTime, Verifier, signing::Signer};
use http::{HeaderMap, HeaderName, HeaderValue};

const NOW: UnixTime = UnixTime::from_secs(1_705_314_600);
const URL: &str = "https://example.com/hooks";
const ID: &str = "550e8400-e29b-41d4-a716-446655440000";
const BODY: &[u8] = b"{}";

fn headers() -> HeaderMap {
    let signed = Signer::new("s").headers(ID, NOW, URL, "BATCH_ARCHIVED", BODY);
    let fields =
        signed.map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap()));
    fields.into_iter().collect()
}

/// Returns the verdict for each way to pass the headers.
fn verdicts(headers: &HeaderMap) -> [Result<(), Error>; 3] {
    let verifier = Verifier::builder().secret("s").url(URL).build().unwrap();
    [
        verifier.verify(headers, BODY, NOW).map(drop),
        verifier.verify(headers.iter(), BODY, NOW).map(drop),
        verifier.authorize(headers, NOW).map(drop),
    ]
}

#[test]
fn a_map_is_passed_by_reference_or_by_its_iterator() {
    assert_eq!(verdicts(&headers()), [Ok(()), Ok(()), Ok(())]);
}

#[test]
fn pairs_of_strings_are_passed_as_references() {
    let signed = Signer::new("s").headers(ID, NOW, URL, "BATCH_ARCHIVED", BODY);
    let headers: Vec<(String, String)> =
        signed.map(|(name, value)| (name.to_owned(), value)).into();
    let verifier = Verifier::builder().secret("s").url(URL).build().unwrap();
    let pairs = headers.iter().map(|(name, value)| (name, value));
    assert_eq!(verifier.verify(pairs, BODY, NOW).map(drop), Ok(()));
}

#[test]
fn a_repeated_header_is_detected_each_time() {
    let mut headers = headers();
    headers.append(
        "x-docutray-event",
        HeaderValue::from_static("BATCH_ARCHIVED"),
    );
    for verdict in verdicts(&headers) {
        assert_eq!(verdict.unwrap_err().code(), Code::DuplicateHeader);
    }
}
