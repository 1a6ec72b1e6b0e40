//! The verifier of a request: always the same one, or one that a function of the user's finds.

use crate::{
    arrival::{self, NoEvent},
    error::{BoxError, Error},
    header_names::AUTH_SIGNATURE,
    limits::CALLS_FOR_SECRETS,
    verifier::Verifier,
};
use http::request::Parts;
use std::{
    boxed::Box,
    fmt,
    panic::{self, AssertUnwindSafe},
    pin::Pin,
    sync::Arc,
};
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout_at},
};
use tracing::Instrument as _;

pub(crate) type Finding =
    Pin<Box<dyn Future<Output = Result<Arc<Verifier>, BoxError>> + Send + 'static>>;

#[derive(Clone)]
pub(crate) enum Verifiers {
    One(Arc<Verifier>),
    PerRequest(Arc<PerRequest>),
}

pub(crate) struct PerRequest {
    find: Box<dyn Fn(&Parts) -> Finding + Send + Sync>,
    /// Has the wrong secret and URL. It checks headers as far as that needs neither.
    stranger: Arc<Verifier>,
    under_way: Semaphore,
}

impl fmt::Debug for Verifiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(verifier) => verifier.fmt(f),
            Self::PerRequest(_) => f.write_str("per request"),
        }
    }
}

impl Verifiers {
    pub(crate) fn per_request(
        find: impl Fn(&Parts) -> Finding + Send + Sync + 'static,
        stranger: Arc<Verifier>,
    ) -> Self {
        Self::PerRequest(Arc::new(PerRequest {
            find: Box::new(find),
            stranger,
            under_way: Semaphore::new(CALLS_FOR_SECRETS as usize),
        }))
    }

    /// Returns the verifier of a request, or why there is none.
    pub(crate) async fn of(
        &self,
        head: &Parts,
        deadline: Instant,
    ) -> Result<Arc<Verifier>, NoEvent> {
        match self {
            Self::One(verifier) => Ok(Arc::clone(verifier)),
            Self::PerRequest(per_request) => per_request.of(head, deadline).await,
        }
    }
}

impl PerRequest {
    async fn of(&self, head: &Parts, deadline: Instant) -> Result<Arc<Verifier>, NoEvent> {
        self.check_grammar(head)?;
        let Ok(_under_way) = self.under_way.try_acquire() else {
            return Err(NoEvent::NoVerifier(
                "too many calls for a verifier are under way".into(),
            ));
        };
        let called = panic::catch_unwind(AssertUnwindSafe(|| (self.find)(head)));
        let finding = called.map_err(|_| NoEvent::NoVerifier("its function panicked".into()))?;
        // A separate task, so that a panic ends only this one.
        let mut finding = tokio::spawn(finding.in_current_span());
        let Ok(found) = timeout_at(deadline, &mut finding).await else {
            finding.abort();
            return Err(NoEvent::NoVerifier(
                "its function gave no answer by the deadline".into(),
            ));
        };
        let found = found.unwrap_or_else(|panic| Err(panic.into()));
        found.map_err(|error| match error.downcast::<Error>() {
            Ok(error) => NoEvent::Refused(*error),
            Err(error) => NoEvent::NoVerifier(error),
        })
    }

    /// The function runs before anything is verified. A request that no verifier could accept does not reach it.
    fn check_grammar(&self, head: &Parts) -> Result<(), NoEvent> {
        match arrival::begin(&self.stranger, head) {
            Err(NoEvent::Refused(error)) => {
                // A body-only verifier does not demand the auth signature.
                let is_verdict = error.status() == 400 && error.field() != Some(AUTH_SIGNATURE);
                if is_verdict {
                    Err(error.into())
                } else {
                    Ok(())
                }
            }
            checked => checked.map(drop),
        }
    }
}
