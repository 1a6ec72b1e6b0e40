//! Changed deliveries: every entry point returns the same verdict, and nothing passes that was not signed. The test also
//! counts that enough deliveries reach each step of the pipeline.

use std::{cell::RefCell, collections::BTreeMap};

use docutray_webhook::{
    Code, Delivery, Error, Event, EventKind, HEADER_NAMES, PayloadFault, Rejection, Verifier,
};
use proptest::{prelude::*, test_runner::TestRunner};
use serde::de::IgnoredAny;
use sha2::{Digest as _, Sha256};

use crate::{
    delivery::{NOW, REQUEST_ID, genuine, signed, verifier},
    fixed,
    plan::{Plan, Sent, plan},
};

const CASES: u32 = 6_000;

/// The minimum number of deliveries for each result: a little over half of the present number.
const FLOORS: [(&str, usize); 24] = [
    ("passed", 890),
    ("missing_header", 60),
    ("duplicate_header", 120),
    ("malformed_header x-docutray-signature", 140),
    ("malformed_header x-docutray-auth-signature", 100),
    ("malformed_header x-docutray-timestamp", 60),
    ("malformed_header x-docutray-request-id", 70),
    ("malformed_header x-docutray-event", 40),
    ("auth_signature_mismatch", 340),
    ("timestamp_too_old", 70),
    ("timestamp_too_new", 80),
    ("body_too_large", 130),
    ("signature_mismatch", 370),
    ("malformed_payload: not UTF-8", 110),
    ("malformed_payload: not JSON", 200),
    ("malformed_payload: not an object", 100),
    ("malformed_payload: too deep", 10),
    ("malformed_payload: missing", 170),
    ("malformed_payload: repeated", 70),
    ("malformed_payload: type", 190),
    ("event_mismatch", 170),
    ("passed: as signed, but not genuine", 460),
    ("passed: changed on the way", 190),
    ("passed: spliced of two", 30),
];

#[test]
fn every_changed_delivery_has_one_verdict_and_each_step_is_reached() {
    let reached = RefCell::new(BTreeMap::<String, usize>::new());
    let usual = verifier(1 << 20);
    let run = TestRunner::new(fixed(CASES)).run(&plan(), |plan| {
        let sent = plan.sent();
        let verdict = verify(&usual, &sent);
        for end in ends(&sent, &verdict) {
            *reached.borrow_mut().entry(end).or_default() += 1;
        }
        one_verdict(&plan, &sent, &verdict)?;
        nothing_unsigned_passes(&sent, &verdict)?;
        still_verifies(&usual)
    });
    run.unwrap();
    let reached = reached.into_inner();
    for (end, floor) in FLOORS {
        let count = reached.get(end).copied().unwrap_or(0);
        assert!(
            count >= floor,
            "{end}: {count} of at least {floor} in {reached:#?}"
        );
    }
    let codes = Code::ALL
        .iter()
        .filter(|code| **code != Code::InvalidConfig);
    for code in codes {
        let has_a_floor = |(end, _): &(&str, usize)| end.starts_with(code.as_str());
        assert!(FLOORS.iter().any(has_a_floor), "{code}");
    }
}

/// Uses one verifier for all deliveries, unless a delivery needs its own limit.
fn verify(usual: &Verifier, sent: &Sent) -> Result<Event, Error> {
    let own = (sent.max_body != 1 << 20).then(|| verifier(sent.max_body));
    let verifier = own.as_ref().unwrap_or(usual);
    verifier.verify(sent.headers.clone(), &sent.body, sent.now)
}

fn ends(sent: &Sent, verdict: &Result<Event, Error>) -> Vec<String> {
    let error = match verdict {
        Ok(event) => return passed(sent, event),
        Err(error) => error,
    };
    let code = error.code().as_str();
    vec![match error {
        Error::MalformedHeader { header, .. } => format!("{code} {header}"),
        Error::MalformedPayload { fault, .. } => format!("{code}: {}", words(*fault)),
        _ => code.to_owned(),
    }]
}

fn passed(sent: &Sent, event: &Event) -> Vec<String> {
    let mut ends = vec!["passed".to_owned()];
    if sent.is_as_signed && !sent.is_untouched {
        ends.push("passed: as signed, but not genuine".to_owned());
    }
    if !sent.is_as_signed {
        ends.push("passed: changed on the way".to_owned());
    }
    let own_body = sent.signed_bodies.last().unwrap();
    if event.delivery().request_id() != REQUEST_ID && event.raw().as_bytes() == own_body {
        ends.push("passed: spliced of two".to_owned());
    }
    ends
}

fn words(fault: PayloadFault) -> &'static str {
    match fault {
        PayloadFault::NotUtf8 { .. } => "not UTF-8",
        PayloadFault::NotJson { .. } => "not JSON",
        PayloadFault::NotAnObject => "not an object",
        PayloadFault::TooDeep => "too deep",
        PayloadFault::Missing => "missing",
        PayloadFault::Repeated => "repeated",
        PayloadFault::Type { .. } => "type",
        _ => "another fault",
    }
}

