//! The errors' words: what is wrong, what was expected, what to do.

use super::{Error, PayloadFault};
use crate::header_names::{AUTH_SIGNATURE, SIGNATURE, TIMESTAMP};
use core::fmt::{Display, Formatter, Result};

/// A Unix time in seconds is below this until the year 5138; one in milliseconds has been above since 1973.
const LOOKS_LIKE_MILLISECONDS: u64 = 100_000_000_000;

const SPACED_SECRET: &str = " A configured secret begins or ends with white space: it is used as it is, so remove \
     that unless it belongs to it.";

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}: ", self.code())?;
        match self {
            Self::MissingHeader { header } => write!(
                f,
                "{header} is missing. Docutray sends it with every delivery: pass all headers of the request, and see \
                 that no proxy drops it."
            ),
            Self::DuplicateHeader { header } => write!(
                f,
                "{header} came more than once, or holds a comma. Docutray sends it once: see what adds to the \
                 request's headers on the way."
            ),
            Self::MalformedHeader {
                header,
                expected,
                found,
            } => write!(
                f,
                "{header} has to be {expected}, but is something else, {found} bytes long. Pass the value as it was \
                 received."
            ),
            Self::AuthSignatureMismatch { spaced_secret } => {
                write!(
                    f,
                    "{AUTH_SIGNATURE} fits no configured secret and URL. Compare the URL with the one \
                     registered at Docutray, letter by letter (scheme, host, path, slash at the end, query), and the \
                     secret with the current one; after regenerating it, configure the new one and the old one. If \
                     both are right, request id, timestamp or event were changed on the way.",
                )?;
                spaced(f, *spaced_secret)
            }
            Self::TimestampTooOld {
                timestamp,
                now,
                tolerance,
            } => {
                write!(
                    f,
                    "{TIMESTAMP} is {} s old, the tolerance is {tolerance} s. It is a replay, or this host's \
                     clock is ahead; where genuine retries arrive with their first timestamp, raise the tolerance \
                     (the last comes 4,890 s after the first try).",
                    now.saturating_sub(*timestamp)
                )?;
                milliseconds(f, *now)
            }
            Self::TimestampTooNew {
                timestamp,
                now,
                tolerance,
            } => write!(
                f,
                "{TIMESTAMP} is {} s in the future, the tolerance is {tolerance} s. See that this host's \
                 clock is right and that `now` is Unix time in seconds.",
                timestamp.saturating_sub(*now)
            ),
            Self::BodyTooLarge { max_body } => write!(
                f,
                "the body is larger than {max_body} bytes, or than the memory left. Raise the limit on the body if \
                 your documents need it."
            ),
            Self::SignatureMismatch { spaced_secret } => {
                write!(
                    f,
                    "{SIGNATURE} is not the MAC of this body. Pass the raw bytes as they were received, not \
                     parsed and serialised again; see that no proxy changes bodies; with the metadata checked the \
                     secret is the right one, in body-only mode compare it with Docutray's.",
                )?;
                spaced(f, *spaced_secret)
            }
            Self::MalformedPayload { path, fault } => {
                write!(f, "{} ", path.as_deref().unwrap_or("the body"))?;
                payload(f, *fault)?;
                f.write_str(
                    " The signatures are right: keep the body, and see whether Docutray's documentation or a newer \
                     version of this library knows it.",
                )
            }
            Self::EventMismatch {
                field,
                event,
                expected,
            } => write!(
                f,
                "the headers say {event}, for which the payload's {field} has to be {expected}. Headers and body are \
                 authentic, yet of two deliveries, or Docutray changed its payloads: do not process it as either."
            ),
            Self::InvalidConfig { problem, .. } => f.write_str(problem),
        }
    }
}

fn spaced(f: &mut Formatter<'_>, spaced_secret: bool) -> Result {
    f.write_str(if spaced_secret { SPACED_SECRET } else { "" })
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
