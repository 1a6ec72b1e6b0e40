//! What came of an attempt.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::wire::{Bytes, Fields};

/// The most bytes that are kept of an answer's body.
pub const BODY_KEPT: usize = 8 * 1024;
/// The most bytes that are kept of an answer's header fields, names and values.
pub const FIELDS_KEPT: usize = 4 * 1024;
/// The most bytes that are kept of a failure's message.
const MESSAGE_KEPT: usize = 512;

/// What came of an attempt: an answer, or none.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Answered {
    /// The endpoint answered.
    Answer {
        /// The HTTP status. 200 to 299 is success, and nothing else.
        status: u16,
        /// As they came.
        #[serde(default)]
        headers: Fields,
        /// At most [`BODY_KEPT`] bytes are kept.
        #[serde(default)]
        body: Bytes,
        /// Whether the endpoint sent more than `body`.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        body_truncated: bool,
        /// How long it took.
        #[serde(default)]
        milliseconds: u64,
    },
    /// There was no answer.
    None {
        /// What happened instead.
        failure: Failure,
        /// For people.
        message: String,
        /// How long it took.
        #[serde(default)]
        milliseconds: u64,
    },
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Failure {
    /// No connection.
    Refused,
    /// The connection broke before an answer.
    Reset,
    /// No answer within [`ANSWER_WITHIN`](super::ANSWER_WITHIN) seconds.
    Timeout,
    /// The name of the host is not known.
    Dns,
    /// The certificate or the protocol of the connection.
    Tls,
    /// A target that the emulator does not send to.
    NotAllowed,
}

impl Answered {
    /// An answer without a body.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::Answer {
            status,
            headers: Fields::new(),
            body: Bytes::default(),
            body_truncated: false,
            milliseconds: 0,
        }
    }

    pub(super) fn failed(failure: Failure, milliseconds: u64) -> Self {
        let message = match failure {
            Failure::Timeout => "no answer within 30 seconds",
            Failure::Reset => "the connection broke before an answer",
            _ => "no answer",
        };
        Self::None {
            failure,
            message: message.into(),
            milliseconds,
        }
    }

    /// Whether Docutray takes the delivery as delivered.
    #[must_use]
    pub const fn is_success(&self) -> bool {
        matches!(
            self,
            Self::Answer {
                status: 200..=299,
                ..
            }
        )
    }

    /// The same without headers and body.
    pub(super) fn summary(&self) -> Self {
        match self {
            Self::Answer {
                status,
                milliseconds,
                ..
            } => Self::Answer {
                status: *status,
                headers: Fields::new(),
                body: Bytes::default(),
                body_truncated: false,
                milliseconds: *milliseconds,
            },
            none @ Self::None { .. } => none.clone(),
        }
    }

    /// Cuts it down to what is kept of an answer.
    pub(super) fn cut(mut self) -> Self {
        match &mut self {
            Self::Answer {
                headers,
                body,
                body_truncated,
                ..
            } => {
                *body_truncated |= body.0.len() > BODY_KEPT;
                body.0.truncate(whole_characters(&body.0));
                body.0.shrink_to_fit();
                let mut room = FIELDS_KEPT;
                headers.retain(|(name, value)| {
                    let fits = room.checked_sub(name.len() + value.len() + FIELD_OVERHEAD);
                    room = fits.unwrap_or(0);
                    fits.is_some()
                });
                headers.shrink_to_fit();
            }
            Self::None { message, .. } => {
                message.truncate(message.floor_char_boundary(MESSAGE_KEPT));
                message.shrink_to_fit();
            }
        }
        self
    }
}

/// Returns where a body is cut. A character is kept whole or not at all, so that a text stays a text. It has 4 bytes at most.
fn whole_characters(body: &[u8]) -> usize {
    let is_inside = |at: usize| body.get(at).is_some_and(|byte| byte & 0xc0 == 0x80);
    let mut ends = (BODY_KEPT - 3..=BODY_KEPT).rev();
    ends.find(|end| !is_inside(*end)).unwrap_or(BODY_KEPT)
}

/// What a field takes beside its texts, so that a great many empty fields are not free.
const FIELD_OVERHEAD: usize = 48;

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{string::ToString as _, vec, vec::Vec};

    #[test]
    fn an_answer_is_read_as_the_programs_write_it() {
        let read = |json| serde_json::from_str::<Answered>(json);
        let answer =
            read(r#"{"status":204,"headers":[],"body":{"text":""},"milliseconds":3}"#).unwrap();
        assert!(answer.is_success());
        let none = read(r#"{"failure":"notAllowed","message":"no","milliseconds":0}"#).unwrap();
        assert!(!none.is_success());
        assert!(read(r#"{"status":70000}"#).is_err() && read("{}").is_err());
    }

    #[test]
    fn only_2xx_is_success() {
        for (status, success) in [
            (199, false),
            (200, true),
            (299, true),
            (300, false),
            (500, false),
        ] {
            assert_eq!(Answered::status(status).is_success(), success, "{status}");
        }
    }

    #[test]
    fn no_more_is_kept_than_is_said() {
        let answer = Answered::Answer {
            status: 500,
            headers: vec![("a".into(), "b".repeat(60)); 1000],
            body: Bytes(vec![b'x'; BODY_KEPT + 1]),
            body_truncated: false,
            milliseconds: 0,
        };
        let Answered::Answer {
            headers,
            body,
            body_truncated,
            ..
        } = answer.cut()
        else {
            panic!("an answer");
        };
        assert_eq!((body.0.len(), body_truncated), (BODY_KEPT, true));
        assert!(headers.len() < FIELDS_KEPT / 61, "{}", headers.len());
        let none = Answered::None {
            failure: Failure::Dns,
            message: "ä".repeat(1000),
            milliseconds: 0,
        };
        let Answered::None { message, .. } = none.cut() else {
            panic!("none");
        };
        assert_eq!(message.to_string().len(), MESSAGE_KEPT);
    }

    #[test]
    fn a_character_is_kept_whole_or_not_at_all() {
        let kept = |bytes: Vec<u8>| {
            let answer = Answered::Answer {
                status: 500,
                headers: Fields::new(),
                body: Bytes(bytes),
                body_truncated: false,
                milliseconds: 0,
            };
            let Answered::Answer { body, .. } = answer.cut() else {
                panic!("an answer");
            };
            body.0
        };
        for character in ["x", "é", "€", "🧾"] {
            let text = character.repeat(BODY_KEPT);
            for before in ["", ".", "..", "..."] {
                let body = kept([before, &text].concat().into_bytes());
                let rest = core::str::from_utf8(&body).unwrap().strip_prefix(before);
                assert!(rest.unwrap().chars().all(|one| character.contains(one)));
                assert!(body.len() > BODY_KEPT - character.len());
            }
        }
        // What is no text is cut where the limit is.
        assert_eq!(kept(vec![0x80; BODY_KEPT + 9]).len(), BODY_KEPT);
        assert_eq!(kept("é".repeat(3).into_bytes()).len(), 6);
    }
}