/// Checks that the verdict is the same for a whole body and for chunks, with `verify`, `settle` and `check`.
fn one_verdict(
    plan: &Plan,
    sent: &Sent,
    verdict: &Result<Event, Error>,
) -> Result<(), TestCaseError> {
    let verifier = verifier(sent.max_body);
    let chunked = streamed(&verifier, plan, sent);
    match verdict {
        // Only with the whole body at hand, the message says whether the secret or the URL differs.
        Err(error @ Error::AuthSignatureMismatch { .. }) => {
            prop_assert_eq!(chunked.map_err(|error| error.code()), Err(error.code()));
        }
        verdict => prop_assert_eq!(&chunked, verdict),
    }
    let checked = verifier.check(sent.headers.clone(), &sent.body, sent.now);
    prop_assert_eq!(
        checked.map(|event| told(event.kind(), event.id(), event.key(), event.delivery())),
        verdict
            .clone()
            .map(|event| told(event.kind(), event.id(), event.key(), event.delivery()))
    );
    match verifier.settle(sent.headers.clone(), sent.body.clone(), sent.now) {
        Ok(event) => prop_assert_eq!(Ok(event), verdict.clone()),
        Err(Rejection::Refused(error)) => {
            prop_assert!(!is_of_the_payload(&error), "{error} without its body");
            prop_assert_eq!(Err(error), verdict.clone());
        }
        Err(Rejection::Unfit(unfit)) => {
            prop_assert!(
                is_of_the_payload(&unfit.error),
                "{} with its body",
                unfit.error
            );
            prop_assert_eq!(&unfit.body, &sent.body);
            prop_assert_eq!(Err(unfit.error), verdict.clone());
        }
    }
    let length = u64::try_from(sent.body.len()).unwrap();
    if matches!(verdict, Err(Error::BodyTooLarge { .. })) {
        prop_assert_eq!(
            verifier.admit(length).map(|()| None),
            verdict.clone().map(Some)
        );
    }
    authorized(&verifier.authorize(sent.headers.clone(), sent.now), verdict)
}

fn told(
    kind: EventKind,
    id: Option<&str>,
    key: &str,
    delivery: &Delivery,
) -> (EventKind, Option<String>, String, Delivery) {
    (
        kind,
        id.map(str::to_owned),
        key.to_owned(),
        delivery.clone(),
    )
}

fn streamed(verifier: &Verifier, plan: &Plan, sent: &Sent) -> Result<Event, Error> {
    let mut check = verifier.begin(sent.headers.clone(), sent.now)?;
    let length = sent.body.len();
    let mut cuts: Vec<_> = plan.cuts.iter().map(|cut| cut.index(length + 1)).collect();
    cuts.extend([0, length]);
    cuts.sort_unstable();
    for cut in cuts.windows(2) {
        check.update(&sent.body[cut[0]..cut[1]])?;
    }
    check.finish()
}

/// Checks that `authorize` returns the same verdict on the headers, except that it does not need the body's signature.
fn authorized(
    authorized: &Result<Delivery, Error>,
    verdict: &Result<Event, Error>,
) -> Result<(), TestCaseError> {
    match verdict {
        Ok(event) => prop_assert_eq!(authorized.as_ref(), Ok(event.delivery())),
        Err(error) if is_of_the_body(error) => prop_assert!(authorized.is_ok(), "{authorized:?}"),
        Err(Error::MissingHeader { header, .. }) if *header == HEADER_NAMES[0] => {}
        // Without the body, the message cannot say whether the secret or the URL differs.
        Err(error @ Error::AuthSignatureMismatch { .. }) => {
            prop_assert_eq!(authorized.as_ref().map_err(Error::code), Err(error.code()));
        }
        Err(error) => prop_assert_eq!(authorized.as_ref(), Err(error)),
    }
    Ok(())
}

fn is_of_the_payload(error: &Error) -> bool {
    matches!(error.code(), Code::MalformedPayload | Code::EventMismatch)
}

fn is_of_the_body(error: &Error) -> bool {
    let is_mac_or_size = matches!(error.code(), Code::BodyTooLarge | Code::SignatureMismatch);
    is_of_the_payload(error) || is_mac_or_size
}

fn nothing_unsigned_passes(
    sent: &Sent,
    verdict: &Result<Event, Error>,
) -> Result<(), TestCaseError> {
    match verdict {
        Ok(event) => {
            let delivery = event.delivery();
            let metadata = (delivery.request_id(), delivery.event().to_owned());
            prop_assert!(sent.signed_metadata.contains(&metadata), "{metadata:?}");
            prop_assert_eq!(delivery.timestamp(), NOW);
            prop_assert!(sent.now.abs_diff(NOW) <= 300);
            prop_assert!(sent.signed_bodies.contains(&sent.body));
            says_what_came(event, &sent.body)
        }
        Err(error) => {
            prop_assert!(!sent.is_untouched, "a genuine delivery: {error}");
            prop_assert!(!sent.is_as_signed || is_of_the_payload(error), "{error}");
            Ok(())
        }
    }
}

fn says_what_came(event: &Event, body: &[u8]) -> Result<(), TestCaseError> {
    prop_assert_eq!(event.raw().as_bytes(), body);
    prop_assert_eq!(event.raw().trim_start().as_bytes().first(), Some(&b'{'));
    prop_assert!(serde_json::from_slice::<IgnoredAny>(body).is_ok());
    let id = match (event.kind(), event.id()) {
        (EventKind::Unknown, None) => hex::encode(Sha256::digest(body)),
        (kind, Some(id)) if kind.as_str() == event.name() && !id.is_empty() => id.to_owned(),
        other => return Err(TestCaseError::fail(format!("{other:?}"))),
    };
    prop_assert_eq!(event.key(), format!("{}:{id}", event.name()));
    Ok(())
}

fn still_verifies(verifier: &Verifier) -> Result<(), TestCaseError> {
    let good = &genuine()[0];
    let headers = signed(REQUEST_ID, &good.event, &good.body);
    prop_assert!(verifier.verify(headers, &good.body, NOW).is_ok());
    Ok(())
}
