use super::{
    log::DeliveryRecord,
    receiver::Receiver,
    service::WebhookService,
    verifiers::{Finding, Verifiers},
};
use crate::{
    arrival::{self, BodyBudget},
    error::Error,
    event::Unfit,
    idempotency::{Memory, Store},
    limits::{DEFAULT_DEADLINE, DOCUTRAY_WAITS},
    verifier::Verifier,
};
use http::request::Parts;
use std::{boxed::Box, error, fmt, sync::Arc, time::Duration};
use tower_layer::Layer;

/// Wraps a service in the receiver: see the [module](crate::tower).
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
    /// Creates a layer with a deadline of 25 s, a [`Memory`] store and a default body budget. The layer's clones and all
    /// services that they wrap share the store and the budget.
    ///
    /// Logs to `tracing`, as warnings, what looks like a mistake in the verifier's secrets: see [`Verifier::secret_hints`].
    #[must_use]
    pub fn new(verifier: impl Into<Arc<Verifier>>) -> Self {
        let verifier = verifier.into();
        arrival::log_hints(&verifier);
        let budget = BodyBudget::of(&verifier);
        Self::with(Verifiers::One(verifier), budget)
    }

    /// Creates a layer that asks a function for the verifier of each request: after a rotation of the secret without a restart,
    /// for a secrets manager, for many tenants. Otherwise it is as a [`new`](Self::new) one, with a body budget of 64 MiB.
    ///
    /// The function is called for each request whose headers are well-formed, **before anything is verified, so anybody can cause
    /// a call**. Keep verifiers and use them again, since building one hashes its secrets. Up to 100 calls may be under way. A call is
    /// cancelled at the deadline, and when the sender disconnects.
    ///
    /// If the function fails, panics, or gives no answer by the [deadline](Self::deadline), the delivery is answered 503 and
    /// Docutray retries. The failure is logged, so it must not contain text of the request. If it fails with an [`Error`] of this
    /// crate, such as [`Error::InvalidConfig`], the delivery is answered with that.
    ///
    /// ```
    /// # use docutray_webhook::{Verifier, tower::WebhookLayer};
    /// # use std::{collections::HashMap, sync::Arc};
    /// # fn layer(tenants: Arc<HashMap<String, Arc<Verifier>>>) -> WebhookLayer {
    /// WebhookLayer::per_request(move |request| {
    ///     let verifier = tenants.get(request.uri.path()).cloned();
    ///     async move { verifier.ok_or("no such tenant") }
    /// })
    /// # }
    /// ```
    #[must_use]
    pub fn per_request<F, E>(find: impl Fn(&Parts) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Arc<Verifier>, E>> + Send + 'static,
        E: Into<Box<dyn error::Error + Send + Sync>>,
    {
        let strangers = Verifier::strangers();
        let budget = BodyBudget::of(&strangers[0]);
        let find = move |head: &Parts| -> Finding {
            let found = find(head);
            Box::pin(async move { found.await.map_err(Into::into) })
        };
        Self::with(Verifiers::per_request(find, strangers), budget)
    }

    fn with(verifiers: Verifiers, budget: BodyBudget) -> Self {
        Self {
            receiver: Receiver {
                verifiers,
                store: Arc::new(Memory::new()),
                deadline: DEFAULT_DEADLINE,
                budget: Arc::new(budget),
                refusals: Arc::default(),
                explanations: Arc::default(),
                on_unfit: None,
                on_delivery: None,
            },
        }
    }

    /// Sets the store that remembers which events were processed. A [`Memory`] works only within this process. If several
    /// processes receive deliveries, they need a shared store.
    #[must_use]
    pub fn idempotency(mut self, store: impl Store) -> Self {
        self.receiver.store = Arc::new(store);
        self
    }

    /// Sets the time from the request's arrival within which the layer answers: more than 0, and below the 30 s for which
    /// Docutray waits. A body that is incomplete by then is answered 408. A service that is not finished by then continues
    /// and its lease is renewed. Docutray is answered 503, and a retry is answered 200 once the service has succeeded.
    ///
    /// # Errors
    /// Fails with [`Error::InvalidConfig`] for `deadline`.
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

    /// Sets how many bytes all bodies together may take while they arrive or are verified: at least the verifier's largest
    /// body, by default four times that. Received bytes count, announced ones do not. A delivery that exceeds the budget
    /// is answered 503 with `Retry-After`, and its bytes are given back at once.
    ///
    /// The clones of this layer that are made after this call share the budget, and so do the services that they wrap. The
    /// budget counts the bodies' bytes. While a body grows, it may take up to twice as much memory.
    ///
    /// # Errors
    /// Fails with [`Error::InvalidConfig`] for `body_budget`.
    pub fn body_budget(mut self, bytes: u64) -> Result<Self, Error> {
        let least = match &self.receiver.verifiers {
            Verifiers::One(verifier) => verifier.max_body(),
            Verifiers::PerRequest(_) => 0,
        };
        if bytes < least {
            return Err(Error::invalid_config(
                "body_budget",
                "the budget for bodies under way has to be at least the verifier's largest body, or such a body could \
                 never come",
            ));
        }
        self.receiver.budget = Arc::new(BodyBudget::new(bytes));
        Ok(self)
    }

    /// Sets a function that keeps a delivery whose signatures are right but whose payload does not fit
    /// (`malformed_payload`, `event_mismatch`), since Docutray may change its payloads. If it returns `Ok`, the delivery is
    /// answered 200. If it fails or panics, or none is set, the delivery is answered 400. It may be called again for the
    /// same delivery.
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

    /// Sets a function that is called with one record for each request, before the request is answered. Use it for a log.
    /// It must not block. If it panics, the answer stays the same.
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
