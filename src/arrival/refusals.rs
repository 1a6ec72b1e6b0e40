//! Refusals, told to the operator: anybody can send what is refused, so how much is told does not depend on how much is
//! sent, and nothing of it is in the sender's words.

use super::no_event::NoEvent;
use crate::limits::LOG_PAUSE;
use std::{
    collections::BTreeMap,
    error,
    sync::{Mutex, PoisonError},
};
use tokio::time::Instant;

/// When a refusal of each code was last told. There are as many entries as codes at most.
#[derive(Debug, Default)]
pub(crate) struct Refusals(Mutex<BTreeMap<&'static str, Told>>);

#[derive(Debug)]
struct Told {
    at: Instant,
    /// How many came since and were not told.
    untold: u64,
}

impl Refusals {
    /// Tells `tracing` of a refusal: of each code the first at once, then one a minute at most, with how many came since
    /// the last. A delivery that is authentic and does not fit is always told, since Docutray sent it.
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
        } else if let Some(untold) = self.due(code, Instant::now()) {
            tracing::warn!(
                code,
                status,
                untold,
                error = reason,
                "a delivery was refused"
            );
        }
    }

    /// How many were not told since the last that was, if this one is to be told.
    fn due(&self, code: &'static str, now: Instant) -> Option<u64> {
        let mut codes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told = codes.get_mut(code);
        let untold = match told {
            Some(told) if now.saturating_duration_since(told.at) < LOG_PAUSE => {
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn of_each_code_one_a_minute_is_told_with_how_many_were_not() {
        let (refusals, start) = (Refusals::default(), Instant::now());
        let due =
            |code, milliseconds| refusals.due(code, start + Duration::from_millis(milliseconds));
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
    fn who_read_the_clock_before_another_was_told_is_counted() {
        let (refusals, start) = (Refusals::default(), Instant::now());
        let later = start + Duration::from_secs(1);
        assert_eq!(refusals.due("missing_header", later), Some(0));
        assert_eq!(refusals.due("missing_header", start), None);
        let next = later + LOG_PAUSE;
        assert_eq!(refusals.due("missing_header", next), Some(1));
    }
}
