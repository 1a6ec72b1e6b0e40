#![doc = include_str!("../README.md")]
//!
//! # Layers
//!
//! A module uses only those above it; the data goes down the same way.
//!
//! | module | step | what goes in → what comes out |
//! |---|---|---|
//! | `header_names` | | the five names |
//! | [`limits`] | | the numbers that receivers go by, in Rust and in JavaScript |
//! | `error` | | what can be wrong, in words |
//! | [`answer`] | | what came of a request → what its sender is told |
//! | `secrets` | | secrets → prepared keys, constant-time comparison |
//! | `headers` | 1 | header pairs → `DeliveryHeaders`, well-formed |
//! | `metadata` | 2 | `DeliveryHeaders` → [`Delivery`], authentic |
//! | `freshness` | 3 | [`Delivery`] → a fresh one |
//! | `body` | 4, 5 | bytes → `VerifiedBody` |
//! | `event_kind` | | which events there are |
//! | [`payload`] | 6 | the body's bytes → [`Payload`], agreeing with its event |
//! | `event` | 6 | `VerifiedBody` → [`Event`] |
//! | `serialize` | | [`Event`] → what `serde` writes (feature `serde`) |
//! | `config` | | options → a configuration that works |
//! | `verifier` | | the pipeline: [`Verifier`], [`BodyCheck`] |
//! | `arrival` | | an HTTP request → [`Event`], or what to answer (features `tower`, `axum`) |
//! | [`idempotency`] | | an event's key → who processes it, and once (feature `tower`) |
//! | [`tower`] | | the above around any service: a layer (feature `tower`) |
//! | [`axum`] | | the verification alone, as an extractor (feature `axum`) |
//! | [`signing`] | | the other side, for tests and tools (feature `signing`) |
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
