//! The answers to senders: one table for all receivers, in Rust and in JavaScript.
//!
//! A refusal is answered with a problem (RFC 9457) that contains the error's code. Anybody may be the sender, so it
//! contains only our own text. Docutray treats 200 to 299 as received and retries anything else.

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
/// The content coding that leaves the body unchanged (RFC 9110, 12.5.3).
const IDENTITY: &str = "identity";
const PROBLEM: &str = "application/problem+json";
const CONTENT_TYPE: &[u8] = b"content-type";
const CONTENT_ENCODING: &[u8] = b"content-encoding";
/// In seconds: how long Docutray waits before its first retry.
const FIRST_RETRY: u64 = 30;

/// The result of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome<'a> {
    /// The event was processed.
    Processed,
    /// The event had been processed before.
    Duplicate,
    /// The delivery is valid, but this receiver has no handler for its event.
    Acknowledged,
    /// The delivery is authentic, but its payload does not fit for this reason. The receiver keeps it.
    Kept(Code),
    /// The delivery was refused.
    Refused(Refusal<'a>),
    /// The request's method is not POST.
    MethodNotAllowed,
    /// The request's media type is not `application/json`.
    UnsupportedMediaType,
    /// The body has a content coding, such as compression.
    UnsupportedContentEncoding,
    /// The body ended early. The delivery cannot be verified, whatever its signature.
    IncompleteBody,
    /// The body had not arrived completely by the receiver's deadline.
    BodyTimeout,
    /// The arriving bodies have used up the receiver's budget.
    Overloaded,
    /// The verifier failed during this delivery, as a WebAssembly instance does when its memory is used up. The next
    /// delivery gets a new instance.
    VerifierUnavailable,
    /// A body parser consumed the body before the receiver, so its bytes are lost.
    RawBodyGone,
    /// Another worker is processing the event.
    Busy {
        /// When to retry, in seconds.
        retry_after: u64,
    },
    /// The event was processed, but the lease ended before that and another worker has the event.
    LeaseLost {
        /// When to retry, in seconds.
        retry_after: u64,
    },
    /// The event is still being processed at the deadline.
    Late {
        /// When to retry, in seconds.
        retry_after: u64,
    },
    /// The store cannot tell whether the event was processed before.
    StoreUnavailable,
    /// Processing the event failed.
    HandlerFailed,
    /// The server to which the delivery was forwarded did not answer.
    NoAnswer,
}

/// An [`Error`] as its sender may read it: its [finding](Error::finding), and nothing about secrets and URLs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Refusal<'a> {
    /// The error's code.
    pub code: Code,
    /// The header or the payload's field at fault.
    pub field: Option<Cow<'a, str>>,
    /// What is wrong, in words.
    pub detail: Cow<'a, str>,
}

impl<'a> Refusal<'a> {
    /// Creates the refusal of an error that is known by its parts, for bindings: the error's code, its field, and its
    /// [finding](Error::finding). Leaves out the field of [`Code::InvalidConfig`], an option: senders learn nothing about options.
    #[must_use]
    pub fn new(code: Code, field: Option<Cow<'a, str>>, finding: impl Into<Cow<'a, str>>) -> Self {
        Self {
            code,
            field: field.filter(|_| code != Code::InvalidConfig),
            detail: finding.into(),
        }
    }
}

impl<'a> From<&'a Error> for Refusal<'a> {
    fn from(error: &'a Error) -> Self {
        let field = error.field().map(Cow::Borrowed);
        Self::new(error.code(), field, error.finding().to_string())
    }
}

impl From<Error> for Refusal<'static> {
    fn from(error: Error) -> Self {
        let field = error.field().map(|field| Cow::Owned(field.to_string()));
        Self::new(error.code(), field, error.finding().to_string())
    }
}

impl Outcome<'static> {
    /// Returns the outcome of a delivery for which there is no usable configuration: 500, `invalid_config`. The sender learns
    /// nothing else about it.
    #[must_use]
    pub fn misconfigured() -> Self {
        let problems = Vec::new();
        Error::InvalidConfig { problems }.into()
    }
}

impl From<Error> for Outcome<'static> {
    /// The delivery was refused with this error.
    fn from(error: Error) -> Self {
        Self::Refused(error.into())
    }
}

/// An HTTP response.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Pairs of name and value. Each lower-case name occurs once; `content-length` is not included.
    pub headers: Vec<(&'static str, String)>,
    /// The body, as JSON.
    pub body: String,
}

