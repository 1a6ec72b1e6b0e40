//! An extractor for axum: the handler gets a verified event, and nobody else gets to the handler.
//!
//! It verifies, and no more: a repeated delivery comes to the handler as often as it is sent. What processes each event
//! once is the layer in `docutray_webhook::tower` (feature `tower`).
//!
//! It needs a runtime of tokio with its timer.
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

/// Extracts a verified event. The verifier comes from the router's state: an `Arc<Verifier>`, or a state of which one is
/// a part ([`FromRef`]).
///
/// The headers are judged first, then the body is taken as it arrives, never more than the verifier's limit, which counts
/// in place of axum's `DefaultBodyLimit`. A body that has not come whole after 25 s is given up and answered 408, since
/// Docutray waits 30 s for an answer; for a shorter time put a layer with a timeout before the handler. The bodies under
/// way to one verifier take four times its limit together at most; a delivery that finds no room is answered 503.
///
/// Refusals are told to `tracing` as warnings: of each code and verifier the first at once, then one a minute at most, with
/// how many came since. A delivery that is authentic and whose payload does not fit is always told.
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
        let share = Share::of(Arc::clone(&shared.budget));
        let extracted = extract(&verifier, share, request).await;
        extracted.map(Self).map_err(|no_event| {
            shared.refusals.tell(&no_event);
            WebhookRejection(no_event)
        })
    }
}

async fn extract(verifier: &Verifier, share: Share, request: Request) -> Result<Event, NoEvent> {
    let deadline = Instant::now() + DEFAULT_DEADLINE;
    let (head, body) = request.into_parts();
    let check = arrival::begin(verifier, &head)?;
    arrival::read(check, share, &head, body, deadline).await
}

/// Why there is no event. As a response it is the problem that every receiver answers with: see
/// [`answer`](crate::answer).
///
/// As an error it is the operator's, and not for the sender: [`Display`](fmt::Display) says what to do, which may depend on
/// the configuration, and [`source`](error::Error::source) why a body did not come whole.
#[derive(Debug)]
pub struct WebhookRejection(NoEvent);

impl WebhookRejection {
    /// What the sender is told.
    #[must_use]
    pub fn outcome(&self) -> Outcome<'static> {
        self.0.outcome()
    }

    /// What the verifier found wrong with the delivery, if it did.
    #[must_use]
    pub const fn error(&self) -> Option<&Error> {
        self.0.error()
    }

    /// The delivery, where it is authentic and its payload alone does not fit: a handler that takes a
    /// `Result<Webhook, WebhookRejection>` can keep it and answer 200, so that nothing is lost when Docutray changes
    /// what it sends.
    ///
    /// # Errors
    /// The rejection, where it is any other.
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
