//! A delivery by HTTP, and what the receiver answers.

use std::{io::ErrorKind, time::Duration};

use anyhow::{Context as _, Result};
use serde::Deserialize;
use ureq::Agent;

use super::deliveries::{Delivery, Expected, URL};

/// As long as Docutray waits.
const TIMEOUT: Duration = Duration::from_secs(30);
const TRIES: usize = 5;

/// Sends deliveries.
pub(crate) struct Sender(Agent);

/// What a receiver said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It took the delivery.
    Accepted {
        kind: String,
        id: Option<String>,
        key: String,
    },
    /// It had processed the event before.
    Duplicate,
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
    id: Option<String>,
    key: String,
}

/// What receivers that process an event once answer otherwise.
#[derive(Deserialize)]
struct Outcome {
    verdict: String,
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

    /// A server that refuses may close while the body is still being written (RFC 9112, 9.6), and then this client does
    /// not read the answer: it asks again.
    pub(crate) fn send(&self, address: &str, delivery: &Delivery) -> Result<Answer> {
        let mut tries = 0..TRIES;
        loop {
            tries.next();
            match self.try_send(address, delivery) {
                Err(error) if is_closed(&error) && !tries.is_empty() => {}
                answer => {
                    return answer.with_context(|| {
                        format!("`{}` had no answer from {address}", delivery.title)
                    });
                }
            }
        }
    }

    fn try_send(&self, address: &str, delivery: &Delivery) -> Result<Answer, ureq::Error> {
        let path = URL.splitn(4, '/').nth(3).unwrap_or_default();
        let mut request = self
            .0
            .post(format!("{address}/{path}"))
            .header("Content-Type", "application/json")
            .header("User-Agent", "Docutray-Webhook/1.0");
        for (name, value) in &delivery.headers {
            request = request.header(*name, value);
        }
        let mut response = request.send(delivery.body.as_slice())?;
        let status = response.status().as_u16();
        Ok(Answer::of(status, response.body_mut().read_to_string()?))
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

fn is_closed(error: &ureq::Error) -> bool {
    let ureq::Error::Io(error) = error else {
        return false;
    };
    matches!(
        error.kind(),
        ErrorKind::BrokenPipe | ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof
    )
}

impl Answer {
    fn of(status: u16, body: String) -> Self {
        let accepted = (200..300).contains(&status);
        if accepted && let Ok(Accepted { kind, id, key }) = serde_json::from_str(&body) {
            return Self::Accepted { kind, id, key };
        }
        if accepted
            && let Ok(Outcome { verdict }) = serde_json::from_str(&body)
            && verdict == "duplicate"
        {
            return Self::Duplicate;
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
            (Self::Duplicate, Expected::Duplicate) => true,
            (Self::Refused { code, .. }, Expected::Refusal(refusal)) => code == refusal.as_str(),
            _ => false,
        }
    }

    /// One word for the table.
    pub(super) fn verdict(&self) -> &'static str {
        match self {
            Self::Accepted { .. } | Self::Duplicate => "accepted",
            Self::Refused { .. } => "refused",
            Self::Other { .. } => "no verdict",
        }
    }

    /// What there is to say beyond the verdict: the event's key, or the status and the message, which names the code.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Accepted { key, .. } => key.clone(),
            Self::Duplicate => "a duplicate".to_owned(),
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

        let repeated = Answer::of(200, r#"{"verdict": "duplicate"}"#.into());
        assert!(repeated.is(Expected::Duplicate) && !accepted.is(Expected::Duplicate));
        assert!(!repeated.is(Expected::Event("STEP_FAILED")));

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
            (200, r#"{"verdict": "processed"}"#),
            (500, r#"{"verdict": "duplicate"}"#),
        ] {
            let answer = Answer::of(status, body.into());
            assert!(matches!(answer, Answer::Other { .. }), "{answer:?}");
            assert!(!answer.is(Expected::Refusal(Code::EventMismatch)));
        }
    }
}
