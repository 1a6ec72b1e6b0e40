//! Has the service process a claimed event.

use super::{
    claims::Claimed,
    lease::{self, Lease},
    reply::{Reply, retry_after},
};
use crate::{answer::Outcome, error::BoxError, event::Event};
use bytes::Bytes;
use core::{
    future::poll_fn,
    sync::atomic::{AtomicBool, Ordering},
};
use http::{Request, Response, request::Parts};
use http_body_util::Full;
use std::sync::Arc;
use tower_service::Service;
use tracing::Instrument as _;

/// A service that the layer can wrap.
pub(crate) trait Inner<B>:
    Service<Request<Full<Bytes>>, Response = Response<B>, Error: Into<BoxError>, Future: Send>
    + Send
    + 'static
{
}

impl<S, B> Inner<B> for S where
    S: Service<Request<Full<Bytes>>, Response = Response<B>, Error: Into<BoxError>, Future: Send>
        + Send
        + 'static
{
}

/// The event's bytes, for use as a body without a copy.
struct Raw(Arc<Event>);

impl AsRef<[u8]> for Raw {
    fn as_ref(&self) -> &[u8] {
        self.0.raw().as_bytes()
    }
}

/// Calls the service under a lease. Sets `is_handled` as soon as the service has succeeded, and only then completes the
/// event.
pub(crate) async fn process<B: Send + 'static>(
    service: impl Inner<B>,
    head: Parts,
    event: Event,
    claimed: Claimed,
    is_handled: &Arc<AtomicBool>,
) -> Reply<B> {
    let (lease, renewal) = lease::start(&claimed, is_handled);
    let call = call(service, request(head, event, lease)).in_current_span();
    // A separate task, so that a panic ends only this one.
    match tokio::spawn(call)
        .await
        .unwrap_or_else(|panic| Err(panic.into()))
    {
        Ok(response) if response.status().is_success() => {
            is_handled.store(true, Ordering::Relaxed);
            if claimed.complete().await {
                Reply::passed(Outcome::Processed, response)
            } else {
                let retry_after = retry_after(claimed.store.lease());
                Outcome::LeaseLost { retry_after }.into()
            }
        }
        Ok(response) => {
            drop(renewal);
            claimed.release().await;
            Reply::passed(Outcome::HandlerFailed, response)
        }
        Err(error) => {
            tracing::error!(error = &*error, key = &*claimed.key, "the service failed");
            drop(renewal);
            claimed.release().await;
            Outcome::HandlerFailed.into()
        }
    }
}

fn request(mut head: Parts, event: Event, lease: Lease) -> Request<Full<Bytes>> {
    let event = Arc::new(event);
    let body = Bytes::from_owner(Raw(Arc::clone(&event)));
    head.extensions.insert(event);
    head.extensions.insert(lease);
    Request::from_parts(head, body.into())
}

async fn call<B>(
    mut service: impl Inner<B>,
    request: Request<Full<Bytes>>,
) -> Result<Response<B>, BoxError> {
    let ready = poll_fn(|context| service.poll_ready(context));
    ready.await.map_err(Into::into)?;
    service.call(request).await.map_err(Into::into)
}
