//! A client that keeps to HTTP.

use std::{
    io::{self, ErrorKind, Read},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use http::{HeaderMap, header::CONTENT_TYPE};
use serde::Deserialize;
use ureq::{Agent, Body, SendBody};

use crate::delivery::Delivery;

/// Longer than any machine takes for an answer.
const TIMEOUT: Duration = Duration::from_secs(120);
/// A server that refuses may close the connection while the body is still being written (RFC 9112, 9.6). Then `ureq` does
/// not read the answer, so the request is sent again. A test sees by what the receiver hands on that none came twice.
const TRIES: usize = 5;

/// A client that keeps its connection.
#[derive(Clone, Debug)]
pub struct Sender(Agent);

/// What a receiver said.
#[derive(Debug)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
}

/// How a receiver says what is wrong: problem details (RFC 9457).
#[derive(Debug, Deserialize)]
pub struct Problem {
    /// The error's code.
    pub code: String,
    /// What is wrong, in words.
    pub detail: String,
    /// The status once more.
    status: u16,
}

impl Default for Sender {
    /// A client without a proxy. A response of any status is one.
    fn default() -> Self {
        let config = Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(TIMEOUT));
        Self(config.build().into())
    }
}

impl Sender {
    /// Sends the delivery to `HOST:PORT`, its body with its length.
    ///
    /// # Errors
    /// If no response comes.
    pub fn send(&self, address: &str, delivery: &Delivery) -> Result<Response> {
        let length = ("content-length", delivery.body.len().to_string());
        self.run(address, delivery, Some(length))
            .and_then(Response::read)
    }

    /// The same with the body in chunks.
    ///
    /// # Errors
    /// If no response comes.
    pub fn send_chunked(&self, address: &str, delivery: &Delivery) -> Result<Response> {
        self.run(address, delivery, None).and_then(Response::read)
    }

    /// Sends the delivery, and gives the response's body as it comes.
    ///
    /// # Errors
    /// If no response comes.
    pub fn open(&self, address: &str, delivery: &Delivery) -> Result<impl Read + use<>> {
        let response = self.run(address, delivery, None)?;
        Ok(response.into_body().into_reader())
    }

    fn run(
        &self,
        address: &str,
        delivery: &Delivery,
        length: Option<(&'static str, String)>,
    ) -> Result<http::Response<Body>> {
        let mut delivery = delivery.clone();
        delivery.headers.extend(length);
        let mut tries = 0..TRIES;
        loop {
            tries.next();
            match self.try_run(address, &delivery) {
                Err(ureq::Error::Io(error)) if is_closed(&error) && !tries.is_empty() => {}
                result => return result.with_context(|| format!("no response from {address}")),
            }
        }
    }

    fn try_run(
        &self,
        address: &str,
        delivery: &Delivery,
    ) -> Result<http::Response<Body>, ureq::Error> {
        let mut body = delivery.body.as_ref();
        let mut request = delivery
            .clone()
            .request_of(SendBody::from_reader(&mut body));
        let uri = format!("http://{address}{}", delivery.path);
        *request.uri_mut() = uri.parse().map_err(http::Error::from)?;
        self.0.run(request)
    }
}

fn is_closed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::BrokenPipe | ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof
    )
}

impl Response {
    fn read(response: http::Response<Body>) -> Result<Self> {
        let (head, mut body) = response.into_parts();
        Ok(Self {
            status: head.status.as_u16(),
            headers: head.headers,
            body: body.read_to_string()?,
        })
    }

    /// A header's value, if it is there and text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The problem that the response tells of.
    ///
    /// # Errors
    /// If it is none, or of another status.
    pub fn problem(&self) -> Result<Problem> {
        let media_type = self.header(CONTENT_TYPE.as_str());
        ensure!(
            media_type == Some("application/problem+json"),
            "this is no problem: {self:?}"
        );
        let problem: Problem =
            serde_json::from_str(&self.body).with_context(|| format!("{self:?}"))?;
        ensure!(problem.status == self.status, "two statuses: {self:?}");
        Ok(problem)
    }
}
