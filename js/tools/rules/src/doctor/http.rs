//! What an answer means to Docutray, whatever was sent.

use alloc::{format, string::String};

use docutray_webhook::Code;
use serde_json::Value;

use super::answered::Answered;

/// In seconds: how long Docutray waits for an answer.
pub(super) const ANSWER_LIMIT: u64 = 30;

/// The classes of answers that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// 2xx.
    Good,
    /// 3xx: Docutray follows no redirect.
    Redirect,
    /// 4xx.
    Refusal,
    /// 429: refused, whatever it contained.
    TooMany,
    /// 5xx, and what is no status of HTTP.
    Failure,
    /// The connection ended without an answer.
    Closed,
    /// There was no answer in time.
    Late,
    /// There was no connection.
    NoConnection,
}

pub(super) fn class(answer: &Answered) -> Class {
    match (answer.status(), answer.failure()) {
        (Some(200..=299), _) => Class::Good,
        (Some(300..=399), _) => Class::Redirect,
        (Some(429), _) => Class::TooMany,
        (Some(400..=499), _) => Class::Refusal,
        (Some(_), _) => Class::Failure,
        (None, Some("timeout")) => Class::Late,
        (None, Some("reset")) => Class::Closed,
        (None, _) => Class::NoConnection,
    }
}

/// What was seen, in a sentence.
pub(super) fn sentence(answer: &Answered) -> String {
    let seconds = answer.seconds();
    match answer.status() {
        Some(status) => match own_code(answer) {
            Some(code) => format!("It answered {status} ({code}) after {seconds:.2} s."),
            None => format!("It answered {status} after {seconds:.2} s."),
        },
        None => match class(answer) {
            Class::Late => {
                format!("It gave no answer within {seconds:.0} s. Docutray waits {ANSWER_LIMIT} s.")
            }
            Class::Closed => "It closed the connection without an answer.".into(),
            _ => "It could not be reached.".into(),
        },
    }
}

/// The code that this package's receivers give as the reason. Any other text of the endpoint is left out.
pub(super) fn own_code(answer: &Answered) -> Option<&'static str> {
    let json = answer.json()?;
    let said = json.get("code").and_then(Value::as_str)?;
    let codes = Code::ALL.iter().map(|code| code.as_str());
    codes
        .chain([
            "unsupported_media_type",
            "method_not_allowed",
            "incomplete_body",
        ])
        .find(|code| *code == said)
}
