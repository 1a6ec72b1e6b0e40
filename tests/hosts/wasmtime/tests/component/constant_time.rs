//! Evidence for comparisons in constant time: their instructions, counted.
//!
//! Several secrets and URLs are configured. Whichever of them signed, whichever digit is wrong, and whether it is one or
//! all of them: one number for all. Reading hex takes a letter otherwise than a digit, and the first of two otherwise than
//! the second, which is the sender's own doing and no secret: every signature here has as many letters in either place.

use std::collections::BTreeSet;

use docutray_webhook::signing::Signer;
use docutray_webhook_wasmtime_driver::wit;

use crate::{counting::Counting, delivery::NOW};

const PREFIX: usize = "sha256=".len();
const SIGNATURE: &str = "x-docutray-signature";
const AUTH_SIGNATURE: &str = "x-docutray-auth-signature";

const SECRETS: [&str; 3] = ["whsec_first", "whsec_of_the_middle", "whsec_last"];
const FOREIGN_SECRET: &str = "whsec_that_nobody_configured";
// Of one length, which is no secret, and of which the MAC takes its time.
const URLS: [&str; 3] = [
    "https://example.com/hooks/1",
    "https://example.com/hooks/2",
    "https://example.com/hooks/3",
];
const FOREIGN_URL: &str = "https://example.com/hooks/4";

/// In the first and in the second digits of 32 bytes: the most likely number.
const LETTERS: [usize; 2] = [12, 12];

/// Who signed what.
#[derive(Clone, Copy)]
struct Signers {
    metadata: &'static str,
    url: &'static str,
    body: &'static str,
}

/// Every secret with every URL.
fn genuine() -> impl Iterator<Item = Signers> {
    let signers = |secret| {
        URLS.into_iter().map(move |url| Signers {
            metadata: secret,
            url,
            body: secret,
        })
    };
    SECRETS.into_iter().flat_map(signers)
}

#[derive(Clone)]
struct Delivery {
    headers: Vec<wit::Header>,
    body: Vec<u8>,
}

