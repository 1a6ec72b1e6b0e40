//! An extractor for axum. A handler that takes it is called only with verified events.
//!
//! It only verifies: a repeated delivery reaches the handler each time that it is sent. To process each event once, use the
//! layer in `docutray_webhook::tower` (feature `tower`).
//!
//! It needs a tokio runtime with its timer enabled.
//!
//! ```
//! use axum::{Router, routing::post};
//! use docutray_webhook::{Verifier, axum::Webhook};
//! use std::sync::Arc;
//!
//! async fn process(Webhook(event): Webhook) -> String {
//!     event.key().to_owned()
//! }
//!
//! let verifier = Verifier::builder().secret("whsec_...").url("https://example.com/hooks").build()?;
//! let app: Router = Router::new().route("/hooks", post(process)).with_state(Arc::new(verifier));
//! # Ok::<(), docutray_webhook::Error>(())
//! ```

mod per_verifier;

use self::per_verifier::Shared;
use crate::{
    answer::Outcome,
    arrival::{self, NoEvent, Share},
    error::Error,
    event::{Event, Unfit},
    limits::DEFAULT_DEADLINE,
    verifier::Verifier,
};
use axum_core::{
    body::Body,
    extract::{FromRef, FromRequest, Request},
    response::{IntoResponse, Response},
};
use core::{error, fmt};
use std::sync::Arc;
use tokio::time::Instant;

/// Extracts a verified event. The verifier comes from the router's state, which is an `Arc<Verifier>` or contains one
/// ([`FromRef`]).
///
/// The extractor checks the headers first and then reads the body as it arrives, up to the verifier's limit, which replaces
/// axum's `DefaultBodyLimit`. A body that is incomplete after 25 s is answered 408, since Docutray waits 30 s for an
/// answer. For a shorter time, put a timeout layer before the handler. All arriving bodies of one verifier together may take
/// four times its limit. A delivery that exceeds this budget is answered 503.
///
/// Refusals are logged to `tracing` as warnings. Of each code and verifier, the first is logged at once and then at most one
/// a minute, with the number of those in between. An authentic delivery whose payload does not fit is always logged.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook(pub Event);

impl<S> FromRequest<S> for Webhook
where
    Arc<Verifier>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = WebhookRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let verifier = Arc::from_ref(state);
        let shared = per_verifier::shared(&verifier);
        let extracted = extract(&verifier, &shared, request).await;
        extracted.map(Self).map_err(|no_event| {
            shared.refusals.tell(&no_event);
            WebhookRejection(no_event)
        })
    }
}

async fn extract(verifier: &Verifier, shared: &Shared, request: Request) -> Result<Event, NoEvent> {
    let deadline = Instant::now() + DEFAULT_DEADLINE;
    let (head, body) = request.into_parts();
    let share = Share::of(Arc::clone(&shared.budget));
    match arrival::begin(verifier, &head) {
        Ok(check) => arrival::read(check, share, &head, body, deadline).await,
        Err(NoEvent::Refused(error)) => {
            let explained = shared
                .explanations
                .of(error, verifier, share, &head, body, deadline);
            Err(explained.await.into())
        }
        Err(no_event) => Err(no_event),
    }
}

/// Why there is no event. As a response, it is the answer of the table in [`answer`](crate::answer).
///
/// As an error, it is for the operator and not for the sender: [`Display`](fmt::Display) says what to do, which may depend
/// on the configuration. [`source`](error::Error::source) says why a body is incomplete.
#[derive(Debug)]
pub struct WebhookRejection(NoEvent);

impl WebhookRejection {
    /// Returns the outcome that the sender is answered with.
    #[must_use]
    pub fn outcome(&self) -> Outcome<'static> {
        self.0.outcome()
    }

    /// Returns the verifier's error, if the verifier refused the delivery.
    #[must_use]
    pub const fn error(&self) -> Option<&Error> {
        self.0.error()
    }

    /// Returns the delivery if it is authentic and only its payload does not fit. A handler that takes a
    /// `Result<Webhook, WebhookRejection>` can keep it and answer 200, so that nothing is lost when Docutray changes its
    /// payloads.
    ///
    /// # Errors
    /// Returns any other rejection unchanged.
    pub fn into_unfit(self) -> Result<Unfit, Self> {
        match self.0 {
            NoEvent::Unfit(unfit) => Ok(*unfit),
            other => Err(Self(other)),
        }
    }
}

impl IntoResponse for WebhookRejection {
    fn into_response(self) -> Response {
        arrival::response(&self.outcome()).map(Body::new)
    }
}

impl fmt::Display for WebhookRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl error::Error for WebhookRejection {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.0.source()
    }
}
