//! Evidence for comparisons in constant time: Wasmtime counts instructions as fuel, exactly
//! and the same each time, so no clock and no noise is in it.

use std::collections::BTreeSet;

use docutray_webhook_wasmtime_host::{Instance, load, path, wit};
use wasmtime::{Config, Engine};

use crate::delivery::{BODY, NOW, config, headers};

const PREFIX: usize = "sha256=".len();
const SIGNATURE: &str = "x-docutray-signature";
const AUTH_SIGNATURE: &str = "x-docutray-auth-signature";

/// What `verify` uses for each signature that is wrong in one digit, from the first to the last.
fn fuel_of_each_wrong_digit(header: &str, expected: wit::ErrorCode) -> BTreeSet<u64> {
    let engine = Engine::new(Config::new().consume_fuel(true)).unwrap();
    let component = load(&engine, &path()).unwrap();
    let mut instance = Instance::new(&component).unwrap();
    let verifier = instance.verifier(&config()).unwrap().unwrap();
    let mut fuel = BTreeSet::new();
    for place in PREFIX..PREFIX + 64 {
        let headers = with_a_wrong_digit(header, place);
        let (answer, used) = instance
            .fuel_of(|instance| instance.verify(verifier, &headers, BODY, NOW))
            .unwrap();
        assert_eq!(answer.unwrap_err().code, expected);
        assert!(used > 0);
        fuel.insert(used);
    }
    fuel
}

fn with_a_wrong_digit(header: &str, place: usize) -> Vec<wit::Header> {
    let mut headers = headers(BODY);
    let (_, value) = headers.iter_mut().find(|(name, _)| name == header).unwrap();
    // A digit stays a digit and a letter a letter: decoding hex may tell these apart.
    value[place] = match value[place] {
        digit @ b'0'..=b'9' => digit ^ 1,
        letter => ((letter - b'a') ^ 1) + b'a',
    };
    headers
}

#[test]
fn a_wrong_body_signature_takes_the_same_wherever_it_is_wrong() {
    let fuel = fuel_of_each_wrong_digit(SIGNATURE, wit::ErrorCode::SignatureMismatch);
    assert_eq!(fuel.len(), 1, "{fuel:?}");
}

#[test]
fn a_wrong_auth_signature_takes_the_same_wherever_it_is_wrong() {
    let fuel = fuel_of_each_wrong_digit(AUTH_SIGNATURE, wit::ErrorCode::AuthSignatureMismatch);
    assert_eq!(fuel.len(), 1, "{fuel:?}");
}
