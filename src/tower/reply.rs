use super::body::ResponseBody;
use crate::{answer::Outcome, arrival};
use http::Response;
use std::time::Duration;

/// The reply to the sender.
pub(crate) struct Reply<B> {
    outcome: Outcome<'static>,
    /// The service's own response, if it returned one.
    response: Option<Response<B>>,
}

impl<B> Reply<B> {
    /// Passes on the service's response, with the outcome that it means for the event.
    pub(crate) const fn passed(outcome: Outcome<'static>, response: Response<B>) -> Self {
        Self {
            outcome,
            response: Some(response),
        }
    }

    pub(crate) const fn outcome(&self) -> &Outcome<'static> {
        &self.outcome
    }

    pub(crate) fn status(&self) -> u16 {
        let passed = self.response.as_ref();
        passed.map_or(self.outcome.status(), |response| response.status().as_u16())
    }

    pub(crate) fn into_response(self) -> Response<ResponseBody<B>> {
        match self.response {
            Some(response) => response.map(ResponseBody::of_service),
            None => arrival::response(&self.outcome).map(ResponseBody::of_table),
        }
    }
}

impl<B> From<Outcome<'static>> for Reply<B> {
    fn from(outcome: Outcome<'static>) -> Self {
        Self {
            outcome,
            response: None,
        }
    }
}

/// Returns a `Retry-After` as [`Outcome`] needs it: whole seconds, rounded up.
pub(crate) fn retry_after(left: Duration) -> u64 {
    let rest = u64::from(left.subsec_nanos() > 0);
    left.as_secs().saturating_add(rest)
}
