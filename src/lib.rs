#![doc = include_str!("README.md")]
//!
//! # Features
//!
//! - `std`, on by default: [`UnixTime::now`], which reads the system's clock. Without it (`default-features = false`) the crate is
//!   `no_std` with `alloc`.
//! - `serde`: `Serialize` for events, with the wire format's names and free-form JSON as received, and with `tower` for the
//!   records of deliveries. There is no `Deserialize`, because only a verifier makes events.
//! - `signing`: the module [`signing`], which signs deliveries for tests and tools.
//! - `tower`: the modules [`tower`] and [`idempotency`], with a layer that is a whole receiver. Turns `std` on and needs a
//!   tokio runtime.
//! - `axum`: the module [`axum`], with an extractor that verifies. Turns `std` on and needs a tokio runtime.
//!
//! # Events that this version does not know
//!
//! Docutray may add events. A new event is [`Payload::Unknown`] until a version of this crate knows it. From then on it has
//! its own variant, which your `match` does not name yet. So handle unknown events and events that you do not name in the
//! same way, by the event's name:
//!
//! ```
//! # use docutray_webhook::{Event, Verifier, signing::Signer};
//! use docutray_webhook::Payload;
//!
//! fn process(event: &Event) -> String {
//!     match event.payload() {
//!         Payload::ConversionCompleted(payload) => payload.data.to_string(),
//!         Payload::StepFailed(payload) => payload.step_name.clone(),
//!         // Also matches `Payload::Unknown`. The name and the whole body are available for every event.
//!         _ => format!("kept for later: {} {}", event.name(), event.raw()),
//!     }
//! }
//! # let (url, now) = ("https://example.com/hooks", 1_705_314_600);
//! # let id = "550e8400-e29b-41d4-a716-446655440000";
//! # let headers = Signer::new("s").headers(id, now, url, "BATCH_ARCHIVED", b"{\"batch\":1}");
//! # let verifier = Verifier::builder().secret("s").url(url).build()?;
//! # let event = verifier.verify(headers, b"{\"batch\":1}", now)?;
//!
//! assert_eq!(process(&event), "kept for later: BATCH_ARCHIVED {\"batch\":1}");
//! # Ok::<(), docutray_webhook::Error>(())
//! ```
//!
//! Never match only [`EventKind::Unknown`] or [`Payload::Unknown`] and ignore the rest: an update that knows the event
//! would then lose it. Only a version that may break compatibility knows new events.
//!
//! # Data as a type of your own
//!
//! What a document says is free-form JSON, by the schema of its type: [`RawJson`](payload::RawJson). With `serde` and
//! `serde_json` it becomes your own type:
//!
//! ```
//! # use docutray_webhook::{Event, Verifier, signing::Signer};
//! use docutray_webhook::Payload;
//! use serde::Deserialize;
//!
//! #[derive(Deserialize)]
//! struct Invoice {
//!     total: f64,
//! }
//!
//! fn invoice(event: &Event) -> Option<serde_json::Result<Invoice>> {
//!     match event.payload() {
//!         Payload::ConversionCompleted(payload) if payload.document_type_code == "invoice" => {
//!             Some(serde_json::from_str(payload.data.as_str()))
//!         }
//!         _ => None,
//!     }
//! }
//! # let (url, now) = ("https://example.com/hooks", 1_705_314_600);
//! # let id = "550e8400-e29b-41d4-a716-446655440000";
//! # let body = br#"{"conversion_id":"c","status":"SUCCESS","request_timestamp":"t","response_timestamp":"t","document_type_code":"invoice","data":{"total":12.5}}"#;
//! # let headers = Signer::new("s").headers(id, now, url, "CONVERSION_COMPLETED", body);
//! # let verifier = Verifier::builder().secret("s").url(url).build()?;
//! # let event = verifier.verify(headers, body, now)?;
//!
//! assert!(matches!(invoice(&event), Some(Ok(Invoice { total: 12.5 }))));
//! # Ok::<(), docutray_webhook::Error>(())
//! ```
#![no_std]
// docs.rs sets this, so that each item shows which feature it needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

// A module uses only modules above it in this table; `tests/layers` checks that. Data passes through them from top to bottom.
//
// | module | step | what goes in → what comes out |
// |---|---|---|
// | `header_names` | | the five names |
// | `limits` | | limits, time limits and defaults of the receivers, in Rust and in JavaScript |
// | `secret_hints` | | a secret → what looks like a mistake in it |
// | `error` | | every error, with its code and its message |
// | `unix_time` | | a clock, or seconds → `UnixTime`, to which timestamps are compared |
// | `answer` | | the outcome of a request → the response to its sender |
// | `secrets` | | secrets → prepared keys, constant-time comparison |
// | `headers` | 1 | header pairs → `DeliveryHeaders`, well-formed |
// | `metadata` | 2 | `DeliveryHeaders` → `Delivery`, authentic |
// | `freshness` | 3 | `Delivery` → a fresh one |
// | `body` | 4, 5 | bytes → `VerifiedBody` |
// | `event_kind` | | the documented events |
// | `payload` | 6 | the body's bytes → `Payload`, agreeing with its event |
// | `event` | 6 | `VerifiedBody` → `Event` |
// | `config` | | options → a checked configuration |
// | `verifier` | | the pipeline: `Verifier`, `BodyCheck` |
// | `arrival` | | an HTTP request → `Event`, or what to answer (features `tower`, `axum`) |
// | `idempotency` | | an event's key → the worker that processes it, once (feature `tower`) |
// | `tower` | | the above as a layer around any service (feature `tower`) |
// | `axum` | | verification alone, as an extractor (feature `axum`) |
// | `serialize` | | `Event`, and the record of a request → their forms in `serde` (feature `serde`) |
// | `signing` | | signs deliveries and checks JSON objects, for tests and tools (feature `signing`) |

extern crate alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

pub mod answer;
#[cfg(any(feature = "axum", feature = "tower"))]
mod arrival;
#[cfg(feature = "axum")]
pub mod axum;
mod body;
mod config;
mod error;
mod event;
mod event_kind;
mod freshness;
mod header_names;
mod headers;
#[cfg(feature = "tower")]
pub mod idempotency;
pub mod limits;
mod metadata;
pub mod payload;
mod secret_hints;
mod secrets;
#[cfg(feature = "serde")]
mod serialize;
#[cfg(any(test, feature = "signing"))]
pub mod signing;
#[cfg(feature = "tower")]
pub mod tower;
mod unix_time;
mod verifier;

pub use self::{
    config::VerifierBuilder,
    error::{BodySignature, Code, ConfigProblem, Error, ParseCodeError, PayloadFault},
    event::{Checked, Event, EventParts, Unfit},
    event_kind::{EventKind, ParseEventKindError},
    header_names::HEADER_NAMES,
    metadata::Delivery,
    payload::Payload,
    secret_hints::{SecretHint, SecretHints},
    unix_time::UnixTime,
    verifier::{BodyCheck, Rejection, Verifier},
};
