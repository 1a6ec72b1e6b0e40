//! Logs refusals for the operator. Anybody can cause them, so the number of log lines does not depend on the number of
//! requests, and no line contains the sender's text.

use super::no_event::NoEvent;
use crate::{
    error::{BodySignature, Error},
    limits::tuning::LOG_PAUSE,
};
use std::{
    collections::BTreeMap,
    error,
    sync::{Mutex, PoisonError},
};
use tokio::time::Instant;

/// When a refusal of each code was last logged. There are at most as many entries as codes.
#[derive(Debug, Default)]
pub(crate) struct Refusals(Mutex<BTreeMap<&'static str, Told>>);

#[derive(Debug)]
struct Told {
    at: Instant,
    /// How many refusals came since then and were not logged.
    untold: u64,
}

impl Refusals {
    /// Logs a refusal to `tracing`. Of each code, it logs the first at once and then at most one a minute, with the number
    /// of those in between. An authentic delivery that does not fit is always logged, since only Docutray can cause it.
    pub(crate) fn tell(&self, no_event: &NoEvent) {
        let outcome = no_event.outcome();
        let (code, status) = (outcome.code().unwrap_or_default(), outcome.status());
        let reason: &dyn error::Error = no_event;
        if let NoEvent::Unfit(unfit) = no_event {
            let (event, request_id) = (unfit.delivery.event(), unfit.delivery.request_id());
            tracing::warn!(
                code,
                event,
                request_id,
                error = reason,
                "an authentic delivery does not fit"
            );
        } else if let Some(untold) = self.due(code, Instant::now(), is_explained(no_event)) {
            tracing::warn!(
                code,
                status,
                untold,
                error = reason,
                "a delivery was refused"
            );
        }
    }

    /// Returns how many refusals were not logged since the last one, if this one is to be logged.
    fn due(&self, code: &'static str, now: Instant, is_explained: bool) -> Option<u64> {
        let mut codes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told = codes.get_mut(code);
        let untold = match told {
            Some(told) if !is_explained && now.saturating_duration_since(told.at) < LOG_PAUSE => {
                told.untold = told.untold.saturating_add(1);
                return None;
            }
            Some(told) => told.untold,
            None => 0,
        };
        let at = now;
        codes.insert(code, Told { at, untold: 0 });
        Some(untold)
    }
}

/// Returns whether the line says more than others of its code, which must not keep it from the log. There is at most one a minute.
const fn is_explained(no_event: &NoEvent) -> bool {
    matches!(
        no_event.error(),
        Some(Error::AuthSignatureMismatch {
            body: BodySignature::Fits | BodySignature::FitsNone,
            ..
        })
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret_hints::SecretHints;
    use std::time::Duration;

    #[test]
    fn logs_one_refusal_a_minute_of_each_code_and_counts_the_others() {
        let (refusals, start) = (Refusals::default(), Instant::now());
        let due = |code, milliseconds| {
            refusals.due(code, start + Duration::from_millis(milliseconds), false)
        };
        assert_eq!(due("missing_header", 0), Some(0));
        assert_eq!(due("missing_header", 0), None);
        assert_eq!(due("signature_mismatch", 0), Some(0));
        assert_eq!(due("missing_header", 59_999), None);
        assert_eq!(due("missing_header", 60_000), Some(2));
        assert_eq!(due("missing_header", 60_001), None);
        assert_eq!(due("signature_mismatch", 3_600_000), Some(0));
        assert_eq!(due("missing_header", 120_000), Some(1));
    }

    #[test]
    fn an_explained_refusal_is_logged_and_counts_as_one_of_its_code() {
        let (refusals, start) = (Refusals::default(), Instant::now());
        let due = |is_explained| refusals.due("auth_signature_mismatch", start, is_explained);
        assert_eq!(due(false), Some(0));
        assert_eq!(due(false), None);
        assert_eq!(due(true), Some(1));
        assert_eq!(due(false), None);
    }

    #[test]
    fn only_a_mismatch_with_a_known_cause_is_explained() {
        let refused = |body| {
            let hints = SecretHints::default();
            is_explained(&NoEvent::Refused(Error::AuthSignatureMismatch {
                body,
                hints,
            }))
        };
        assert!(refused(BodySignature::Fits));
        assert!(refused(BodySignature::FitsNone));
        assert!(!refused(BodySignature::Unknown));
        assert!(!is_explained(&NoEvent::BodyTimeout));
    }

    #[test]
    fn a_refusal_whose_time_is_before_the_last_logged_one_is_counted() {
        let (refusals, start) = (Refusals::default(), Instant::now());
        let later = start + Duration::from_secs(1);
        assert_eq!(refusals.due("missing_header", later, false), Some(0));
        assert_eq!(refusals.due("missing_header", start, false), None);
        let next = later + LOG_PAUSE;
        assert_eq!(refusals.due("missing_header", next, false), Some(1));
    }
}
