//! A layer for tower. It verifies each delivery, makes sure that its event is processed once, and answers as Docutray
//! expects. It wraps any service that takes [`http`] requests, such as an axum router.
//!
//! ```
//! use axum::{Extension, Router, routing::post};
//! use docutray_webhook::{Event, Verifier, tower::WebhookLayer};
//! use std::sync::Arc;
//!
//! async fn process(Extension(event): Extension<Arc<Event>>) {
//!     println!("{}", event.key());
//! }
//!
//! let verifier = Verifier::builder().secret("whsec_...").url("https://example.com/hooks").build()?;
//! let app: Router = Router::new().route("/hooks", post(process)).layer(WebhookLayer::new(verifier));
//! # Ok::<(), docutray_webhook::Error>(())
//! ```
//!
//! # What the service receives
//!
//! The service is called only for verified deliveries. It gets an event again until the event is processed, but never twice at
//! the same time. It receives the original request with these changes:
//!
//! - Its extensions contain the [`Event`](crate::Event) as an `Arc<Event>`, and the [`Lease`] under which it is processed.
//! - Its body is a `Full<Bytes>` of the verified bytes, which are shared with the event and not copied. axum's extractors
//!   refuse a body larger than their `DefaultBodyLimit` of 2 MB with 413. [`Event::raw`](crate::Event::raw) has only the
//!   verifier's limit.
//!
//! The layer polls the service for readiness only after verification, so forged requests take none of its capacity. The
//! service should answer 2xx to events that it does not handle, unknown ones included.
//!
//! # What the service's response means
//!
//! A 2xx response means that the event was processed. The layer passes it on, and answers repeated deliveries with 200
//! without calling the service. The layer also passes on any other response. Another response, an error or a panic means
//! that the event was not processed, and the service is called again for the next delivery. Only the status counts: the
//! event is done even while the response's body is still being streamed.
//!
//! An error of the service is answered with 500. All other answers come from the table in [`answer`](crate::answer).
//!
//! # What is logged
//!
//! The layer logs to `tracing`, in the request's span, what senders do not learn:
//!
//! - as an error: a failure of the service, of `on_unfit` or of a store;
//! - as a warning: refusals, with advice. Of each code, the first is logged at once and then at most one a minute, with the
//!   number of those in between (`untold`). No line contains text of the sender;
//! - as a warning: every authentic delivery whose payload does not fit.
//!
//! For a complete log, [`on_delivery`](WebhookLayer::on_delivery) gets a [`DeliveryRecord`] for each request.
//!
//! # What senders can use up
//!
//!
//! A body is read only after the headers have passed, up to the verifier's limit, until the
//! [deadline](WebhookLayer::deadline), and within a [budget](WebhookLayer::body_budget) for all arriving bodies. The server
//! must limit the number of connections.
//!
//! # Runtime
//!
//! The layer needs a tokio runtime with its timer enabled. Once an event is claimed, a separate task processes it. The task
//! continues when the sender disconnects or is answered at the [deadline](WebhookLayer::deadline). If the runtime shuts
//! down, the task ends, its lease ends later, and Docutray's retry has the event processed.

mod body;
mod claims;
mod layer;
mod lease;
mod log;
mod process;
mod receiver;
mod reply;
mod service;
mod verifiers;

pub use self::{
    body::ResponseBody,
    layer::WebhookLayer,
    lease::Lease,
    log::{DeliveryError, DeliveryRecord},
    service::WebhookService,
};
