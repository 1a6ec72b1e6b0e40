//! The verifier of a request: always the same one, or one that a function of the user's finds.

use crate::{
    arrival::{self, NoEvent},
    error::{BoxError, Error},
    limits::tuning::CALLS_FOR_SECRETS,
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
    task::JoinSet,
    time::{Instant, timeout_at},
};
use tracing::Instrument as _;

/// The status of an error in the headers' grammar.
const BAD_REQUEST: u16 = 400;

pub(crate) type Finding =
    Pin<Box<dyn Future<Output = Result<Arc<Verifier>, BoxError>> + Send + 'static>>;

#[derive(Clone)]
pub(crate) enum Verifiers {
    One(Arc<Verifier>),
    PerRequest(Arc<PerRequest>),
}

pub(crate) struct PerRequest {
    find: Box<dyn Fn(&Parts) -> Finding + Send + Sync>,
    /// With a URL, and without one. They check headers as far as that needs neither the secret nor the URL.
    strangers: [Verifier; 2],
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
        strangers: [Verifier; 2],
    ) -> Self {
        Self::PerRequest(Arc::new(PerRequest {
            find: Box::new(find),
            strangers,
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
        // A separate task, so that a panic ends only this one. The set cancels it with the request.
        let mut task = JoinSet::new();
        task.spawn(finding.in_current_span());
        let Ok(Some(found)) = timeout_at(deadline, task.join_next()).await else {
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
        let [with_url, body_only] = &self.strangers;
        if verdict(body_only, head).is_none() {
            return Ok(());
        }
        verdict(with_url, head).map_or(Ok(()), Err)
    }
}

/// Returns why every verifier refuses these headers that has a URL, or that has none, as this one.
fn verdict(stranger: &Verifier, head: &Parts) -> Option<NoEvent> {
    match arrival::begin(stranger, head) {
        // The stranger has another secret, and maybe another tolerance.
        Err(NoEvent::Refused(error)) if error.status() != BAD_REQUEST => None,
        checked => checked.err(),
    }
}
