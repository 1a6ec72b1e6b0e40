//! Verifies deliveries with secrets that are marked as undefined. `cargo xtask proof constant-time` runs it in valgrind, which then
//! reports each branch and each address that depends on a secret, or on a MAC computed with one.
//!
//! The secrets that sign are other copies, so nothing that a sender knows is marked.

use crabgrind::{
    RunMode,
    memcheck::{MemState, mark_mem},
    run_mode,
};
use docutray_webhook::{Code, Verifier, signing::Signer};

const NOW: u64 = 1_750_000_000;
const REQUEST_ID: &str = "550e8400-e29b-41d4-a716-446655440000";
const EVENT: &str = "DOCUMENT_ARCHIVED";
const BODY: &[u8] = br#"{"archive_id":"arc_1"}"#;

const SECRETS: [&str; 3] = ["whsec_first", "whsec_of_the_middle", "whsec_last"];
const FOREIGN_SECRET: &str = "whsec_that_nobody_configured";
const URLS: [&str; 3] = [
    "https://example.com/hooks/1",
    "https://example.com/hooks/2",
    "https://example.com/hooks/3",
];
const FOREIGN_URL: &str = "https://example.com/hooks/4";

const SIGNATURE: usize = 0;
const AUTH_SIGNATURE: usize = 1;

type Headers = [(&'static str, String); 5];

type Verdict = Result<(), Code>;

/// A delivery, and what its metadata and its body are.
struct Delivery {
    headers: Headers,
    metadata: Verdict,
    body: Verdict,
}

fn main() {
    assert!(
        run_mode() != RunMode::Native,
        "nobody watches the secrets: run this in valgrind"
    );
    let (whole, body_only) = (verifier(&URLS), verifier(&[]));
    let deliveries = deliveries();
    for delivery in &deliveries {
        let expected = delivery.metadata.and(delivery.body);
        assert_eq!(delivery.verified(&whole), expected);
        assert_eq!(delivery.streamed(&whole), expected);
        assert_eq!(delivery.verified(&body_only), delivery.body);
        assert_eq!(delivery.streamed(&body_only), delivery.body);
    }
    println!("{} deliveries", deliveries.len());
}

impl Delivery {
    fn verified(&self, verifier: &Verifier) -> Verdict {
        let event = verifier.verify(self.headers.clone(), BODY, NOW);
        event.map(drop).map_err(|error| error.code())
    }

    fn streamed(&self, verifier: &Verifier) -> Verdict {
        let event = verifier
            .begin(self.headers.clone(), NOW)
            .and_then(|mut check| {
                check.update(BODY)?;
                check.finish()
            });
        event.map(drop).map_err(|error| error.code())
    }
}

/// A verifier with all secrets, which are marked.
fn verifier(urls: &[&str]) -> Verifier {
    let secrets = SECRETS.map(marked);
    let builder = Verifier::builder().secrets(secrets);
    let builder = match urls {
        [] => builder.body_only(),
        urls => builder.urls(urls.iter().copied()),
    };
    builder.build().expect("a right configuration")
}

fn marked(secret: &str) -> String {
    let secret = String::from(secret);
    // The last version that Debian's headers suit returns an error where the mark was set. A leak that has to be found shows
    // that marks are set.
    let _ = mark_mem(
        secret.as_ptr().cast_mut().cast(),
        secret.len(),
        MemState::Undefined,
    );
    secret
}

/// Deliveries signed by each secret for each URL, genuine and wrong in each way.
fn deliveries() -> Vec<Delivery> {
    let of = |headers, metadata, body| Delivery {
        headers,
        metadata,
        body,
    };
    let (wrong_metadata, wrong_body) = (
        Err(Code::AuthSignatureMismatch),
        Err(Code::SignatureMismatch),
    );
    let mut deliveries = vec![
        of(signed(FOREIGN_SECRET, URLS[0]), wrong_metadata, wrong_body),
        of(signed(SECRETS[0], FOREIGN_URL), wrong_metadata, Ok(())),
    ];
    for (secret, url) in SECRETS
        .iter()
        .flat_map(|secret| URLS.map(|url| (secret, url)))
    {
        let genuine = signed(secret, url);
        for digit in 0..64 {
            let with_wrong = |header| with_digit_wrong(genuine.clone(), header, digit);
            deliveries.push(of(with_wrong(SIGNATURE), Ok(()), wrong_body));
            deliveries.push(of(with_wrong(AUTH_SIGNATURE), wrong_metadata, Ok(())));
        }
        deliveries.push(of(genuine, Ok(()), Ok(())));
    }
    deliveries
}

fn signed(secret: &str, url: &str) -> Headers {
    Signer::new(secret).headers(REQUEST_ID, NOW, url, EVENT, BODY)
}

fn with_digit_wrong(mut headers: Headers, header: usize, digit: usize) -> Headers {
    let value = &mut headers[header].1;
    let digit = "sha256=".len() + digit;
    let other = if value[digit..].starts_with('0') {
        "1"
    } else {
        "0"
    };
    value.replace_range(digit..=digit, other);
    headers
}
