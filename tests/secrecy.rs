//! Promise: no error and no `Debug` output contains a secret, an expected MAC or a part of a body.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use docutray_webhook::{Error, Verifier, signing::Signer};

const NOW: u64 = 1_705_314_600;
const URL: &str = "https://example.com/hooks";
const ID: &str = "550e8400-e29b-41d4-a716-446655440000";
const SECRET: &str = "whsec_9f8e7d6c5b4a";
const EVENT: &str = "CONVERSION_COMPLETED";
/// A word that every faulty body contains.
const INSIDE: &str = "zebra";

fn verifier() -> Verifier {
    Verifier::builder().secret(SECRET).url(URL).build().unwrap()
}

fn errors() -> Vec<Error> {
    let signer = Signer::new(SECRET);
    let bodies = [
        INSIDE.to_owned(),
        format!("\"{INSIDE}\""),
        format!("{{\"{INSIDE}"),
        format!(r#"{{"conversion_id":"{INSIDE}","status":"{INSIDE}"}}"#),
        format!(r#"{{"conversion_id":["{INSIDE}"],"status":"SUCCESS"}}"#),
        format!(
            r#"{{"conversion_id":"{INSIDE}","status":"SUCCESS","request_timestamp":{{"{INSIDE}":1}}}}"#
        ),
        format!(r#"{{"identification_id":"{INSIDE}","status":"SUCCESS"}}"#),
        format!("{}{INSIDE}", "[".repeat(200)),
    ];
    let mut errors: Vec<_> = bodies
        .iter()
        .map(|body| {
            let headers = signer.headers(ID, NOW, URL, EVENT, body.as_bytes());
            verifier()
                .verify(headers, body.as_bytes(), NOW)
                .unwrap_err()
        })
        .collect();

    let headers = || signer.headers(ID, NOW, URL, EVENT, b"{}");
    errors.push(
        verifier()
            .verify(headers(), INSIDE.as_bytes(), NOW)
            .unwrap_err(),
    );
    errors.push(verifier().verify(headers(), b"{}", NOW + 301).unwrap_err());
    errors.push(verifier().verify(headers(), b"{}", NOW - 301).unwrap_err());
    let elsewhere = signer.headers(ID, NOW, "https://example.com/", EVENT, b"{}");
    errors.push(verifier().verify(elsewhere, b"{}", NOW).unwrap_err());
    let builder = Verifier::builder().secret(SECRET).secret("").url(URL);
    errors.push(builder.build().unwrap_err());
    errors
}

#[test]
fn errors_contain_nothing_secret() {
    let macs = [
        Signer::new(SECRET).body_signature(b"{}"),
        Signer::new(SECRET).body_signature(INSIDE.as_bytes()),
        Signer::new(SECRET).auth_signature(ID, NOW, URL, EVENT),
    ];
    let macs = macs.iter().map(|mac| &mac["sha256=".len()..]);
    let forbidden: Vec<&str> = [SECRET, INSIDE].into_iter().chain(macs).collect();
    for error in errors() {
        for shown in [error.to_string(), format!("{error:?}")] {
            for secret in &forbidden {
                assert!(!shown.contains(secret), "{shown}");
            }
        }
    }
}

#[test]
fn messages_begin_with_their_code_and_give_advice() {
    for error in errors() {
        let message = error.to_string();
        let text = message.strip_prefix(error.code().as_str()).unwrap();
        assert!(text.starts_with(": ") && text.len() > 60, "{message}");
        assert!(!text.contains('\n'), "{message}");
    }
}

#[test]
fn debug_output_contains_no_secret() {
    let builder = Verifier::builder().secret(SECRET).url(URL);
    let headers = Signer::new(SECRET).headers(ID, NOW, URL, EVENT, b"{}");
    let shown = [
        format!("{builder:?}"),
        format!("{:?}", verifier()),
        format!("{:?}", verifier().begin(headers, NOW).unwrap()),
        format!("{:?}", Signer::new(SECRET)),
    ];
    for shown in shown {
        assert!(shown.contains("redacted"), "{shown}");
        assert!(!shown.contains(SECRET), "{shown}");
    }
}

#[test]
fn debug_output_of_an_unfit_delivery_has_the_length_of_its_body() {
    let body = format!(r#"{{"conversion_id":["{INSIDE}"]}}"#);
    let headers = Signer::new(SECRET).headers(ID, NOW, URL, EVENT, body.as_bytes());
    let rejection = verifier()
        .settle(headers, body.clone().into(), NOW)
        .unwrap_err();
    let shown = format!("{rejection:?}");
    let length = format!("{} bytes", body.len());
    for expected in ["MalformedPayload", ID, &length] {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    assert!(!shown.contains(INSIDE), "{shown}");
    let bytes = format!("{:?}", &body.as_bytes()[..4]);
    assert!(!shown.contains(bytes.trim_matches(['[', ']'])), "{shown}");
}

#[test]
fn a_mismatch_of_the_metadata_says_whether_the_secret_or_the_url_differs() {
    let other_url = "https://example.com/hooks/";
    let message = |secret, url, body: &[u8]| {
        let headers = Signer::new(secret).headers(ID, NOW, url, EVENT, body);
        let error = verifier().verify(headers, body, NOW).unwrap_err();
        assert_eq!(error.code().as_str(), "auth_signature_mismatch");
        assert!(!error.finding().to_string().contains("differs"), "{error}");
        error.to_string()
    };
    assert!(message(SECRET, other_url, b"{}").contains(" The URL differs:"));
    assert!(message("another", URL, b"{}").contains(" The secret differs:"));
    // A larger body is not hashed for an error's sake.
    let limit = [b' '; 64 * 1024];
    assert!(message(SECRET, other_url, &limit).contains(" The URL differs:"));
    assert!(!message(SECRET, other_url, &[b' '; 64 * 1024 + 1]).contains("differs"));
}

#[test]
fn a_body_beyond_the_limit_is_not_hashed_for_an_error() {
    let builder = Verifier::builder().secret(SECRET).url(URL);
    let verifier = builder.max_body(1).build().unwrap();
    let headers = Signer::new(SECRET).headers(ID, NOW, "https://example.com/", EVENT, b"{}");
    let error = verifier.verify(headers, b"{}", NOW).unwrap_err();
    assert!(!error.to_string().contains("differs"), "{error}");
}

#[test]
fn without_the_body_a_mismatch_names_both() {
    let headers = || Signer::new("another").headers(ID, NOW, URL, EVENT, b"{}");
    let begun = verifier().begin(headers(), NOW).unwrap_err();
    let authorized = verifier().authorize(headers(), NOW).unwrap_err();
    assert_eq!(begun, authorized);
    assert!(
        begun
            .to_string()
            .contains("No configured secret and URL match")
    );
}

#[test]
fn a_clock_in_milliseconds_is_reported() {
    let told = |now| {
        let headers = Signer::new(SECRET).headers(ID, NOW, URL, EVENT, b"{}");
        let error = verifier().verify(headers, b"{}", now).unwrap_err();
        error.to_string().contains("looks like milliseconds")
    };
    assert!(told(NOW * 1_000));
    // In seconds the year 5138, in milliseconds 1973.
    assert!(told(100_000_000_000));
    assert!(!told(99_999_999_999));
}

#[test]
fn white_space_around_a_secret_is_reported() {
    let spaced = Verifier::builder()
        .secret(format!("{SECRET}\n"))
        .url(URL)
        .build()
        .unwrap();
    let headers = || Signer::new(SECRET).headers(ID, NOW, URL, EVENT, b"{}");
    let told = |verifier: &Verifier| {
        let error = verifier.verify(headers(), b"{}", NOW + 1_000).unwrap_err();
        error.to_string().contains("white space")
    };
    assert!(told(&spaced));
    let other = Verifier::builder()
        .secret("another")
        .url(URL)
        .build()
        .unwrap();
    assert!(!told(&other));
}
