//! An extractor for axum: the handler gets a verified event, and nobody else gets to the handler.
//!
//! It verifies, and no more: a repeated delivery comes to the handler as often as it is sent. What processes each event
//! once is the layer in `docutray_webhook::tower` (feature `tower`).
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

use crate::{
    answer::{Outcome, Refusal},
    event::{Event, Unfit},
    reception::{self, NoEvent},
    verifier::Verifier,
};
use alloc::sync::Arc;
use axum_core::{
    body::Body,
    extract::{FromRef, FromRequest, Request},
    response::{IntoResponse, Response},
};
use core::{error::Error, fmt};

/// Extracts a verified event. The verifier comes from the router's state: an `Arc<Verifier>`, or a state of which one is
/// a part ([`FromRef`]).
///
/// The headers are judged first, then the body is taken as it arrives, never more than the verifier's limit, which counts
/// in place of axum's `DefaultBodyLimit`.
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
        let (head, body) = request.into_parts();
        let check = reception::begin(&verifier, &head).map_err(NoEvent::Refused)?;
        Ok(Self(reception::read(check, &head.headers, body).await?))
    }
}

/// Why there is no event. As a response it is the problem that every receiver answers with: see
/// [`answer`](crate::answer). Its [`source`](Error::source) says why a body did not come whole, which no sender is told.
#[derive(Debug)]
pub struct WebhookRejection(NoEvent);

impl WebhookRejection {
    /// What the sender is told.
    #[must_use]
    pub fn outcome(&self) -> Outcome<'_> {
        match &self.0 {
            NoEvent::Refused(outcome) => outcome.clone(),
            NoEvent::Incomplete(_) => Outcome::IncompleteBody,
            NoEvent::Unfit(unfit) => Outcome::Refused(Refusal::from(&unfit.error)),
        }
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

impl From<NoEvent> for WebhookRejection {
    fn from(no_event: NoEvent) -> Self {
        Self(no_event)
    }
}

impl IntoResponse for WebhookRejection {
    fn into_response(self) -> Response {
        reception::response(&self.outcome()).map(Body::new)
    }
}

impl fmt::Display for WebhookRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.outcome().detail())
    }
}

impl Error for WebhookRejection {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            NoEvent::Incomplete(reason) => Some(&**reason),
            NoEvent::Refused(_) | NoEvent::Unfit(_) => None,
        }
    }
}
