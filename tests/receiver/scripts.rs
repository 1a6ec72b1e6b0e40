//! The receiver does what the scripts of `tests/cases/receiver` say. The receiver in JavaScript runs the same scripts.

mod script;
mod sender;
mod world;

use self::{
    script::{Ending, Receiver, Request, Script, Seconds},
    sender::{outcome, sent},
    world::{Trace, handle, layer, seconds},
};
use crate::service::Verified;
use docutray_webhook::{
    Code,
    answer::{Outcome, Refusal},
};
use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    sync::{Arc, Mutex},
};
use tokio::{runtime::Builder, time::sleep};
use tower::{Layer as _, service_fn};

fn scripts() -> Vec<Script> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/receiver");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|file| {
            file.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    let read = |file| -> Vec<Script> {
        let text = fs::read_to_string(&file).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file:?}: {error}"))
    };
    files.into_iter().flat_map(read).collect()
}

#[test]
fn every_script_runs_as_written() {
    let mut differences = Vec::new();
    for script in scripts() {
        if script.only != Some(Receiver::JavaScript) {
            let found = differences_of(&script);
            differences.extend(
                found
                    .iter()
                    .map(|found| format!("{}: {found}", script.name)),
            );
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_outcome_has_a_script_and_no_two_scripts_have_the_same_name() {
    let scripts = scripts();
    assert!(scripts.len() >= 150, "{} scripts", scripts.len());
    let names: BTreeSet<_> = scripts.iter().map(|script| &script.name).collect();
    assert_eq!(names.len(), scripts.len(), "two scripts have the same name");

    let answers = scripts.iter().flat_map(|script| &script.requests);
    let shown: BTreeSet<_> = answers
        .map(|Request { answer, .. }| {
            (
                answer.verdict.as_str(),
                answer.code.as_deref(),
                answer.status,
            )
        })
        .collect();
    for outcome in outcomes() {
        let told = (outcome.verdict(), outcome.code(), outcome.status());
        assert!(shown.contains(&told), "no script ends with {told:?}");
    }
}

/// Returns all outcomes but those of a lost instance (`js/test/lost.test.mjs`) and of a proxy (`tests/gate`).
fn outcomes() -> Vec<Outcome<'static>> {
    let retry_after = 1;
    let kept = [Code::MalformedPayload, Code::EventMismatch].map(Outcome::Kept);
    let codes = Code::ALL
        .iter()
        .filter(|code| **code != Code::InvalidConfig);
    let refused = codes.map(|code| Outcome::Refused(Refusal::new(*code, None, "")));
    let others = [
        Outcome::Processed,
        Outcome::Duplicate,
        Outcome::Acknowledged,
        Outcome::MethodNotAllowed,
        Outcome::UnsupportedMediaType,
        Outcome::UnsupportedContentEncoding,
        Outcome::IncompleteBody,
        Outcome::BodyTimeout,
        Outcome::Overloaded,
        Outcome::RawBodyGone,
        Outcome::Busy { retry_after },
        Outcome::LeaseLost { retry_after },
        Outcome::Late { retry_after },
        Outcome::StoreUnavailable,
        Outcome::HandlerFailed,
    ];
    kept.into_iter().chain(refused).chain(others).collect()
}

fn differences_of(script: &Script) -> Vec<String> {
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    runtime.unwrap().block_on(run(script))
}

async fn run(script: &Script) -> Vec<String> {
    let trace = Trace::start();
    let records = Arc::new(Mutex::new(Vec::new()));
    let (writing, clock) = (Arc::clone(&records), Arc::clone(&trace));
    let written = Mutex::new(script.on_delivery.clone());
    let layer = layer(script, &trace, move |record| {
        writing.lock().unwrap().push((clock.elapsed(), record));
        let step = written.lock().unwrap().next();
        assert!(step.then.is_none(), "a panic of the script");
    });
    let (noting, steps) = (
        Arc::clone(&trace),
        Arc::new(Mutex::new(script.handler.clone())),
    );
    let receiver = layer.layer(service_fn(move |request: Verified| {
        let step = steps.lock().unwrap().next();
        handle(request, Arc::clone(&noting), step)
    }));
    let senders: Vec<_> = script
        .requests
        .iter()
        .map(|request| tokio::spawn(sent(receiver.clone(), request.clone(), Arc::clone(&trace))))
        .collect();
    sleep(script.until.duration()).await;

    let mut expected: Vec<_> = script.requests.iter().zip(senders).collect();
    // Records are written in the order of the answers.
    expected.sort_by_key(|(request, _)| expectation(request).at.unwrap().duration());
    let records = records.lock().unwrap().split_off(0);
    let mut differences = Vec::new();
    if records.len() != expected.len() {
        differences.push(format!("{} records", records.len()));
    }
    for ((request, sender), (at, record)) in expected.into_iter().zip(records) {
        let got = match sender.is_finished() {
            true => sender.await.unwrap(),
            false => None,
        };
        let expected = expectation(request);
        match outcome(request, got.as_ref(), &record, at) {
            Ok(found) if found == expected => {}
            Ok(found) => differences.push(format!("{found:?} came for {expected:?}")),
            Err(difference) => differences.push(difference),
        }
    }
    if trace.lines() != script.trace {
        differences.push(format!(
            "{:#?} happened for {:#?}",
            trace.lines(),
            script.trace
        ));
    }
    differences
}

/// Adds the defaults that a script may leave out.
fn expectation(request: &Request) -> Ending {
    let mut answer = request.answer.clone();
    let at = answer.at.unwrap_or(request.at);
    answer.at = Some(Seconds(seconds(at.duration())));
    answer
}
