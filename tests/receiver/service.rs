//! The services that the tests wrap in the layer.

use crate::delivery::verifier;
use ::http::{Request, Response};
use bytes::Bytes;
use docutray_webhook::{
    Event,
    tower::{Lease, WebhookLayer},
};
use http_body_util::Full;
use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tower::{Service, service_fn};

/// A request as the layer passes it on.
pub(crate) type Verified = Request<Full<Bytes>>;
pub(crate) type Passed = Response<Full<Bytes>>;

/// The layer with its defaults.
pub(crate) fn layer() -> WebhookLayer {
    WebhookLayer::new(verifier())
}

/// Returns a service that does some work and then accepts.
pub(crate) fn doing<W>(
    work: impl Fn(Lease) -> W + Clone + Send + Sync + 'static,
) -> impl Service<Verified, Response = Passed, Error = Infallible, Future: Send>
+ Clone
+ Send
+ Sync
+ 'static
where
    W: Future<Output = ()> + Send,
{
    service_fn(move |request: Verified| {
        let done = work(lease(&request));
        async move {
            done.await;
            Ok(accepted())
        }
    })
}

/// A counter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Count(Arc<AtomicUsize>);

impl Count {
    pub(crate) fn add(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst)
    }

    pub(crate) fn get(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    /// Returns a service that counts its calls.
    pub(crate) fn service(
        &self,
    ) -> impl Service<Verified, Response = Passed, Error = Infallible, Future: Send>
    + Clone
    + Send
    + Sync
    + 'static {
        let count = self.clone();
        doing(move |_| {
            count.add();
            async {}
        })
    }
}

pub(crate) fn event(request: &Verified) -> Arc<Event> {
    Arc::clone(request.extensions().get().unwrap())
}

pub(crate) fn lease(request: &Verified) -> Lease {
    request.extensions().get::<Lease>().unwrap().clone()
}

/// Returns a 202, which no answer of the table has.
pub(crate) fn accepted() -> Passed {
    let response = Response::builder().status(202).header("x-own", "1");
    response.body(Full::from("accepted")).unwrap()
}
