//! Verifies a request.

use std::{pin::pin, time::Duration};

use docutray_webhook::{
    BodyCheck,
    answer::{self, Outcome},
};
use futures_util::future::{Either, select};
use gate_settings::Settings;
use wit_bindgen::{FutureReader, StreamReader, StreamResult};

use crate::{
    bindings::{
        wasi::{
            cli::environment,
            clocks::{monotonic_clock, system_clock},
            http::types::{ErrorCode, Fields, Method, Request, RequestOptions, Scheme, Trailers},
        },
        wit_future,
    },
    outgoing,
};

/// How many bytes of a body are read at once.
const CHUNK: usize = 64 << 10;

/// A request whose body Docutray has signed.
pub(crate) struct Delivery {
    head: Head,
    body: Vec<u8>,
    trailers: Option<Trailers>,
}

/// A request without its body.
struct Head {
    method: Method,
    scheme: Option<Scheme>,
    authority: Option<String>,
    path: Option<String>,
    headers: Fields,
    options: Option<RequestOptions>,
}

/// Checks the headers, then reads the body as it arrives, up to the limit.
pub(crate) async fn verify(request: Request) -> Result<Delivery, Outcome<'static>> {
    let variables = environment::get_environment();
    let settings = Settings::new(|name| {
        let variable = variables.iter().find(|variable| variable.0 == name);
        variable.map(|variable| variable.1.clone())
    })?;
    let head = Head::of(&request);
    let headers = head.headers.copy_all();
    answer::admit(head.method(), pairs(&headers))?;
    let mut check = settings.verifier.begin(pairs(&headers), now())?;
    if let Some(length) = head.content_length() {
        check.expect_length(length)?;
    }

    // Dropped at the end, which tells the host that the request was handled. The answer says how.
    let (_handled, result) = wit_future::new(|| Ok(()));
    let (body, trailers) = Request::consume_body(request, result);
    let trailers = within(settings.body_deadline, read(body, trailers, &mut check)).await?;
    let event = check.finish()?;
    Ok(Delivery {
        head,
        body: event.into_parts().raw.into_bytes(),
        trailers,
    })
}

/// Gives up a body that is incomplete at the deadline, and frees what it held.
async fn within<T>(
    deadline: Duration,
    reading: impl Future<Output = Result<T, Outcome<'static>>>,
) -> Result<T, Outcome<'static>> {
    let nanoseconds = u64::try_from(deadline.as_nanos()).unwrap_or(u64::MAX);
    match select(pin!(reading), pin!(monotonic_clock::wait_for(nanoseconds))).await {
        Either::Left((read, _)) => read,
        Either::Right(_) => Err(Outcome::BodyTimeout),
    }
}

/// The future that resolves at the end of a body.
type End = FutureReader<Result<Option<Trailers>, ErrorCode>>;

async fn read(
    mut body: StreamReader<u8>,
    trailers: End,
    check: &mut BodyCheck,
) -> Result<Option<Trailers>, Outcome<'static>> {
    let mut buffer = Vec::with_capacity(CHUNK);
    loop {
        let (result, mut chunk) = body.read(buffer).await;
        check.update(&chunk)?;
        if !matches!(result, StreamResult::Complete(_)) {
            break;
        }
        chunk.clear();
        buffer = chunk;
    }
    // An error here means that the body was truncated. It is not verified, even if the signature would match.
    trailers.await.map_err(|_| Outcome::IncompleteBody)
}

impl Delivery {
    /// Makes a new request with the same content, because a consumed body cannot be read again.
    pub(crate) fn into_request(self) -> Result<Request, Outcome<'static>> {
        let Head {
            method,
            scheme,
            authority,
            path,
            headers,
            options,
        } = self.head;
        let (contents, trailers) = outgoing::body(self.body, self.trailers);
        let (request, _sent) = Request::new(headers, Some(contents), trailers, options);
        let set = [
            request.set_method(&method),
            request.set_scheme(scheme.as_ref()),
            request.set_authority(authority.as_deref()),
            request.set_path_with_query(path.as_deref()),
        ];
        // The host may refuse to send what it has received.
        let set: Result<Vec<()>, ()> = set.into_iter().collect();
        set.map_or_else(|()| Err(Outcome::IncompleteBody), |_| Ok(request))
    }
}

impl Head {
    fn of(request: &Request) -> Self {
        Self {
            method: request.get_method(),
            scheme: request.get_scheme(),
            authority: request.get_authority(),
            path: request.get_path_with_query(),
            headers: request.get_headers(),
            // A copy, since the original must not outlive the request.
            options: request.get_options().map(|options| options.clone()),
        }
    }

    fn method(&self) -> &str {
        match &self.method {
            Method::Post => "POST",
            Method::Other(name) => name,
            // No other method is a delivery's.
            _ => "",
        }
    }

    /// Used only to refuse a long body early and to reserve memory once. The received bytes are checked in any case.
    fn content_length(&self) -> Option<u64> {
        self.text("content-length")?.parse().ok()
    }

    /// Returns a header's value if the header occurs once and its value is text.
    fn text(&self, name: &str) -> Option<String> {
        let [value] = <[_; 1]>::try_from(self.headers.get(name)).ok()?;
        String::from_utf8(value).ok()
    }
}

fn pairs(headers: &[(String, Vec<u8>)]) -> impl Iterator<Item = (&str, &[u8])> {
    headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_slice()))
}

fn now() -> u64 {
    // If the clock is before 1970, every delivery is too new, which is safe.
    u64::try_from(system_clock::now().seconds).unwrap_or(0)
}
