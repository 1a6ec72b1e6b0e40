//! The verifier against the naive one, on changed genuine deliveries.

use std::{cell::RefCell, collections::BTreeMap};

use docutray_webhook::Verifier;
use proptest::{prelude::*, test_runner::TestRunner};

use crate::{
    delivery::{SECRET, URL},
    naive::Naive,
    plan::{OTHER_SECRET, OTHER_URL, Plan, plan},
    seeded, verdict,
};

/// How many deliveries each verdict was given.
pub type Verdicts = BTreeMap<String, usize>;

/// Compares the verdicts on this many deliveries, and counts them.
pub fn compare(count: u32, seed: u64) -> Verdicts {
    let verdicts = RefCell::new(Verdicts::new());
    let drawn = (plan(), 0..RECEIVERS.len());
    let run = TestRunner::new(seeded(count, seed)).run(&drawn, |(plan, receiver)| {
        let verdict = compare_one(&plan, receiver)?;
        *verdicts.borrow_mut().entry(verdict).or_default() += 1;
        Ok(())
    });
    run.unwrap();
    verdicts.into_inner()
}

/// Secrets, and URLs unless only bodies are verified.
pub type Options = (&'static [&'static str], Option<&'static [&'static str]>);

pub const RECEIVERS: [Options; 4] = [
    (&[SECRET], Some(&[URL])),
    (&[OTHER_SECRET, SECRET], Some(&[URL])),
    (&[SECRET, OTHER_SECRET], Some(&[OTHER_URL, URL])),
    (&[SECRET], None),
];

fn compare_one(plan: &Plan, receiver: usize) -> Result<String, TestCaseError> {
    let (secrets, urls) = RECEIVERS[receiver];
    let sent = plan.sent();
    let (verifier, naive) = pair(secrets, urls, sent.max_body);
    let theirs = naive.verify(&sent.headers, &sent.body, sent.now);
    let ours = verdict::of(verifier.verify(sent.headers, &sent.body, sent.now));
    prop_assert_eq!(&ours, &theirs, "{}", String::from_utf8_lossy(&sent.body));
    Ok(ours
        .map_or_else(|refused| refused.code, |_| "accepted")
        .to_owned())
}

/// Both verifiers, with the same options.
pub fn pair(secrets: &[&str], urls: Option<&[&str]>, max_body: u64) -> (Verifier, Naive) {
    let builder = Verifier::builder().secrets(secrets).max_body(max_body);
    let builder = match urls {
        Some(urls) => builder.urls(urls.iter().copied()),
        None => builder.body_only(),
    };
    let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    let naive = Naive {
        secrets: owned(secrets),
        urls: urls.map(owned),
        tolerance: 300,
        max_body,
    };
    (builder.build().unwrap(), naive)
}
