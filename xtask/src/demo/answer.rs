//! A delivery by HTTP, and what the receiver answers.

use std::time::Duration;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use ureq::Agent;

use super::deliveries::{Delivery, Expected, URL};

/// As long as Docutray waits.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Sends deliveries.
pub(crate) struct Sender(Agent);

/// What a receiver said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It took the delivery.
    Accepted { kind: String, key: String },
    /// It did not.
    Refused {
        status: u16,
        code: String,
        message: String,
    },
    /// It said something else.
    Other { status: u16, body: String },
}

/// What both examples answer when they accept.
#[derive(Deserialize)]
struct Accepted {
    #[serde(rename = "type")]
    kind: String,
    key: String,
}

/// What both answer when they refuse: problem details (RFC 9457).
#[derive(Deserialize)]
struct Problem {
    code: String,
    detail: String,
}

impl Sender {
    /// One that speaks to this machine: no proxy, and an answer of any status is an answer.
    pub(crate) fn new() -> Self {
        let config = Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .timeout_global(Some(TIMEOUT));
        Self(config.build().into())
    }

    pub(crate) fn send(&self, address: &str, delivery: &Delivery) -> Result<Answer> {
        let path = URL.splitn(4, '/').nth(3).unwrap_or_default();
        let mut request = self
            .0
            .post(format!("{address}/{path}"))
            .header("Content-Type", "application/json")
            .header("User-Agent", "Docutray-Webhook/1.0");
        for (name, value) in &delivery.headers {
            request = request.header(*name, value);
        }
        let mut response = request
            .send(delivery.body.as_slice())
            .with_context(|| format!("`{}` had no answer from {address}", delivery.title))?;
        let status = response.status().as_u16();
        let body = response
            .body_mut()
            .read_to_string()
            .context("cannot read the receiver's answer")?;
        Ok(Answer::of(status, body))
    }

    /// The status for a visitor who is no webhook.
    pub(crate) fn get(&self, address: &str) -> Result<u16> {
        let response = self
            .0
            .get(address)
            .call()
            .with_context(|| format!("GET had no answer from {address}"))?;
        Ok(response.status().as_u16())
    }
}

impl Answer {
    fn of(status: u16, body: String) -> Self {
        let accepted = (200..300).contains(&status);
        if accepted && let Ok(Accepted { kind, key }) = serde_json::from_str(&body) {
            return Self::Accepted { kind, key };
        }
        if !accepted
            && let Ok(Problem {
                code,
                detail: message,
            }) = serde_json::from_str(&body)
        {
            return Self::Refused {
                status,
                code,
                message,
            };
        }
        Self::Other { status, body }
    }

    pub(crate) fn is(&self, expected: Expected) -> bool {
        match (self, expected) {
            (Self::Accepted { kind, .. }, Expected::Event(event)) => kind == event,
            (Self::Refused { code, .. }, Expected::Refusal(refusal)) => code == refusal.as_str(),
            _ => false,
        }
    }

    /// One word for the table.
    pub(super) fn verdict(&self) -> &'static str {
        match self {
            Self::Accepted { .. } => "accepted",
            Self::Refused { .. } => "refused",
            Self::Other { .. } => "no verdict",
        }
    }

    /// What there is to say beyond the verdict: the event's key, or the status and the message, which names the code.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Accepted { key, .. } => key.clone(),
            Self::Refused {
                status,
                code,
                message,
            } if message.starts_with(code) => format!("{status} {message}"),
            Self::Refused {
                status,
                code,
                message,
            } => format!("{status} {code}: {message}"),
            Self::Other { status, body } => format!("{status} {body}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use docutray_webhook::Code;

    #[test]
    fn an_answer_is_what_its_status_and_body_say() {
        let accepted = Answer::of(200, r#"{"type": "STEP_FAILED", "key": "k"}"#.into());
        assert!(accepted.is(Expected::Event("STEP_FAILED")));
        assert!(!accepted.is(Expected::Event("STEP_STARTED")));
        assert!(!accepted.is(Expected::Refusal(Code::EventMismatch)));

        let refused = Answer::of(401, r#"{"code": "event_mismatch", "detail": "d"}"#.into());
        assert!(refused.is(Expected::Refusal(Code::EventMismatch)));
        assert!(!refused.is(Expected::Refusal(Code::SignatureMismatch)));
    }

    #[test]
    fn an_answer_that_is_neither_is_never_expected() {
        for (status, body) in [
            (500, "oops"),
            (200, r#"{"code": "event_mismatch", "detail": "d"}"#),
            (200, ""),
        ] {
            let answer = Answer::of(status, body.into());
            assert!(matches!(answer, Answer::Other { .. }), "{answer:?}");
            assert!(!answer.is(Expected::Refusal(Code::EventMismatch)));
        }
    }
}
