//! Requests of a client that keeps to HTTP.

use std::{
    io::{self, ErrorKind, Read},
    time::Duration,
};

use serde_json::Value;
use ureq::{
    Agent, Body, SendBody,
    http::{Request, Response},
};

use crate::delivery::Delivery;

const TIMEOUT: Duration = Duration::from_secs(60);
const TRIES: usize = 5;

/// A client with a connection that it keeps.
pub(crate) struct Client(Agent);

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) allow: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) body: String,
}

impl Client {
    pub(crate) fn new() -> Self {
        let config = Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(TIMEOUT));
        Self(config.build().into())
    }

    /// Sends the body with its length.
    pub(crate) fn send(&self, address: &str, delivery: &Delivery) -> Answer {
        Answer::of(self.run(address, delivery, true))
    }

    /// Sends the body in chunks.
    pub(crate) fn send_chunked(&self, address: &str, delivery: &Delivery) -> Answer {
        Answer::of(self.run(address, delivery, false))
    }

    /// The answer's body, as it comes.
    pub(crate) fn open(&self, address: &str, delivery: &Delivery) -> impl Read + use<> {
        self.run(address, delivery, true).into_body().into_reader()
    }

    /// A server that refuses may close while the body is still being written (RFC 9112, 9.6), and then this client
    /// does not read the answer: it asks again. What was handed on is counted by who got it, so no second try hides it.
    fn run(&self, address: &str, delivery: &Delivery, length: bool) -> Response<Body> {
        let mut tries = 0..TRIES;
        loop {
            tries.next();
            match self.try_run(address, delivery, length) {
                Err(ureq::Error::Io(error)) if closed(&error) && !tries.is_empty() => {}
                result => return result.unwrap(),
            }
        }
    }

    fn try_run(
        &self,
        address: &str,
        delivery: &Delivery,
        length: bool,
    ) -> Result<Response<Body>, ureq::Error> {
        let mut request = Request::builder()
            .method(delivery.method)
            .uri(format!("http://{address}{}", delivery.path));
        if length {
            request = request.header("content-length", delivery.body.len());
        }
        for (name, value) in &delivery.headers {
            request = request.header(*name, value);
        }
        let mut body = delivery.body.as_slice();
        let request = request.body(SendBody::from_reader(&mut body)).unwrap();
        self.0.run(request)
    }
}

fn closed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::BrokenPipe | ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof
    )
}

impl Answer {
    fn of(mut response: Response<Body>) -> Self {
        let header = |name: &str| {
            let value = response.headers().get(name)?;
            Some(value.to_str().unwrap().to_owned())
        };
        let (allow, content_type) = (header("allow"), header("content-type"));
        Self {
            status: response.status().as_u16(),
            allow,
            content_type,
            body: response.body_mut().read_to_string().unwrap(),
        }
    }

    /// A member of the problem that the answer is.
    pub(crate) fn problem(&self, member: &str) -> Value {
        assert_eq!(
            self.content_type.as_deref(),
            Some("application/problem+json"),
            "{self:?}"
        );
        let problem: Value = serde_json::from_str(&self.body).unwrap();
        assert_eq!(problem["status"], self.status, "{self:?}");
        problem[member].clone()
    }
}
