//! What a sender is told: one table for every receiver, whatever it is written in.
//!
//! A refusal is a problem (RFC 9457) with the code of what is wrong; the sender may be anybody, so it holds nothing but
//! words of ours. Docutray takes 200 to 299 as received, and sends anything else again.

mod json;

use self::json::Object;
use crate::error::{Code, Error};
use alloc::{
    borrow::Cow,
    string::{String, ToString as _},
    vec,
    vec::Vec,
};

const MEDIA_TYPE: &str = "application/json";
const PROBLEM: &str = "application/problem+json";
/// In seconds: Docutray's own wait before its first retry.
const FIRST_RETRY: u64 = 30;

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome<'a> {
    /// The event was processed.
    Processed,
    /// The event had been processed before.
    Duplicate,
    /// The delivery is good, and nobody here wants its event.
    Acknowledged,
    /// The delivery is authentic and its payload does not fit, for this reason: its receiver keeps it.
    Kept(Code),
    /// The delivery was refused.
    Refused(Refusal<'a>),
    /// Only POST brings a delivery.
    MethodNotAllowed,
    /// A delivery is JSON, and says so.
    UnsupportedMediaType,
    /// The body did not come to its end: what there is of it is not a delivery, whatever its signature.
    IncompleteBody,
    /// The body had not come to its end when the receiver's deadline came.
    BodyTimeout,
    /// The bodies that are arriving have used up the receiver's budget for them.
    Overloaded,
    /// What verifies ended in the middle of this delivery, as a WebAssembly instance does whose memory is used up. The
    /// next delivery gets another.
    VerifierUnavailable,
    /// Something before the receiver has parsed the body, and its bytes are gone.
    RawBodyGone,
    /// Another worker has the event.
    Busy {
        /// When to come again, in seconds.
        retry_after: u64,
    },
    /// The event was processed, but so slowly that another worker has it now.
    LeaseLost {
        /// When to come again, in seconds.
        retry_after: u64,
    },
    /// The event is still being processed.
    Late {
        /// When to come again, in seconds.
        retry_after: u64,
    },
    /// Whether the event was processed before cannot be told now.
    StoreUnavailable,
    /// Processing the event failed.
    HandlerFailed,
    /// The server that the delivery was passed on to gave no answer.
    NoAnswer,
}

/// An [`Error`] as its sender is told: its [finding](Error::finding), and nothing about the configuration.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Refusal<'a> {
    /// What is wrong.
    pub code: Code,
    /// The header or field at fault.
    pub field: Option<Cow<'a, str>>,
    /// What is wrong, in words.
    pub detail: Cow<'a, str>,
}

impl<'a> From<&'a Error> for Refusal<'a> {
    fn from(error: &'a Error) -> Self {
        Self {
            code: error.code(),
            field: told(error).map(Cow::Borrowed),
            detail: error.finding().to_string().into(),
        }
    }
}

impl From<Error> for Refusal<'static> {
    fn from(error: Error) -> Self {
        Self {
            code: error.code(),
            field: told(&error).map(|field| Cow::Owned(field.to_string())),
            detail: error.finding().to_string().into(),
        }
    }
}

/// The header or the payload's field at fault. An option is the operator's to know.
fn told(error: &Error) -> Option<&str> {
    match error {
        Error::InvalidConfig { .. } => None,
        _ => error.field(),
    }
}

impl From<Error> for Outcome<'static> {
    /// The delivery was refused for this.
    fn from(error: Error) -> Self {
        Self::Refused(error.into())
    }
}

/// An HTTP response.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in lower case, each once; `content-length` is not among them.
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: String,
}

/// Whether a request can be a delivery at all: `POST` (RFC 9110, 9.3.3) of `application/json` (RFC 8259, 11), with or
/// without parameters. To be asked before anything else of the request is looked at.
///
/// # Errors
/// The outcome to answer with.
pub fn admit(method: &str, content_type: Option<&str>) -> Result<(), Outcome<'static>> {
    if method != "POST" {
        return Err(Outcome::MethodNotAllowed);
    }
    if !content_type.is_some_and(is_json) {
        return Err(Outcome::UnsupportedMediaType);
    }
    Ok(())
}

fn is_json(content_type: &str) -> bool {
    let (media_type, _) = content_type.split_once(';').unwrap_or((content_type, ""));
    media_type.trim_ascii().eq_ignore_ascii_case(MEDIA_TYPE)
}

