//! Deliveries of all samples, changed in any way: the explanation is the verdict of the core.

use std::{collections::BTreeSet, time::Duration};

use docutray_webhook::{Code, Error, Event, Verifier};
use docutray_webhook_tools::{
    explain::{ExplainRequest, Explanation, State, StepName, Verdict, explain},
    samples::{SAMPLES, SampleRequest, sample},
    secret::Secret,
    sign::{Unsigned, sign},
    wire::Bytes,
};
use proptest::{
    collection::vec, option, prelude::*, sample::Index, strategy::ValueTree as _,
    test_runner::TestRunner,
};

use crate::fixed;

const NOW: u64 = 1_705_314_600;
const SECRETS: [&str; 4] = [
    "whsec_9f8e7d6c",
    "whsec_5b4a3c2d",
    "\"whsec_9f8e7d6c\"",
    "whsec_9f8e7d6c\n",
];
const URLS: [&str; 3] = [
    "https://example.com/hooks",
    "https://example.com/hooks/",
    "http://example.com/hooks?a=1",
];
const EVENTS: [&str; 3] = ["CONVERSION_STARTED", "BATCH_ARCHIVED", "STEP_FAILED"];

/// A change on the way from the signer to the receiver.
#[derive(Clone, Debug)]
enum Change {
    RemoveHeader(Index),
    RepeatHeader(Index),
    Header(Index, String),
    HeaderByte(Index, Index, char),
    Event(Index),
    BodyByte(Index, u8),
    Cut(Index),
    Append(Vec<u8>),
    Body(Vec<u8>),
}

fn change() -> impl Strategy<Value = Change> {
    let place = any::<Index>;
    prop_oneof![
        place().prop_map(Change::RemoveHeader),
        place().prop_map(Change::RepeatHeader),
        (place(), "\\PC{0,12}").prop_map(|(at, value)| Change::Header(at, value)),
        (place(), place(), any::<char>())
            .prop_map(|(at, byte, with)| Change::HeaderByte(at, byte, with)),
        place().prop_map(Change::Event),
        (place(), any::<u8>()).prop_map(|(at, byte)| Change::BodyByte(at, byte)),
        place().prop_map(Change::Cut),
        vec(any::<u8>(), 0..4).prop_map(Change::Append),
        vec(any::<u8>(), 0..40).prop_map(Change::Body),
    ]
}

fn delivery() -> impl Strategy<Value = ExplainRequest> {
    let signed = (
        any::<Index>(),
        any::<Index>(),
        any::<Index>(),
        option::weighted(0.2, any::<Index>()),
        option::weighted(0.15, vec(any::<u8>(), 0..30)),
    );
    let configured = (
        vec(any::<Index>(), 1..3),
        option::weighted(0.8, any::<Index>()),
        prop_oneof![3 => Just(0_i64), 1 => -400..400_i64],
        option::weighted(0.1, 0..2_000_u64),
        option::weighted(0.2, 1..1_000_u64),
    );
    (signed, configured, vec(change(), 0..3)).prop_map(|(signed, configured, changes)| {
        let (which, secret, url, event, body) = signed;
        let small: Vec<_> = SAMPLES
            .iter()
            .filter(|sample| sample.name != "large")
            .collect();
        let made = sample(&SampleRequest::new(which.get(&small).name, NOW)).unwrap();
        let delivery = sign(&Unsigned {
            secret: secret.get(&SECRETS[..2]).to_owned().into(),
            url: (*url.get(&URLS)).into(),
            event: event.map_or(made.event, |event| *event.get(&EVENTS)).into(),
            body: body.map_or(made.body, Bytes),
            now: NOW,
            request_id: "550e8400-e29b-41d4-a716-446655440000".into(),
        });
        let (secrets, url, clock, max_body, tolerance) = configured;
        let mut request = ExplainRequest {
            headers: delivery.headers,
            body: delivery.body,
            secrets: secrets
                .iter()
                .map(|one| Secret::from(*one.get(&SECRETS)))
                .collect(),
            url: url.map(|url| (*url.get(&URLS)).into()),
            target: Some("/hooks?a=1".into()),
            now: NOW.checked_add_signed(clock).unwrap(),
            tolerance,
            max_body,
        };
        for change in &changes {
            changed(&mut request, change);
        }
        request
    })
}

