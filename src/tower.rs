//! A layer for tower: it verifies each delivery, sees that its event is processed once, and answers as Docutray expects.
//! Around it can be any service of [`http`] requests, a router of axum among them.
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
//! # What the service gets
//!
//! The request as it came, of verified deliveries alone, each event once at a time and until it was processed:
//!
//! - in its extensions the [`Event`](crate::Event) as an `Arc<Event>`, and the [`Lease`] under which it is processed;
//! - as its body, a `Full<Bytes>`, the bytes that were verified. They are the event's own and cost no copy. An extractor of
//!   axum that reads them keeps to axum's `DefaultBodyLimit` of 2 MB, and answers 413 beyond; [`Event::raw`](crate::Event::raw)
//!   has no limit but the verifier's.
//!
//! The service is asked whether it is ready only then: who sends forgeries takes up none of its room. Events that it does
//! not want, those of an unknown kind among them, it answers with 2xx.
//!
//! # What its answer means
//!
//! A response of 2xx says that the event was processed: it goes out as it is, and a repetition is answered with 200
//! without the service. Any other response goes out as it is, too; it, an error or a panic means that the event was not
//! processed, and the next delivery gets it to the service again. What counts is the status: the body of a response may
//! still be streamed when the event is done.
//!
//! What the service returns as an error is answered with 500. Everything else is answered from the table in
//! [`answer`](crate::answer).
//!
//! # What is logged
//!
//! To `tracing`, in the span of the request, what the sender never learns:
//!
//! - as an error, what the service, `on_unfit` or a store fails with;
//! - as a warning, what was refused, with what to do about it: of each code the first at once, then one a minute at most,
//!   with how many came since (`untold`). Nothing in it was written by the sender;
//! - as a warning, every delivery that is authentic and whose payload does not fit.
//!
//! Whoever wants all of it gets a [`DeliveryRecord`] for each request: see [`on_delivery`](WebhookLayer::on_delivery).
//!
//! # What senders can take
//!
//! A body is asked for only after the headers have passed, and is taken up to the verifier's limit, until the
//! [deadline](WebhookLayer::deadline), within a [budget](WebhookLayer::body_budget) for all bodies under way. How many
//! connections there are is the server's to limit.
//!
//! # Where it runs
//!
//! In a runtime of tokio with its timer. From its claim on, an event is processed by a task of its own: it goes on when
//! the sender goes away, or was answered at the [deadline](WebhookLayer::deadline). A runtime that shuts down ends it;
//! then its lease ends as well, and Docutray's retry gets the event processed.

mod body;
mod claims;
mod layer;
mod lease;
mod log;
mod process;
mod receiver;
mod reply;
mod service;

pub use self::{
    body::ResponseBody,
    layer::WebhookLayer,
    lease::Lease,
    log::{DeliveryError, DeliveryRecord},
    service::WebhookService,
};
