//! A request, verified.

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

/// Bytes of a body asked for at once.
const CHUNK: usize = 64 << 10;

/// A request whose body Docutray has signed.
pub(crate) struct Delivery {
    head: Head,
    body: Vec<u8>,
    trailers: Option<Trailers>,
}

/// All of a request but its body.
struct Head {
    method: Method,
    scheme: Option<Scheme>,
    authority: Option<String>,
    path: Option<String>,
    headers: Fields,
    options: Option<RequestOptions>,
}

/// Judges the headers, then takes the body as it arrives, never more than the limit.
pub(crate) async fn verify(request: Request) -> Result<Delivery, Outcome<'static>> {
    let variables = environment::get_environment();
    let settings = Settings::new(|name| {
        let variable = variables.iter().find(|variable| variable.0 == name);
        variable.map(|variable| variable.1.clone())
    })?;
    let head = Head::of(&request);
    answer::admit(
        head.method(),
        head.text("content-type").as_deref(),
        head.joined("content-encoding").as_deref(),
    )?;
    let mut check = settings.verifier.begin(head.headers.copy_all(), now())?;
    if let Some(length) = head.content_length() {
        check.expect_length(length)?;
    }

    // Dropped at the end, it says that the request was handled; how, the answer says.
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

/// Gives up a body that has not come whole at the deadline; what it held goes with it.
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

/// What ends a body.
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
    // An error here is a body that broke off: nothing was verified, however good what came of it.
    trailers.await.map_err(|_| Outcome::IncompleteBody)
}

impl Delivery {
    /// The request again, as it came: a body that was read cannot be read once more, so it is sent anew.
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
        // What the host itself has let in it may still not let out.
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
            // A copy, since the original may not outlive the request.
            options: request.get_options().map(|options| options.clone()),
        }
    }

    fn method(&self) -> &str {
        match &self.method {
            Method::Post => "POST",
            Method::Other(name) => name,
            // Whichever it is, it brings no delivery.
            _ => "",
        }
    }

    /// Only to refuse early what is too long, and to take the memory once: what counts is what comes.
    fn content_length(&self) -> Option<u64> {
        self.text("content-length")?.parse().ok()
    }

    /// A header's value, if it came once and is text.
    fn text(&self, name: &str) -> Option<String> {
        let [value] = <[_; 1]>::try_from(self.headers.get(name)).ok()?;
        String::from_utf8(value).ok()
    }

    /// All values of a header, joined as HTTP does it, if it came.
    fn joined(&self, name: &str) -> Option<String> {
        let values = self.headers.get(name);
        let values: Vec<_> = values
            .iter()
            .map(|value| String::from_utf8_lossy(value))
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

fn now() -> u64 {
    // With a clock before 1970 every delivery is too new, which is safe.
    u64::try_from(system_clock::now().seconds).unwrap_or(0)
}
