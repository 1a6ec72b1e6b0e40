//! A script: see `tests/cases/receiver/README.md`.

use serde::Deserialize;
use std::{collections::BTreeMap, time::Duration};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Script {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) only: Option<Receiver>,
    #[serde(default)]
    pub(crate) options: Options,
    #[serde(default)]
    pub(crate) store: StoreScript,
    #[serde(default)]
    pub(crate) handler: Steps,
    #[serde(default)]
    pub(crate) on_unfit: Option<Steps>,
    #[serde(default)]
    pub(crate) on_delivery: Steps,
    pub(crate) requests: Vec<Request>,
    pub(crate) trace: Vec<String>,
    #[serde(default = "watched")]
    pub(crate) until: Seconds,
}

const fn watched() -> Seconds {
    Seconds(99.0)
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Receiver {
    JavaScript,
    Rust,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, PartialOrd)]
pub(crate) struct Seconds(pub(crate) f64);

impl Seconds {
    /// Returns the time, which a script gives in milliseconds at the finest.
    pub(crate) fn duration(self) -> Duration {
        let exact = Duration::from_secs_f64(self.0);
        Duration::from_millis(
            u64::try_from((exact + Duration::from_micros(500)).as_millis()).unwrap(),
        )
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Options {
    pub(crate) deadline: Option<Seconds>,
    pub(crate) max_body: Option<u64>,
    pub(crate) body_budget: Option<u64>,
    /// Only `false` is allowed: there is no URL.
    pub(crate) url: Option<bool>,
    /// The events that have a handler. Only the receiver in JavaScript uses it.
    #[serde(rename = "on")]
    pub(crate) _on: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoreScript {
    pub(crate) lease: Option<Seconds>,
    #[serde(default)]
    pub(crate) claim: Steps,
    #[serde(default)]
    pub(crate) renew: Steps,
    #[serde(default)]
    pub(crate) complete: Steps,
    #[serde(default)]
    pub(crate) release: Steps,
}

/// The steps of successive calls. The last step repeats.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Steps(Vec<Step>);

impl Default for Steps {
    fn default() -> Self {
        Self(vec![Step::default()])
    }
}

impl Steps {
    /// Returns the step of the next call.
    pub(crate) fn next(&mut self) -> Step {
        match self.0.as_slice() {
            [last] => last.clone(),
            _ => self.0.remove(0),
        }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    #[serde(default)]
    pub(crate) after: Seconds,
    #[serde(default)]
    pub(crate) then: Option<Then>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Then {
    Way(Way),
    Busy(Busy),
    Claimed(ClaimedAs),
    IsOurs(IsOurs),
    Unfit(
        #[expect(
            dead_code,
            reason = "a service in Rust answers by its response, and says nothing of the kind"
        )]
        SaysUnfit,
    ),
    NoClaim(#[expect(dead_code, reason = "no store in Rust can give what is no claim")] NoClaim),
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) enum Way {
    #[serde(rename = "fails")]
    Fails,
    #[serde(rename = "panics")]
    Panics,
    #[serde(rename = "hangs")]
    Hangs,
    #[serde(rename = "answer lost")]
    AnswerLost,
    #[serde(rename = "until lost")]
    UntilLost,
    #[serde(rename = "done")]
    Done,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Busy {
    pub(crate) busy: Seconds,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimedAs {
    pub(crate) claimed: u64,
    #[serde(default)]
    pub(crate) seen_before: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IsOurs {
    pub(crate) is_ours: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SaysUnfit {
    #[serde(rename = "unfit")]
    _unfit: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoClaim {
    #[serde(rename = "no_claim")]
    _no_claim: serde_json::Value,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    #[serde(default)]
    pub(crate) at: Seconds,
    #[serde(default = "post")]
    pub(crate) method: String,
    #[serde(default = "started")]
    pub(crate) event: String,
    #[serde(default = "first")]
    pub(crate) id: String,
    pub(crate) payload: Option<String>,
    #[serde(default)]
    pub(crate) size: usize,
    pub(crate) secret: Option<String>,
    #[serde(default)]
    pub(crate) signed_at: i64,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, Option<String>>,
    #[serde(default = "whole")]
    pub(crate) body: Vec<Piece>,
    /// Only the receiver in JavaScript uses it.
    #[serde(default, rename = "read_before")]
    pub(crate) _read_before: bool,
    pub(crate) leaves: Option<Seconds>,
    pub(crate) answer: Ending,
}

fn post() -> String {
    "POST".to_owned()
}

pub(crate) fn started() -> String {
    "CONVERSION_STARTED".to_owned()
}

fn first() -> String {
    "c_1".to_owned()
}

fn whole() -> Vec<Piece> {
    let send = Some(Send::Rest(Rest::Rest));
    let piece = Piece {
        send,
        end: true,
        ..Piece::default()
    };
    vec![piece]
}

/// A part of a body, and its time after that of the request.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Piece {
    #[serde(default)]
    pub(crate) at: Seconds,
    pub(crate) send: Option<Send>,
    pub(crate) text: Option<String>,
    #[serde(default)]
    pub(crate) end: bool,
    #[serde(default)]
    pub(crate) breaks: bool,
}

/// How much of the signed body to send.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Send {
    Bytes(usize),
    Rest(Rest),
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) enum Rest {
    #[serde(rename = "rest")]
    Rest,
}

/// The expected result of a request, or its actual one.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ending {
    pub(crate) at: Option<Seconds>,
    pub(crate) status: u16,
    pub(crate) verdict: String,
    pub(crate) code: Option<String>,
    /// The verifier's error: its code, followed by its field.
    pub(crate) found: Option<String>,
    pub(crate) retry_after: Option<u64>,
    #[serde(default)]
    pub(crate) names: Names,
    #[serde(default)]
    pub(crate) seen_before: bool,
    #[serde(default)]
    pub(crate) unread: bool,
    #[serde(default)]
    pub(crate) gone: bool,
}

/// How much of the delivery the record names.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Names {
    None,
    Delivery,
    #[default]
    Event,
}