/// Checks whether a request can be a delivery: its method is `POST` (RFC 9110, 9.3.3), it has one `Content-Type`, which is
/// `application/json` (RFC 8259, 11), with or without parameters, and its body has no content coding (RFC 9110, 8.4),
/// since the signature covers the bytes as Docutray sent them. Call it before any other check.
///
/// `headers` are all headers of the request, as [`Verifier::begin`](crate::Verifier::begin) takes them. The case of the method
/// matters, that of the names does not.
///
/// # Errors
/// Returns the outcome to answer with.
pub fn admit(
    method: &str,
    headers: impl IntoIterator<Item = (impl AsRef<[u8]>, impl AsRef<[u8]>)>,
) -> Result<(), Outcome<'static>> {
    if method != "POST" {
        return Err(Outcome::MethodNotAllowed);
    }
    let (mut types, mut is_json, mut is_coded) = (0_usize, false, false);
    for (name, value) in headers {
        let name = name.as_ref();
        if name.eq_ignore_ascii_case(CONTENT_TYPE) {
            types += 1;
            is_json = names_json(value.as_ref());
        } else if name.eq_ignore_ascii_case(CONTENT_ENCODING) {
            is_coded |= names_coding(value.as_ref());
        }
    }
    if types != 1 || !is_json {
        return Err(Outcome::UnsupportedMediaType);
    }
    if is_coded {
        return Err(Outcome::UnsupportedContentEncoding);
    }
    Ok(())
}

fn names_json(content_type: &[u8]) -> bool {
    let media_type = content_type.split(|byte| *byte == b';').next();
    media_type.is_some_and(|it| it.trim_ascii().eq_ignore_ascii_case(MEDIA_TYPE.as_bytes()))
}

/// Returns whether the header names a content coding. A list may have empty members, which are ignored (RFC 9110, 5.6.1.2).
fn names_coding(content_encoding: &[u8]) -> bool {
    let codings = content_encoding.split(|byte| *byte == b',');
    let mut codings = codings.map(<[u8]>::trim_ascii);
    codings.any(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case(IDENTITY.as_bytes()))
}

impl Outcome<'_> {
    /// Returns the verdict, one word for logs: `processed`, `duplicate`, `acknowledged`, `kept`, `refused`, `busy`,
    /// `late`, `unavailable` or `failed`.
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
            | Self::UnsupportedContentEncoding
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

    /// Returns the code of the problem, or `None` if there is none.
    #[must_use]
    pub const fn code(&self) -> Option<&'static str> {
        Some(match self {
            Self::Processed | Self::Duplicate | Self::Acknowledged => return None,
            Self::Kept(code) => code.as_str(),
            Self::Refused(refusal) => refusal.code.as_str(),
            Self::MethodNotAllowed => "method_not_allowed",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::UnsupportedContentEncoding => "unsupported_content_encoding",
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

    /// Returns the HTTP status to answer with.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Processed | Self::Duplicate | Self::Acknowledged | Self::Kept(_) => 200,
            Self::Refused(refusal) => refusal.code.status(),
            Self::MethodNotAllowed => 405,
            Self::UnsupportedMediaType | Self::UnsupportedContentEncoding => 415,
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

    /// Returns the whole answer.
    #[must_use]
    pub fn answer(&self) -> Answer {
        let is_good = self.status() == 200;
        let content_type = if is_good { MEDIA_TYPE } else { PROBLEM };
        let mut headers = vec![("content-type", content_type.to_string())];
        if matches!(self, Self::MethodNotAllowed) {
            headers.push(("allow", "POST".to_string()));
        }
        if matches!(self, Self::UnsupportedContentEncoding) {
            // RFC 9110, 15.5.16: this tells which of the two reasons for a 415 applies.
            headers.push(("accept-encoding", IDENTITY.to_string()));
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

    /// Returns what is wrong and what to do, for the sender. Returns an empty text if there is no problem.
    #[must_use]
    pub fn detail(&self) -> &str {
        match self {
            Self::Refused(refusal) => &refusal.detail,
            Self::MethodNotAllowed => "a delivery comes by POST.",
            Self::UnsupportedMediaType => {
                "a delivery's Content-Type is application/json. Docutray sends it: see that no proxy changes it."
            }
            Self::UnsupportedContentEncoding => {
                "a delivery's body has no Content-Encoding: its signature covers the bytes that Docutray sends. See that no proxy compresses it."
            }
            Self::IncompleteBody => "the body ended early: send the delivery again.",
            Self::BodyTimeout => {
                "the body did not arrive completely in time: send the delivery again."
            }
            Self::Overloaded => {
                "this receiver holds as much of other deliveries as it can: send the delivery again later."
            }
            Self::VerifierUnavailable => {
                "this receiver could not verify the delivery: send it again later."
            }
            Self::RawBodyGone => {
                "a body parser of this receiver consumed the delivery's bytes: the receiver's log says which line to move."
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
                "this receiver cannot tell now whether this event was processed before: send the delivery again later."
            }
            Self::HandlerFailed => {
                "processing this event failed, and this receiver's log says why: send the delivery again later."
            }
            Self::NoAnswer => {
                "the server behind this receiver gave no answer: send the delivery again later."
            }
            Self::Processed | Self::Duplicate | Self::Acknowledged | Self::Kept(_) => "",
        }
    }

    /// Returns the value of `Retry-After` in seconds, at least 1. Docutray follows its own schedule; other senders may use it.
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

/// Returns the status's reason phrase (RFC 9110, 15), the title of a problem without a type.
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
mod tests;
