//! Signed deliveries, and a component to hand them to.

use std::sync::LazyLock;

use docutray_webhook::signing::Signer;
use docutray_webhook_wasmtime_driver::{Instance, engine_config, load, path, wit};
use wasmtime::{
    Engine,
    component::{Component, ResourceAny},
};

pub(crate) const NOW: u64 = 1_750_000_000;
const SECRET: &str = "whsec_of_the_tests";
const URL: &str = "https://example.com/hooks";
const REQUEST_ID: &str = "550e8400-e29b-41d4-a716-446655440000";

/// A body that passes as `STEP_STARTED`.
pub(crate) const BODY: &[u8] = br#"{"step_execution_id":"s-1","status":"PROCESSING",
    "request_timestamp":"2025-06-15T15:06:40.000Z","step_id":"step","step_name":"A step"}"#;

/// The headers of a `STEP_STARTED` with this body, as a host has them.
pub(crate) fn headers(body: &[u8]) -> Vec<wit::Header> {
    headers_of("STEP_STARTED", body)
}

/// The headers of this event with this body.
pub(crate) fn headers_of(event: &str, body: &[u8]) -> Vec<wit::Header> {
    headers_at(NOW, event, body)
}

/// The same, signed at another time.
pub(crate) fn headers_at(timestamp: u64, event: &str, body: &[u8]) -> Vec<wit::Header> {
    Signer::new(SECRET)
        .headers(REQUEST_ID, timestamp, URL, event, body)
        .map(|(name, value)| (name.to_owned(), value.into_bytes()))
        .into()
}

/// A configuration with the defaults for all that may be left out.
pub(crate) fn config() -> wit::Config {
    wit::Config {
        secrets: vec![SECRET.to_owned()],
        metadata: wit::Metadata::Registered(vec![URL.to_owned()]),
        tolerance: None,
        max_body: None,
    }
}

/// The built component, compiled once for all tests.
pub(crate) fn component() -> &'static Component {
    static COMPONENT: LazyLock<Component> = LazyLock::new(|| {
        let engine = Engine::new(&engine_config()).unwrap();
        load(&engine, &path()).unwrap()
    });
    &COMPONENT
}

/// A fresh instance of it with one verifier.
pub(crate) fn verifier() -> (Instance, ResourceAny) {
    let mut instance = Instance::new(component()).unwrap();
    let verifier = instance.verifier(&config()).unwrap().unwrap();
    (instance, verifier)
}
