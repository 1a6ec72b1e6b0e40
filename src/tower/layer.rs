use super::{log::DeliveryRecord, receiver::Receiver, service::WebhookService};
use crate::{
    arrival::BodyBudget,
    error::Error,
    event::Unfit,
    idempotency::{Memory, Store},
    limits::{DEFAULT_DEADLINE, DOCUTRAY_WAITS},
    verifier::Verifier,
};
use std::{boxed::Box, error, fmt, sync::Arc, time::Duration};
use tower_layer::Layer;

/// Puts the receiver before a service: see the [module](crate::tower).
///
/// ```
/// # use docutray_webhook::{Error, Unfit, Verifier, idempotency::Memory, tower::WebhookLayer};
/// # use std::time::Duration;
/// # async fn keep(_: Unfit) -> Result<(), std::io::Error> { Ok(()) }
/// # fn layer(verifier: Verifier) -> Result<WebhookLayer, Error> {
/// Ok(WebhookLayer::new(verifier)
///     .idempotency(Memory::new().with_lease(Duration::from_secs(300))?)
///     .deadline(Duration::from_secs(20))?
///     .body_budget(256 * 1024 * 1024)?
///     .on_unfit(keep)
///     .on_delivery(|record| println!("{record:?}")))
/// # }
/// ```
#[derive(Clone)]
pub struct WebhookLayer {
    receiver: Receiver,
}

impl WebhookLayer {
    /// With a [`Memory`] and a budget of its own, shared by all that this layer and its clones are put before, and a
    /// deadline of 25 s.
    #[must_use]
    pub fn new(verifier: impl Into<Arc<Verifier>>) -> Self {
        let verifier = verifier.into();
        let budget = Arc::new(BodyBudget::of(&verifier));
        Self {
            receiver: Receiver {
                verifier,
                store: Arc::new(Memory::new()),
                deadline: DEFAULT_DEADLINE,
                budget,
                refusals: Arc::default(),
                on_unfit: None,
                on_delivery: None,
            },
        }
    }

    /// Who remembers what was processed. A [`Memory`] knows this process alone: where several take deliveries, they need
    /// a store in common.
    #[must_use]
    pub fn idempotency(mut self, store: impl Store) -> Self {
        self.receiver.store = Arc::new(store);
        self
    }

    /// How long Docutray waits for an answer, from the request's arrival on: above 0 and below the 30 s after which
    /// Docutray gives up. A body that has not come whole by then is given up and answered 408. A service that has not ended
    /// by then goes on and its lease is renewed; Docutray is answered 503, and its retry gets 200 when it has ended well.
    ///
    /// # Errors
    /// [`Error::InvalidConfig`] for `deadline`.
    pub fn deadline(mut self, deadline: Duration) -> Result<Self, Error> {
        if deadline.is_zero() || deadline >= DOCUTRAY_WAITS {
            return Err(Error::invalid_config(
                "deadline",
                "the deadline has to be above 0 and below the 30 s after which Docutray takes no answer",
            ));
        }
        self.receiver.deadline = deadline;
        Ok(self)
    }

    /// How many bytes all bodies together may take that are arriving or being verified: at least the verifier's largest
    /// body, by default four times that. What has come counts, not what was announced. A delivery that finds no room is
    /// answered 503 with `Retry-After`, and what it held is given back at once.
    ///
    /// The budget is shared by the clones of this layer that are made after this call, and by the services behind them. It
    /// counts the bytes of the bodies; while a body grows, up to twice as much memory is taken.
    ///
    /// # Errors
    /// [`Error::InvalidConfig`] for `body_budget`.
    pub fn body_budget(mut self, bytes: u64) -> Result<Self, Error> {
        if bytes < self.receiver.verifier.max_body() {
            return Err(Error::invalid_config(
                "body_budget",
                "the budget for bodies under way has to be at least the verifier's largest body, or such a body could \
                 never come",
            ));
        }
        self.receiver.budget = Arc::new(BodyBudget::new(bytes));
        Ok(self)
    }

    /// Keeps a delivery whose signatures are right but whose payload does not fit (`malformed_payload`,
    /// `event_mismatch`), since Docutray may change its payloads. When it returns `Ok` the delivery is answered 200;
    /// without it, or when it fails or panics, 400. It may be called again for the same delivery.
    #[must_use]
    pub fn on_unfit<F, E>(mut self, keep: impl Fn(Unfit) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<Box<dyn error::Error + Send + Sync>>,
    {
        self.receiver.on_unfit = Some(Arc::new(move |unfit| {
            let kept = keep(unfit);
            Box::pin(async move { kept.await.map_err(Into::into) })
        }));
        self
    }

    /// Called with one record for each request, before it is answered: for a log. It must not block. A panic in it
    /// changes no answer.
    #[must_use]
    pub fn on_delivery(mut self, write: impl Fn(DeliveryRecord) + Send + Sync + 'static) -> Self {
        self.receiver.on_delivery = Some(Arc::new(write));
        self
    }
}

impl<S> Layer<S> for WebhookLayer {
    type Service = WebhookService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        WebhookService::new(inner, self.receiver.clone())
    }
}

impl fmt::Debug for WebhookLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WebhookLayer").field(&self.receiver).finish()
    }
}