impl Delivery {
    /// Its request id and its body are such that both signatures have as many letters as any other's.
    fn signed(by: Signers) -> Self {
        let body = (0..)
            .map(|number| format!(r#"{{"archive_id":"arc_{number:08}"}}"#).into_bytes())
            .find(|body| letters(&Signer::new(by.body).body_signature(body)) == LETTERS)
            .unwrap();
        let metadata = Signer::new(by.metadata);
        let mut headers = (0..)
            .map(|number| format!("550e8400-e29b-41d4-a716-{number:012}"))
            .map(|id| metadata.headers(&id, NOW, by.url, "DOCUMENT_ARCHIVED", &body))
            .find(|headers| letters(&headers[1].1) == LETTERS)
            .unwrap();
        headers[0].1 = Signer::new(by.body).body_signature(&body);
        let headers = headers.map(|(name, value)| (name.to_owned(), value.into_bytes()));
        Self {
            headers: headers.into(),
            body,
        }
    }

    /// With each digit of this header's signature wrong in turn.
    fn with_each_digit_wrong(self, header: &str) -> impl Iterator<Item = Self> {
        let place = self.headers.iter().position(|(name, _)| name == header);
        let place = place.unwrap();
        (PREFIX..PREFIX + 64).map(move |digit| {
            let mut headers = self.headers.clone();
            let byte = &mut headers[place].1[digit];
            // A digit stays a digit and a letter a letter.
            *byte = match *byte {
                digit @ b'0'..=b'9' => digit ^ 1,
                letter => ((letter - b'a') ^ 1) + b'a',
            };
            Self {
                headers,
                body: self.body.clone(),
            }
        })
    }
}

fn letters(signature: &str) -> [usize; 2] {
    [0, 1].map(|place| {
        let digits = signature.bytes().skip(PREFIX + place).step_by(2);
        digits.filter(u8::is_ascii_alphabetic).count()
    })
}

/// What `verify` takes for each of them; all have the same verdict.
fn verified(
    urls: &[&str],
    deliveries: impl IntoIterator<Item = Delivery>,
    expected: Result<(), wit::ErrorCode>,
) -> Fuel {
    let mut counting = Counting::new(&config(urls));
    let mut fuel = Fuel::default();
    for Delivery { headers, body } in first_twice(deliveries) {
        let (answer, used) = counting.verify(&headers, &body);
        assert_eq!(answer.map(drop).map_err(|error| error.code), expected);
        fuel.count(used);
    }
    fuel
}

/// The same for `authorize`, which passes.
fn authorized(deliveries: impl IntoIterator<Item = Delivery>) -> Fuel {
    let mut counting = Counting::new(&config(&URLS));
    let mut fuel = Fuel::default();
    for Delivery { headers, .. } in first_twice(deliveries) {
        let (answer, used) = counting.authorize(&headers);
        assert!(answer.is_ok());
        fuel.count(used);
    }
    fuel
}

/// The first call with a verdict finds the instance's memory as no later one does, and is not counted.
fn first_twice(deliveries: impl IntoIterator<Item = Delivery>) -> impl Iterator<Item = Delivery> {
    let mut deliveries = deliveries.into_iter().peekable();
    let first = deliveries.peek().cloned();
    first.into_iter().chain(deliveries)
}

fn config(urls: &[&str]) -> wit::Config {
    wit::Config {
        secrets: SECRETS.map(str::to_owned).into(),
        metadata: match urls {
            [] => wit::Metadata::BodyOnly,
            urls => wit::Metadata::Registered(urls.iter().map(|url| (*url).to_owned()).collect()),
        },
        tolerance: None,
        max_body: None,
    }
}

/// The numbers of instructions that were seen.
#[derive(Default)]
struct Fuel {
    seen: BTreeSet<u64>,
    calls: usize,
}

impl Fuel {
    /// Leaves out the first.
    fn count(&mut self, used: u64) {
        if self.calls > 0 {
            self.seen.insert(used);
        }
        self.calls += 1;
    }

    #[track_caller]
    fn is_one_number_for(&self, deliveries: usize) {
        assert_eq!(self.calls, 1 + deliveries);
        assert_eq!(self.seen.len(), 1, "{:?}", self.seen);
    }
}

#[test]
fn a_wrong_auth_signature_takes_the_same_whoever_signed_and_wherever_it_is_wrong() {
    let one_digit = genuine()
        .flat_map(|signers| Delivery::signed(signers).with_each_digit_wrong(AUTH_SIGNATURE));
    let every_digit = genuine().flat_map(|signers| {
        let of_another_secret = Signers {
            metadata: FOREIGN_SECRET,
            ..signers
        };
        let for_another_url = Signers {
            url: FOREIGN_URL,
            ..signers
        };
        [of_another_secret, for_another_url].map(Delivery::signed)
    });
    let expected = Err(wit::ErrorCode::AuthSignatureMismatch);
    let fuel = verified(&URLS, one_digit.chain(every_digit), expected);
    fuel.is_one_number_for(9 * 64 + 9 * 2);
}

#[test]
fn a_wrong_body_signature_takes_the_same_whoever_signed_and_wherever_it_is_wrong() {
    let one_digit =
        genuine().flat_map(|signers| Delivery::signed(signers).with_each_digit_wrong(SIGNATURE));
    // Under a secret that is configured, too: the body is held to the one that signed the metadata.
    let every_digit = genuine().flat_map(|signers| {
        let others = SECRETS.into_iter().chain([FOREIGN_SECRET]);
        others
            .filter(move |other| *other != signers.metadata)
            .map(move |other| {
                Delivery::signed(Signers {
                    body: other,
                    ..signers
                })
            })
    });
    let expected = Err(wit::ErrorCode::SignatureMismatch);
    let fuel = verified(&URLS, one_digit.chain(every_digit), expected);
    fuel.is_one_number_for(9 * 64 + 9 * 3);
}

#[test]
fn without_a_url_a_wrong_body_signature_takes_the_same_wherever_it_is_wrong() {
    let one_digit =
        genuine().flat_map(|signers| Delivery::signed(signers).with_each_digit_wrong(SIGNATURE));
    let every_digit = genuine().map(|signers| {
        Delivery::signed(Signers {
            body: FOREIGN_SECRET,
            ..signers
        })
    });
    let expected = Err(wit::ErrorCode::SignatureMismatch);
    let fuel = verified(&[], one_digit.chain(every_digit), expected);
    fuel.is_one_number_for(9 * 64 + 9);
}

#[test]
fn what_passes_takes_the_same_whichever_secret_and_url_it_was() {
    let deliveries = || genuine().map(Delivery::signed);
    verified(&URLS, deliveries(), Ok(())).is_one_number_for(9);
    verified(&[], deliveries(), Ok(())).is_one_number_for(9);
    authorized(deliveries()).is_one_number_for(9);
}
