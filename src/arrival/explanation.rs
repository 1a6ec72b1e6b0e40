//! Explains for the operator's log why a delivery's metadata is not authentic: if its body is signed with a configured secret, the
//! URL differs, and otherwise the secret.
//!
//! Anybody may have sent that body, and it would otherwise be left unread. So at most one a minute is read, up to 64 KiB and for at
//! most a second.

use super::{body_budget::Share, head};
use crate::{
    error::{BoxError, Error},
    limits::tuning::{EXPLANATION_WAIT, LARGEST_EXPLAINED, LOG_PAUSE},
    unix_time::UnixTime,
    verifier::Verifier,
};
use http::request::Parts;
use http_body::Body;
use http_body_util::{BodyExt as _, Limited};
use std::sync::{Mutex, PoisonError};
use tokio::time::{Instant, timeout_at};

/// When a body was last read for an explanation.
#[derive(Debug, Default)]
pub(crate) struct Explanations(Mutex<Option<Instant>>);

impl Explanations {
    /// Returns the same error, with what the body tells if that may be found out now.
    pub(crate) async fn of(
        &self,
        error: Error,
        verifier: &Verifier,
        mut share: Share,
        parts: &Parts,
        body: impl Body<Error: Into<BoxError>>,
        deadline: Instant,
    ) -> Error {
        let most = u64::from(LARGEST_EXPLAINED).min(verifier.max_body());
        let is_explained = matches!(error, Error::AuthSignatureMismatch { .. })
            && head::announced_length(parts) <= most
            && share.take(most).is_ok()
            && self.is_due(Instant::now());
        if !is_explained {
            return error;
        }
        let end = deadline.min(Instant::now() + EXPLANATION_WAIT);
        let limit = usize::try_from(most).unwrap_or(usize::MAX);
        let reading = std::pin::pin!(Limited::new(body, limit).collect());
        let Ok(Ok(body)) = timeout_at(end, reading).await else {
            return error;
        };
        match verifier.check(&parts.headers, &body.to_bytes(), UnixTime::now()) {
            Err(explained @ Error::AuthSignatureMismatch { .. }) => explained,
            _ => error,
        }
    }

    fn is_due(&self, now: Instant) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = last.is_none_or(|last| now.saturating_duration_since(last) >= LOG_PAUSE);
        if is_due {
            *last = Some(now);
        }
        is_due
    }
}
