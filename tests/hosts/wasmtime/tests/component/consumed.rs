//! What becomes of a check that was taken: `finish` and `settle` do it, and so does dropping it.

use docutray_webhook_wasmtime_driver::{Instance, load, path};
use wasmtime::{Config, Engine, component::ResourceAny};

use crate::delivery::{BODY, NOW, config, headers, verifier};

/// A check whose whole body has come.
fn check(instance: &mut Instance, verifier: ResourceAny) -> ResourceAny {
    let check = instance.begin(verifier, &headers(BODY), NOW).unwrap();
    let check = check.unwrap();
    instance.update(check, BODY).unwrap().unwrap();
    check
}

/// A host's mistake with a handle is that host's error alone: the instance goes on, and other checks in it.
#[test]
fn without_concurrency_a_check_that_was_taken_is_an_error_and_ends_no_instance() {
    let (mut instance, verifier) = verifier();
    let other = check(&mut instance, verifier);

    let taken = check(&mut instance, verifier);
    instance.finish(taken).unwrap().unwrap();
    instance.finish(taken).unwrap_err();
    instance.settle_stream(taken).unwrap_err();
    instance.update(taken, BODY).unwrap_err();
    instance.expect_length(taken, 1).unwrap_err();
    instance.give_up(taken).unwrap_err();

    let dropped = check(&mut instance, verifier);
    instance.give_up(dropped).unwrap();
    instance.finish(dropped).unwrap_err();

    let event = instance.finish(other).unwrap().unwrap();
    assert_eq!(event.key, "STEP_STARTED:s-1");
    let next = check(&mut instance, verifier);
    let event = instance.settle_stream(next).unwrap().unwrap();
    assert_eq!(event.key, "STEP_STARTED:s-1");
    let verified = instance.verify(verifier, &headers(BODY), BODY, NOW);
    assert_eq!(verified.unwrap().unwrap().key, "STEP_STARTED:s-1");
}

/// Wasmtime's default, where its feature `component-model-async` is on, as it is in this workspace: the task of the call that
/// failed stays.
#[test]
fn with_concurrency_a_check_that_was_taken_is_an_error_and_the_host_needs_another_instance() {
    let component = load(&Engine::new(&Config::new()).unwrap(), &path()).unwrap();
    let new = || {
        let mut instance = Instance::new(&component).unwrap();
        let verifier = instance.verifier(&config()).unwrap().unwrap();
        (instance, verifier)
    };
    let (mut instance, verifier) = new();
    let taken = check(&mut instance, verifier);
    instance.finish(taken).unwrap().unwrap();
    instance.finish(taken).unwrap_err();
    instance.begin(verifier, &headers(BODY), NOW).unwrap_err();
    let (mut another, verifier) = new();
    let check = check(&mut another, verifier);
    another.finish(check).unwrap().unwrap();
}

#[test]
fn a_check_does_not_need_its_verifier() {
    let (mut instance, verifier) = verifier();
    let check = check(&mut instance, verifier);
    instance.give_up(verifier).unwrap();
    let event = instance.finish(check).unwrap().unwrap();
    assert_eq!(event.key, "STEP_STARTED:s-1");
}
