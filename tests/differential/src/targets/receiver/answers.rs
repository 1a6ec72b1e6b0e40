//! Checks each answer: it is one of the table, it is true, and it comes in time.

use std::time::Duration;

use bytes::Bytes;
use docutray_webhook::{
    Code, Rejection, Verifier,
    answer::{Outcome, Refusal},
};
use http::HeaderMap;
use serde_json::Value;

use super::{
    plan::{Plan, What},
    sent::Sent,
    service::OWN,
    watch::{Seen, Served},
};

/// An answer, and how long it took.
#[derive(Debug)]
pub(super) struct Got {
    pub(super) after: Duration,
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// What an answer of the receiver's own says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Said {
    status: u16,
    verdict: Option<String>,
    code: Option<String>,
}

/// What the delivery is, apart from how its body arrives.
#[derive(Debug)]
pub(super) enum Right {
    Event(String),
    Unfit(Code),
    Refused(&'static str),
}

impl Right {
    pub(super) fn of(sent: &Sent, verifier: &Verifier, now: u64) -> Self {
        match sent.request.what {
            What::Get => return Self::Refused("method_not_allowed"),
            What::Compressed => return Self::Refused("unsupported_content_encoding"),
            _ => {}
        }
        match verifier.settle(sent.headers.clone(), sent.body.to_vec(), now) {
            Ok(event) => Self::Event(event.key().to_owned()),
            Err(Rejection::Unfit(unfit)) => Self::Unfit(unfit.error.code()),
            Err(Rejection::Refused(error)) => Self::Refused(error.code().as_str()),
        }
    }
}

impl Got {
    pub(super) fn is_good(&self) -> bool {
        (200..=299).contains(&self.status)
    }

    /// Returns nothing if the answer is the service's.
    fn said(&self) -> Option<Said> {
        if self.headers.contains_key(OWN) {
            return None;
        }
        let body: Value = serde_json::from_slice(&self.body).unwrap();
        let text = |name: &str| body[name].as_str().map(str::to_owned);
        Some(Said {
            status: self.status,
            verdict: text("verdict"),
            code: text("code"),
        })
    }
}

/// Returns whether the table has this answer.
fn is_of_table(said: &Said) -> bool {
    outcomes().iter().any(|outcome| {
        let good = outcome.status() == 200;
        said.status == outcome.status()
            && said.code.as_deref() == outcome.code()
            && said.verdict.as_deref() == good.then_some(outcome.verdict())
    })
}

fn outcomes() -> Vec<Outcome<'static>> {
    let retry_after = 1;
    let refused = |code| Outcome::Refused(Refusal::new(code, None, ""));
    let codes = Code::ALL.iter().copied();
    let others = [
        Outcome::Processed,
        Outcome::Duplicate,
        Outcome::MethodNotAllowed,
        Outcome::UnsupportedContentEncoding,
        Outcome::IncompleteBody,
        Outcome::BodyTimeout,
        Outcome::Overloaded,
        Outcome::Busy { retry_after },
        Outcome::LeaseLost { retry_after },
        Outcome::Late { retry_after },
        Outcome::StoreUnavailable,
        Outcome::HandlerFailed,
    ];
    let kept = codes.clone().map(Outcome::Kept);
    codes.map(refused).chain(kept).chain(others).collect()
}

/// Returns what is wrong with an answer.
pub(super) fn fault(
    got: &Got,
    sent: &Sent,
    right: &Right,
    plan: &Plan,
    seen: &Seen,
) -> Option<&'static str> {
    // A claim may take a second after the deadline.
    if got.after > plan.deadline.duration() + Duration::from_secs(1) {
        return Some("late");
    }
    let served = seen.served.get(&sent.place).copied();
    let Some(said) = got.said() else {
        let is_own = served == Some(Served::Answered(got.status));
        return (!is_own).then_some("not the service's answer");
    };
    if !is_of_table(&said) {
        return Some("not of the table");
    }
    let code = said.code.as_deref();
    let is_timely = sent.arrives().is_some_and(|at| at < plan.deadline);
    let is_true = match right {
        _ if code == Some("overloaded") => true,
        Right::Event(key) if is_timely => is_true_of_event(&said, key, served, seen),
        // It may have arrived at the last moment.
        Right::Event(key) if sent.arrives() == Some(plan.deadline) => {
            is_incomplete(code) || is_true_of_event(&said, key, served, seen)
        }
        Right::Event(_) | Right::Unfit(_) if !is_timely && is_incomplete(code) => true,
        Right::Unfit(_) if code == Some("deadline_exceeded") => plan.on_unfit.is_some(),
        Right::Unfit(unfit) => {
            code == Some(unfit.as_str()) && (!got.is_good() || seen.kept.contains(&sent.place))
        }
        Right::Refused(refused) => {
            !got.is_good() && (code == Some(refused) || !is_timely && is_incomplete(code))
        }
        Right::Event(_) => false,
    };
    (!is_true).then_some("not true")
}

/// Whether this is the answer to a body of which a part is missing. Without a length that was announced, nobody can know that.
fn is_incomplete(code: Option<&str>) -> bool {
    matches!(code, Some("incomplete_body" | "signature_mismatch"))
}

fn is_true_of_event(said: &Said, key: &str, served: Option<Served>, seen: &Seen) -> bool {
    let was_answered = |answer| seen.answered.contains(&(key.to_owned(), answer));
    match (said.verdict.as_deref(), said.code.as_deref()) {
        (Some("processed"), _) => {
            matches!(served, Some(Served::Answered(200..=299) | Served::TooLate))
        }
        (Some("duplicate"), _) => was_answered("done"),
        (_, Some("busy")) => was_answered("busy"),
        (_, Some("lease_lost")) => served == Some(Served::TooLate),
        (_, Some("deadline_exceeded")) => served.is_some(),
        (_, Some("store_unavailable")) => served.is_none() && was_answered("no answer"),
        (_, Some("handler_failed")) => served == Some(Served::Failed),
        _ => false,
    }
}
