use super::{body::ResponseBody, log, receiver::Receiver};
use bytes::Bytes;
use core::convert::Infallible;
use http::{Request, Response};
use http_body::Body;
use http_body_util::Full;
use std::{
    boxed::Box,
    error::Error,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tower_service::Service;
use tracing::Instrument as _;

/// A service that [`WebhookLayer`](super::WebhookLayer) has wrapped.
///
/// It is always ready and never fails: every failure has its answer.
#[derive(Clone, Debug)]
pub struct WebhookService<S> {
    inner: S,
    receiver: Arc<Receiver>,
}

impl<S> WebhookService<S> {
    pub(crate) fn new(inner: S, receiver: Receiver) -> Self {
        Self {
            inner,
            receiver: Arc::new(receiver),
        }
    }
}

impl<S, RequestBody, B> Service<Request<RequestBody>> for WebhookService<S>
where
    S: Service<Request<Full<Bytes>>, Response = Response<B>> + Clone + Send + 'static,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    S::Future: Send,
    RequestBody: Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static,
    B: Send + 'static,
{
    type Response = Response<ResponseBody<B>>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        // This clone has not been polled for readiness. It is polled before it is called.
        let inner = self.inner.clone();
        let receiver = Arc::clone(&self.receiver);
        let span = log::span(&request);
        let receiving = async move { Ok(receiver.receive(inner, request).await.into_response()) };
        Box::pin(receiving.instrument(span))
    }
}