fn changed(request: &mut ExplainRequest, change: &Change) {
    let ExplainRequest { headers, body, .. } = request;
    let body = &mut body.0;
    match change {
        Change::Append(bytes) => body.extend(bytes),
        Change::Body(bytes) => body.clone_from(bytes),
        Change::Cut(at) => body.truncate(at.index(body.len() + 1)),
        Change::BodyByte(at, byte) if !body.is_empty() => {
            let at = at.index(body.len());
            body[at] = *byte;
        }
        Change::BodyByte(..) => {}
        _ if headers.is_empty() => {}
        Change::RemoveHeader(at) => drop(headers.remove(at.index(headers.len()))),
        Change::RepeatHeader(at) => headers.push(at.get(headers).clone()),
        Change::Header(at, value) => at.get_mut(headers).1.clone_from(value),
        Change::Event(at) => headers.last_mut().unwrap().1 = (*at.get(&EVENTS)).into(),
        Change::HeaderByte(at, byte, with) => {
            let value = &mut at.get_mut(headers).1;
            let mut characters: Vec<_> = value.chars().collect();
            if !characters.is_empty() {
                *byte.get_mut(&mut characters) = *with;
            }
            *value = characters.into_iter().collect();
        }
    }
}

/// The core's verdict.
fn verdict(request: &ExplainRequest) -> Result<Event, Error> {
    let builder = Verifier::builder().secrets(request.secrets.iter().map(Secret::expose));
    let mut builder = match &request.url {
        Some(url) => builder.url(url),
        None => builder.body_only(),
    };
    if let Some(tolerance) = request.tolerance {
        builder = builder.tolerance(Duration::from_secs(tolerance));
    }
    if let Some(max_body) = request.max_body {
        builder = builder.max_body(max_body);
    }
    let headers = request.headers.iter().map(|(name, value)| (name, value));
    builder
        .build()
        .unwrap()
        .verify(headers, &request.body.0, request.now)
}

fn agrees(explanation: &Explanation, verdict: &Result<Event, Error>) {
    let told = explanation.error.as_ref();
    match verdict {
        Ok(event) => {
            assert_eq!(explanation.verdict, Verdict::Verified);
            assert_eq!(explanation.key.as_deref(), Some(event.key()));
            assert_eq!(explanation.event.as_deref(), Some(event.name()));
            assert_eq!(
                explanation.request_id.as_deref(),
                Some(event.delivery().request_id())
            );
            assert!(told.is_none() && explanation.mistake.is_none());
        }
        Err(error) => {
            let told = told.unwrap();
            assert_eq!(told.code, error.code().as_str());
            assert_eq!(told.field.as_deref(), error.field());
            assert_eq!(told.message, error.to_string());
            let is_unfit = explanation.verdict == Verdict::Unfit;
            assert_eq!(is_unfit, error.is_authentic());
            let is_mac = matches!(
                error.code(),
                Code::AuthSignatureMismatch | Code::SignatureMismatch
            );
            assert!(is_mac || explanation.mistake.is_none());
        }
    }
}

/// One step has failed if there is an error, all before it passed, and none behind it was reached.
fn are_in_order(explanation: &Explanation, has_url: bool) {
    let steps = &explanation.steps;
    assert!(steps.iter().map(|step| step.step).eq(StepName::ALL));
    let failed = steps.iter().position(|step| step.state == State::Failed);
    assert_eq!(failed.is_some(), explanation.error.is_some());
    for (place, step) in steps.iter().enumerate() {
        let expected = match failed {
            Some(at) if place == at => State::Failed,
            Some(at) if place > at => State::NotReached,
            _ if step.step == StepName::Metadata && !has_url => State::Skipped,
            _ => State::Passed,
        };
        assert_eq!(step.state, expected);
        assert!(!step.finding.is_empty());
    }
}

#[test]
fn an_explanation_is_the_verdict_of_the_core_and_tells_no_secret() {
    let mut runner = TestRunner::new(fixed(0));
    let mut codes = BTreeSet::new();
    let mut mistakes = BTreeSet::new();
    for _ in 0..800 {
        let request = delivery().new_tree(&mut runner).unwrap().current();
        let (explanation, verdict) = (explain(&request).unwrap(), verdict(&request));
        agrees(&explanation, &verdict);
        are_in_order(&explanation, request.url.is_some());
        let json = serde_json::to_string(&explanation).unwrap();
        for part in ["9f8e7d6c", "5b4a3c2d"] {
            assert!(!json.contains(part), "{json}");
        }
        codes.extend(verdict.err().map(|error| error.code()));
        mistakes.extend(explanation.mistake.map(|mistake| mistake.name));
    }
    // Every code of a delivery was met, and mistakes of each sort.
    assert_eq!(codes.len(), Code::ALL.len() - 1, "{codes:?}");
    for name in ["url_slash", "secret_quotes", "secret_white_space"] {
        assert!(mistakes.contains(name), "{mistakes:?}");
    }
}