impl Outcome<'_> {
    /// The outcome in one word, for logs: `processed`, `duplicate`, `acknowledged`, `kept`, `refused`, `busy`, `late`,
    /// `unavailable` or `failed`.
    #[must_use]
    pub const fn verdict(&self) -> &'static str {
        match self {
            Self::Processed => "processed",
            Self::Duplicate => "duplicate",
            Self::Acknowledged => "acknowledged",
            Self::Kept(_) => "kept",
            Self::Refused(_)
            | Self::MethodNotAllowed
            | Self::UnsupportedMediaType
            | Self::IncompleteBody
            | Self::BodyTimeout => "refused",
            Self::Busy { .. } | Self::LeaseLost { .. } => "busy",
            Self::Late { .. } => "late",
            Self::StoreUnavailable
            | Self::Overloaded
            | Self::VerifierUnavailable
            | Self::NoAnswer => "unavailable",
            Self::RawBodyGone | Self::HandlerFailed => "failed",
        }
    }

    /// What stood in the way; none where nothing did.
    #[must_use]
    pub const fn code(&self) -> Option<&'static str> {
        Some(match self {
            Self::Processed | Self::Duplicate | Self::Acknowledged => return None,
            Self::Kept(code) => code.as_str(),
            Self::Refused(refusal) => refusal.code.as_str(),
            Self::MethodNotAllowed => "method_not_allowed",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::IncompleteBody | Self::BodyTimeout => "incomplete_body",
            Self::Overloaded => "overloaded",
            Self::VerifierUnavailable => "verifier_unavailable",
            Self::RawBodyGone => "raw_body_gone",
            Self::Busy { .. } => "busy",
            Self::LeaseLost { .. } => "lease_lost",
            Self::Late { .. } => "deadline_exceeded",
            Self::StoreUnavailable => "store_unavailable",
            Self::HandlerFailed => "handler_failed",
            Self::NoAnswer => "no_answer",
        })
    }

    /// The HTTP status to answer with.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Processed | Self::Duplicate | Self::Acknowledged | Self::Kept(_) => 200,
            Self::Refused(refusal) => refusal.code.status(),
            Self::MethodNotAllowed => 405,
            Self::UnsupportedMediaType => 415,
            Self::IncompleteBody => 400,
            Self::BodyTimeout => 408,
            Self::Overloaded
            | Self::VerifierUnavailable
            | Self::Busy { .. }
            | Self::LeaseLost { .. }
            | Self::Late { .. }
            | Self::StoreUnavailable => 503,
            Self::RawBodyGone | Self::HandlerFailed => 500,
            Self::NoAnswer => 502,
        }
    }

    /// The whole answer.
    #[must_use]
    pub fn answer(&self) -> Answer {
        let is_good = self.status() == 200;
        let content_type = if is_good { MEDIA_TYPE } else { PROBLEM };
        let mut headers = vec![("content-type", content_type.to_string())];
        if matches!(self, Self::MethodNotAllowed) {
            headers.push(("allow", "POST".to_string()));
        }
        if let Some(seconds) = self.retry_after() {
            headers.push(("retry-after", seconds.to_string()));
        }
        Answer {
            status: self.status(),
            headers,
            body: if is_good { self.good() } else { self.problem() },
        }
    }

    /// What is wrong and what to do, in words for the sender; empty where nothing stood in the way.
    #[must_use]
    pub fn detail(&self) -> &str {
        match self {
            Self::Refused(refusal) => &refusal.detail,
            Self::MethodNotAllowed => "a delivery comes by POST.",
            Self::UnsupportedMediaType => {
                "a delivery's Content-Type is application/json. Docutray sends it: see that no proxy changes it."
            }
            Self::IncompleteBody => "the body did not come to its end: send the delivery again.",
            Self::BodyTimeout => {
                "the body did not come to its end in time: send the delivery again."
            }
            Self::Overloaded => {
                "this receiver holds as much of other deliveries as it can: send the delivery again later."
            }
            Self::VerifierUnavailable => {
                "this receiver could not verify the delivery: send it again later."
            }
            Self::RawBodyGone => {
                "this receiver has lost the delivery's bytes to a body parser: its log says which line to move."
            }
            Self::Busy { .. } => {
                "another worker is processing this event: send the delivery again later."
            }
            Self::LeaseLost { .. } => {
                "this event took longer than its lease, and another worker has it: send the delivery again later."
            }
            Self::Late { .. } => {
                "this event is still being processed: send the delivery again later."
            }
            Self::StoreUnavailable => {
                "whether this event was processed before cannot be told now: send the delivery again later."
            }
            Self::HandlerFailed => {
                "processing this event failed, for a reason that this receiver's log has: send the delivery again later."
            }
            Self::NoAnswer => {
                "the server behind this receiver gave no answer: send the delivery again later."
            }
            Self::Processed | Self::Duplicate | Self::Acknowledged | Self::Kept(_) => "",
        }
    }

    /// In seconds, at least one; Docutray has a schedule of its own, others may heed it.
    fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Busy { retry_after }
            | Self::LeaseLost { retry_after }
            | Self::Late { retry_after } => Some((*retry_after).max(1)),
            Self::StoreUnavailable | Self::Overloaded | Self::VerifierUnavailable => {
                Some(FIRST_RETRY)
            }
            _ => None,
        }
    }

    fn good(&self) -> String {
        let verdict = Object::new().text("verdict", self.verdict());
        verdict.optional_text("code", self.code()).end()
    }

    fn problem(&self) -> String {
        let field = match self {
            Self::Refused(refusal) => refusal.field.as_deref(),
            _ => None,
        };
        let problem = Object::new()
            .text("title", reason(self.status()))
            .number("status", self.status())
            .optional_text("code", self.code());
        let problem = problem.optional_text("field", field);
        problem.text("detail", self.detail()).end()
    }
}

