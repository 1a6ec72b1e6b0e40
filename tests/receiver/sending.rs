//! Sends a request and reads its response.

use ::http::{HeaderMap, Request, Response, header::CONTENT_LENGTH};
use docutray_webhook::answer::Outcome;
use http_body::Body;
use http_body_util::BodyExt as _;
use std::{convert::Infallible, fmt::Debug};
use tower::{Service, ServiceExt as _};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// Sends one request.
pub(crate) async fn send<S, B, R>(service: &S, request: Request<B>) -> Received
where
    S: Service<Request<B>, Response = Response<R>, Error = Infallible> + Clone,
    R: Body<Error: Debug>,
{
    let Ok(response) = service.clone().oneshot(request).await;
    Received::of(response).await
}

impl Received {
    pub(crate) async fn of(response: Response<impl Body<Error: Debug>>) -> Self {
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Self {
            status: head.status.as_u16(),
            headers: head.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    /// Returns a header's value, if the header occurs once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next()?.to_str().unwrap();
        assert!(
            values.next().is_none(),
            "{name} came more than once: {self:?}"
        );
        Some(value)
    }

    /// Returns a member of the body.
    pub(crate) fn member(&self, name: &str) -> serde_json::Value {
        let body: serde_json::Value = serde_json::from_str(&self.body).unwrap();
        body[name].clone()
    }

    /// Returns whether the response is exactly the table's answer. It may also have a `Content-Length`.
    pub(crate) fn is(&self, outcome: &Outcome<'_>) -> bool {
        let expected = outcome.answer();
        let headers = expected.headers.iter();
        let mut has = headers.map(|(name, value)| self.header(name) == Some(value));
        self.status == expected.status
            && self.body == expected.body
            && self
                .headers
                .keys()
                .filter(|name| *name != CONTENT_LENGTH)
                .count()
                == expected.headers.len()
            && has.all(|has| has)
    }
}
