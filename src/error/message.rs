//! The errors' messages. A finding says what is wrong and what was expected; the advice for the operator says what to do.

use super::{BodySignature, Error, PayloadFault};
use crate::{
    header_names::{AUTH_SIGNATURE, SIGNATURE, TIMESTAMP},
    secret_hints::SecretHints,
};
use core::fmt::{Display, Formatter, Result};

/// A Unix time in seconds stays below this until the year 5138. One in milliseconds has been above it since 1973.
const LOOKS_LIKE_MILLISECONDS: u64 = 100_000_000_000;

/// The part of a message that a sender may read.
struct Finding<'e>(&'e Error);

impl Error {
    /// Returns what the sender may be told: what is wrong with the delivery. It names the tolerance or the largest body if
    /// the delivery exceeds that, and nothing else of the configuration.
    ///
    /// [`Display`] adds what the operator can do. That may depend on secrets and URLs, so it belongs in the receiver's log and
    /// not in an answer.
    #[must_use]
    pub const fn finding(&self) -> impl Display {
        Finding(self)
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}: ", self.code())?;
        match self {
            Self::InvalidConfig { problems } => {
                for (index, problem) in problems.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "; " })?;
                    f.write_str(problem.problem)?;
                }
                Ok(())
            }
            _ => {
                Finding(self).fmt(f)?;
                advise(self, f)
            }
        }
    }
}

impl Display for Finding<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.0 {
            Error::MissingHeader { header } => write!(f, "{header} is missing."),
            Error::DuplicateHeader { header } => {
                write!(
                    f,
                    "{header} was received more than once, or contains a comma."
                )
            }
            Error::MalformedHeader {
                header,
                expected,
                found,
            } => write!(
                f,
                "{header} has to be {expected}, but is something else, {found} bytes long."
            ),
            Error::AuthSignatureMismatch { .. } => write!(
                f,
                "{AUTH_SIGNATURE} is not the MAC of this delivery's metadata."
            ),
            Error::TimestampTooOld {
                timestamp,
                now,
                tolerance,
            } => write!(
                f,
                "{TIMESTAMP} is {} s old, the tolerance is {tolerance} s.",
                now.saturating_sub(*timestamp)
            ),
            Error::TimestampTooNew {
                timestamp,
                now,
                tolerance,
            } => write!(
                f,
                "{TIMESTAMP} is {} s in the future, the tolerance is {tolerance} s.",
                timestamp.saturating_sub(*now)
            ),
            Error::BodyTooLarge { max_body } => write!(
                f,
                "the body is larger than {max_body} bytes, or than the memory left."
            ),
            Error::SignatureMismatch { .. } => {
                write!(f, "{SIGNATURE} is not the MAC of this body.")
            }
            Error::MalformedPayload { path, fault } => {
                write!(f, "{} ", path.as_deref().unwrap_or("the body"))?;
                payload(f, *fault)
            }
            Error::EventMismatch {
                field,
                event,
                expected,
            } => write!(
                f,
                "the headers say {event}, for which the payload's {field} has to be {expected}."
            ),
            Error::InvalidConfig { .. } => {
                f.write_str("this receiver's configuration is wrong: only its operator can fix it.")
            }
        }
    }
}

/// Writes what the operator can do.
fn advise(error: &Error, f: &mut Formatter<'_>) -> Result {
    match error {
        Error::MissingHeader { .. } => f.write_str(
            " Docutray sends it with every delivery: pass all headers of the request, and see that no proxy drops it.",
        ),
        Error::DuplicateHeader { .. } => f.write_str(
            " Docutray sends it once: check what adds headers to the request on the way.",
        ),
        Error::MalformedHeader { .. } => f.write_str(" Pass the value as it was received."),
        Error::AuthSignatureMismatch { body, hints } => {
            f.write_str(mismatch(*body))?;
            hinted(f, *hints)
        }
        Error::TimestampTooOld { now, .. } => {
            f.write_str(
                " It is a replay, or this host's clock is ahead. If Docutray's own retries are refused with this, \
                 raise the tolerance (the last retry comes 4,890 s after the first attempt).",
            )?;
            milliseconds(f, *now)
        }
        Error::TimestampTooNew { .. } => f.write_str(
            " Check that this host's clock is right and that `now` is Unix time in seconds.",
        ),
        Error::BodyTooLarge { .. } => {
            f.write_str(" Raise the limit on the body if your documents need it.")
        }
        Error::SignatureMismatch { hints } => {
            f.write_str(
                " Pass the raw bytes as they were received, not parsed and serialised again. Make sure that no proxy \
                 changes bodies. If the metadata was checked, the secret is right; in body-only mode, compare it with \
                 Docutray's.",
            )?;
            hinted(f, *hints)
        }
        Error::MalformedPayload { .. } => f.write_str(
            " The signatures are right: keep the body, and see whether Docutray's documentation or a newer version of \
             this library knows it.",
        ),
        Error::EventMismatch { .. } => f.write_str(
            " Headers and body are authentic, but come from different deliveries, or Docutray has changed its payloads: do \
             not process the delivery.",
        ),
        Error::InvalidConfig { .. } => Ok(()),
    }
}