/// The status in words (RFC 9110, 15), which is the title of a problem without a type.
const fn reason(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verifier::Verifier;

    #[test]
    fn only_a_post_of_json_is_admitted() {
        for content_type in [
            "application/json",
            "Application/JSON",
            " application/json ; charset=utf-8",
        ] {
            assert_eq!(admit("POST", Some(content_type)), Ok(()), "{content_type}");
        }
        for content_type in [
            None,
            Some(""),
            Some("text/plain"),
            Some("application/json5"),
            Some("application/json, application/json"),
            Some("application/problem+json"),
        ] {
            let refused = Err(Outcome::UnsupportedMediaType);
            assert_eq!(admit("POST", content_type), refused, "{content_type:?}");
        }
        for method in ["GET", "PUT", "post", ""] {
            let refused = Err(Outcome::MethodNotAllowed);
            assert_eq!(admit(method, None), refused, "{method}");
        }
    }

    #[test]
    fn what_was_received_is_answered_200() {
        let answer = Outcome::Duplicate.answer();
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (200, r#"{"verdict":"duplicate"}"#)
        );
        let content_type = ("content-type", "application/json".to_string());
        assert_eq!(answer.headers, [content_type]);
        let kept = Outcome::Kept(Code::EventMismatch).answer();
        assert_eq!(kept.body, r#"{"verdict":"kept","code":"event_mismatch"}"#);
    }

    #[test]
    fn a_refusal_says_what_the_error_found() {
        let verifier = Verifier::builder()
            .secret(" s")
            .url("https://example.com/hooks");
        let headers: [(&str, &str); 0] = [];
        let error = verifier.build().unwrap().verify(headers, b"", 0);
        let error = error.unwrap_err();
        let refused = Outcome::Refused(Refusal::from(&error));
        assert_eq!(refused, Outcome::from(error.clone()));
        let answer = refused.answer();
        assert_eq!((answer.status, refused.verdict()), (400, "refused"));
        assert_eq!(
            answer.body,
            r#"{"title":"Bad Request","status":400,"code":"missing_header","field":"x-docutray-signature","detail":"x-docutray-signature is missing."}"#
        );
        let content_type = ("content-type", "application/problem+json".to_string());
        assert_eq!(answer.headers, [content_type]);
    }

    #[test]
    fn no_sender_is_told_of_the_configuration() {
        let error = Verifier::builder().build().unwrap_err();
        let answer = Outcome::from(error).answer();
        assert_eq!(answer.status, 500);
        for option in ["secret", "url", "field"] {
            assert!(!answer.body.contains(option), "{}", answer.body);
        }
        let spaced_secret = true;
        for error in [
            Error::SignatureMismatch { spaced_secret },
            Error::AuthSignatureMismatch { spaced_secret },
        ] {
            assert!(error.to_string().contains("white space"), "{error}");
            let body = Outcome::from(error).answer().body;
            for hint in ["white space", "secret", "configured", "URL"] {
                assert!(!body.contains(hint), "{body}");
            }
        }
    }

    #[test]
    fn every_code_has_a_title_of_its_status() {
        for code in Code::ALL.iter().copied() {
            let is_internal = reason(code.status()) == "Internal Server Error";
            assert_eq!(is_internal, code.status() == 500, "{code}");
        }
    }

    #[test]
    fn a_wrong_method_is_told_the_right_one() {
        let answer = Outcome::MethodNotAllowed.answer();
        assert_eq!(answer.status, 405);
        assert!(answer.headers.contains(&("allow", "POST".to_string())));
    }

    #[test]
    fn who_is_to_come_again_is_told_when() {
        let header = |outcome: Outcome<'_>| {
            let headers = outcome.answer().headers;
            let found = headers.into_iter().find(|(name, _)| *name == "retry-after");
            found.map(|(_, value)| value)
        };
        let seven = Some("7".to_string());
        assert_eq!(header(Outcome::Busy { retry_after: 7 }), seven);
        let at_once = header(Outcome::Busy { retry_after: 0 });
        assert_eq!(at_once, Some("1".to_string()));
        assert_eq!(header(Outcome::Late { retry_after: 7 }), seven);
        assert_eq!(header(Outcome::LeaseLost { retry_after: 7 }), seven);
        assert_eq!(header(Outcome::StoreUnavailable), Some("30".to_string()));
        assert_eq!(header(Outcome::Overloaded), Some("30".to_string()));
        assert_eq!(header(Outcome::VerifierUnavailable), Some("30".to_string()));
        assert_eq!(header(Outcome::BodyTimeout), None);
        assert_eq!(header(Outcome::HandlerFailed), None);
    }
}
