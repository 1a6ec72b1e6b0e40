//! Promise: the crate returns the verdicts that the cases state, and the cases cover every code, event and entry point.
//! All other hosts run the same files: `cargo xtask conformance`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use docutray_webhook::{Code, EventKind};
use docutray_webhook_native_driver::Native;
use docutray_webhook_suite::{Call, Case, Json, driver::Driver, expectation_of, read_files};
use std::{
    collections::{BTreeSet, HashMap},
    fs,
    hash::Hash,
    path::Path,
};

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let files = files.filter(|file| {
        file.extension()
            .is_some_and(|extension| extension == "json")
    });
    read_files(files).unwrap()
}

#[test]
fn every_case_has_the_outcome_it_states() {
    let mut driver = Driver::new(Native);
    let mut differences = Vec::new();
    for case in &cases() {
        let outcome = Json::parse(&driver.run(case).line()).unwrap();
        let found = expectation_of(case, &outcome).unwrap();
        differences.extend(
            found
                .iter()
                .map(|difference| format!("{}: {difference}", case.name)),
        );
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Returns the expected values of a member, such as `error.code`.
fn expected(cases: &[Case], kind: &str, member: &str) -> BTreeSet<String> {
    let values = cases.iter().filter_map(|case| {
        let expect: serde_json::Value = serde_json::from_str(case.expect.get()).ok()?;
        expect.get(kind)?.get(member)?.as_str().map(str::to_owned)
    });
    values.collect()
}

#[test]
fn the_cases_cover_every_code_event_and_entry_point() {
    let cases = cases();
    assert!(cases.len() >= 150, "{}", cases.len());
    for code in Code::ALL {
        assert!(
            expected(&cases, "error", "code").contains(code.as_str()),
            "{code}"
        );
    }
    for kind in EventKind::KNOWN.iter().chain(&[EventKind::Unknown]) {
        assert!(
            expected(&cases, "event", "type").contains(kind.as_str()),
            "{kind}"
        );
    }
    for call in [Call::Verify, Call::Authorize, Call::Stream] {
        assert!(cases.iter().any(|case| case.call == call), "{call:?}");
    }
    let names: BTreeSet<_> = cases.iter().map(|case| &case.name).collect();
    assert_eq!(names.len(), cases.len(), "two cases have the same name");
}

/// Returns the input that a case gives to the library. Left out are the body of an authorizer and the body's notation.
fn input(case: &Case) -> impl Eq + Hash {
    let (call, pieces): (_, Vec<&[u8]>) = match case.call {
        Call::Authorize => ("authorize", Vec::new()),
        Call::Verify => ("verify", vec![&case.body]),
        Call::Stream => ("stream", case.pieces().collect()),
    };
    (&case.config, case.now, call, &case.headers, pieces)
}

#[test]
fn no_two_cases_have_the_same_input() {
    let cases = cases();
    let mut seen = HashMap::new();
    let mut repeats = Vec::new();
    for case in &cases {
        if let Some(first) = seen.insert(input(case), &case.name) {
            repeats.push(format!("`{}` repeats `{first}`", case.name));
        }
    }
    assert!(repeats.is_empty(), "{}", repeats.join("\n"));
}