const fn mismatch(body: BodySignature) -> &'static str {
    match body {
        BodySignature::Unknown => {
            " No configured secret and URL match it. Compare the URL with the one registered at Docutray, letter by letter \
             (scheme, host, path, slash at the end, query), and the secret with the current one; after regenerating it, \
             configure the new one and the old one. If both are right, request id, timestamp or event were changed on the way."
        }
        BodySignature::Fits => {
            " The URL differs: the body is signed with a configured secret, but no configured URL matches. Compare the URL with \
             the one registered at Docutray, letter by letter (scheme, host, path, slash at the end, query). If it is right, \
             request id, timestamp or event were changed on the way."
        }
        BodySignature::FitsNone => {
            " The secret differs: no configured secret signed the body either. Compare the secret with the current one at \
             Docutray; after regenerating it, configure the new one and the old one. If it is right, the delivery is not \
             Docutray's, or its body was changed on the way, too."
        }
    }
}

fn hinted(f: &mut Formatter<'_>, hints: SecretHints) -> Result {
    hints.iter().try_for_each(|hint| write!(f, " {hint}"))
}

fn milliseconds(f: &mut Formatter<'_>, now: u64) -> Result {
    if now < LOOKS_LIKE_MILLISECONDS {
        return Ok(());
    }
    f.write_str(" `now` looks like milliseconds: pass seconds.")
}

fn payload(f: &mut Formatter<'_>, fault: PayloadFault) -> Result {
    match fault {
        PayloadFault::NotUtf8 { offset } => write!(f, "is not UTF-8 from byte {offset} on."),
        PayloadFault::NotJson { line, column } => {
            write!(f, "is not JSON at line {line}, column {column}.")
        }
        PayloadFault::NotAnObject => f.write_str("has to be a JSON object, but is another value."),
        PayloadFault::TooDeep => f.write_str("is nested deeper than 128 levels."),
        PayloadFault::Missing => f.write_str("is missing, though this event requires it."),
        PayloadFault::Repeated => f.write_str("is there more than once."),
        PayloadFault::Type { expected } => {
            write!(f, "has to be {expected}, but is something else.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::ToString as _};

    #[test]
    fn a_finding_says_where_and_what() {
        let malformed = |path: Option<&str>, fault| Error::MalformedPayload {
            path: path.map(Into::into),
            fault,
        };
        let expected = "text";
        let (line, column) = (2, 3);
        for (error, expected) in [
            (
                malformed(None, PayloadFault::NotUtf8 { offset: 7 }),
                "the body is not UTF-8 from byte 7 on.",
            ),
            (
                malformed(None, PayloadFault::NotJson { line, column }),
                "the body is not JSON at line 2, column 3.",
            ),
            (
                malformed(None, PayloadFault::NotAnObject),
                "the body has to be a JSON object, but is another value.",
            ),
            (
                malformed(None, PayloadFault::TooDeep),
                "the body is nested deeper than 128 levels.",
            ),
            (
                malformed(Some("a"), PayloadFault::Missing),
                "a is missing, though this event requires it.",
            ),
            (
                malformed(Some("a"), PayloadFault::Repeated),
                "a is there more than once.",
            ),
            (
                malformed(Some("a[1].b"), PayloadFault::Type { expected }),
                "a[1].b has to be text, but is something else.",
            ),
            (
                Error::EventMismatch {
                    field: "status",
                    event: "STEP_STARTED",
                    expected: "PROCESSING",
                },
                "the headers say STEP_STARTED, for which the payload's status has to be PROCESSING.",
            ),
        ] {
            assert_eq!(error.finding().to_string(), expected);
            let message = format!("{}: {expected} ", error.code());
            assert!(error.to_string().starts_with(&message), "{error}");
        }
    }
}
