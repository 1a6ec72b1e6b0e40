#![doc = include_str!("../README.md")]
//!
//! # Layers
//!
//! A module uses only modules above it in this table. Data passes through them from top to bottom.
//!
//! | module | step | what goes in → what comes out |
//! |---|---|---|
//! | `header_names` | | the five names |
//! | [`limits`] | | limits, time limits and defaults of the receivers, in Rust and in JavaScript |
//! | `error` | | every error, with its code and its message |
//! | [`answer`] | | the outcome of a request → the response to its sender |
//! | `secrets` | | secrets → prepared keys, constant-time comparison |
//! | `headers` | 1 | header pairs → `DeliveryHeaders`, well-formed |
//! | `metadata` | 2 | `DeliveryHeaders` → [`Delivery`], authentic |
//! | `freshness` | 3 | [`Delivery`] → a fresh one |
//! | `body` | 4, 5 | bytes → `VerifiedBody` |
//! | `event_kind` | | the documented events |
//! | [`payload`] | 6 | the body's bytes → [`Payload`], agreeing with its event |
//! | `event` | 6 | `VerifiedBody` → [`Event`] |
//! | `serialize` | | [`Event`] → its form in `serde` (feature `serde`) |
//! | `config` | | options → a checked configuration |
//! | `verifier` | | the pipeline: [`Verifier`], [`BodyCheck`] |
//! | `arrival` | | an HTTP request → [`Event`], or what to answer (features `tower`, `axum`) |
//! | [`idempotency`] | | an event's key → the worker that processes it, once (feature `tower`) |
//! | [`tower`] | | the above as a layer around any service (feature `tower`) |
//! | [`axum`] | | verification alone, as an extractor (feature `axum`) |
//! | [`signing`] | | signs deliveries, for tests and tools (feature `signing`) |
#![no_std]

extern crate alloc;
#[cfg(any(test, feature = "axum", feature = "tower"))]
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
mod secrets;
#[cfg(feature = "serde")]
mod serialize;
#[cfg(feature = "signing")]
pub mod signing;
#[cfg(feature = "tower")]
pub mod tower;
mod verifier;

pub use self::{
    config::VerifierBuilder,
    error::{Code, ConfigProblem, Error, ParseCodeError, PayloadFault},
    event::{Checked, Event, EventParts, Unfit},
    event_kind::{EventKind, ParseEventKindError},
    header_names::HEADER_NAMES,
    metadata::Delivery,
    payload::Payload,
    verifier::{BodyCheck, Rejection, Verifier},
};
