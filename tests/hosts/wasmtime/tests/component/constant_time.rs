//! Evidence for comparisons in constant time: their instructions, counted.
//!
//! Several secrets and URLs are configured. Whichever of them signed, whichever digit is wrong, and whether it is one or
//! all of them: one number for all. Reading hex takes a letter otherwise than a digit, and the first of two otherwise than
//! the second, which is the sender's own doing and no secret: every signature here has as many letters in either place.

use std::collections::BTreeSet;

use docutray_webhook_wasmtime_driver::wit;

use crate::{
    counting::Counting,
    signers::{
        AUTH_SIGNATURE, Delivery, FOREIGN_SECRET, FOREIGN_URL, SECRETS, SIGNATURE, Signers, URLS,
        genuine,
    },
};

/// What `verify` takes for each of them; all have the same verdict.
fn verified(
    urls: &[&str],
    deliveries: impl IntoIterator<Item = Delivery>,
    expected: Result<(), wit::ErrorCode>,
) -> Fuel {
    let mut counting = Counting::new(&config(&SECRETS, urls));
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
    let mut counting = Counting::new(&config(&SECRETS, &URLS));
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

fn config(secrets: &[&str], urls: &[&str]) -> wit::Config {
    wit::Config {
        secrets: secrets.iter().map(|secret| (*secret).to_owned()).collect(),
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

/// What `verify` takes for one delivery with each of these lists of secrets and of URLs. All have the same verdict.
fn with_each(
    configs: impl IntoIterator<Item = (Vec<&'static str>, Vec<&'static str>)>,
    delivery: &Delivery,
    expected: Result<(), wit::ErrorCode>,
) -> BTreeSet<u64> {
    let fuel = |(secrets, urls): (Vec<_>, Vec<_>)| {
        let mut counting = Counting::new(&config(&secrets, &urls));
        let [_, fuel] = [(); 2].map(|()| {
            let (answer, fuel) = counting.verify(&delivery.headers, &delivery.body);
            assert_eq!(answer.map(drop).map_err(|error| error.code), expected);
            fuel
        });
        fuel
    };
    configs.into_iter().map(fuel).collect()
}

/// All orders of three.
fn orders([a, b, c]: [&'static str; 3]) -> [Vec<&'static str>; 6] {
    [
        [a, b, c],
        [a, c, b],
        [b, a, c],
        [b, c, a],
        [c, a, b],
        [c, b, a],
    ]
    .map(Vec::from)
}

#[test]
fn secrets_and_urls_in_any_order_take_the_same() {
    for signers in genuine() {
        let delivery = Delivery::signed(signers);
        let secrets = orders(SECRETS).map(|secrets| (secrets, URLS.into()));
        let urls = orders(URLS).map(|urls| (SECRETS.into(), urls));
        let fuel = with_each(secrets.into_iter().chain(urls), &delivery, Ok(()));
        assert_eq!(fuel.len(), 1, "{fuel:?}");
    }
}

#[test]
fn every_wrong_secret_of_one_length_takes_the_same() {
    // From none to all of the right secret's characters, from either end, and others.
    let wrong = [
        "WHSEC_FIRSX",
        "whsec_firsX",
        "XhseX_first",
        "Xhsec_first",
        "whsec_Xirst",
        "tsrif_ceshw",
        "00000000000",
        "~~~~~~~~~~~",
    ];
    let delivery = Delivery::signed(Signers {
        metadata: "whsec_first",
        url: URLS[0],
        body: "whsec_first",
    });
    let configs = wrong.map(|secret| (vec![secret], vec![URLS[0]]));
    let expected = Err(wit::ErrorCode::AuthSignatureMismatch);
    let fuel = with_each(configs, &delivery, expected);
    assert_eq!(fuel.len(), 1, "{fuel:?}");
}
