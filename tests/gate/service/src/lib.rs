//! A service that knows nothing of webhooks, signatures or the gate. It answers with the request as it arrived, and with how
//! many requests this instance has served.

use std::{
    env,
    sync::atomic::{AtomicU64, Ordering},
};

use serde_json::json;
use sha2::{Digest as _, Sha256};
use wasip3::{
    clocks::monotonic_clock,
    exports::http::handler::Guest,
    http::types::{ErrorCode, Fields, Method, Request, Response},
    wit_bindgen::StreamResult,
    wit_future, wit_stream,
};

wasip3::http::service::export!(Echo);

struct Echo;

/// How many requests were served, this one included.
static CALLS: AtomicU64 = AtomicU64::new(0);

/// The response to a request with this path begins at once and ends after an hour, in nanoseconds. If its beginning arrives,
/// nothing on the way waits for the whole.
const ENDLESS: &str = "/endless";
const HOUR: u64 = 3_600_000_000_000;

impl Guest for Echo {
    async fn handle(request: Request) -> Result<Response, ErrorCode> {
        let calls = CALLS.fetch_add(1, Ordering::Relaxed) + 1;
        let path = request.get_path_with_query().unwrap_or_default();
        let endless = path.ends_with(ENDLESS);
        let method = method(request.get_method());
        let authority = request.get_authority();
        let headers = request.get_headers().copy_all();
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| [name.as_str().into(), String::from_utf8_lossy(value)])
            .collect();
        let (bytes, digest) = digest(request).await?;
        let echo = json!({
            "calls": calls, "instance": env::var("INSTANCE_ID").ok(), "method": method, "authority": authority,
            "path": path, "headers": headers, "bytes": bytes, "sha256": digest,
        });
        Ok(respond(echo.to_string(), endless))
    }
}

async fn digest(request: Request) -> Result<(usize, String), ErrorCode> {
    let (_handled, result) = wit_future::new(|| Ok(()));
    let (mut body, trailers) = Request::consume_body(request, result);
    let (mut bytes, mut hash) = (0, Sha256::new());
    let mut buffer = Vec::with_capacity(16 << 10);
    loop {
        let (result, mut chunk) = body.read(buffer).await;
        bytes += chunk.len();
        hash.update(&chunk);
        if !matches!(result, StreamResult::Complete(_)) {
            break;
        }
        chunk.clear();
        buffer = chunk;
    }
    trailers.await?;
    let digest = hash.finalize();
    let digest = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((bytes, digest))
}

fn respond(text: String, endless: bool) -> Response {
    let (mut contents, contents_reader) = wit_stream::new();
    let (_end, end_reader) = wit_future::new(|| Ok(None));
    let headers = [("content-type".to_owned(), b"application/json".to_vec())];
    let headers = Fields::from_list(&headers).unwrap_or_else(|_| Fields::new());
    let (response, _sent) = Response::new(headers, Some(contents_reader), end_reader);
    wasip3::spawn_local(async move {
        contents.write_all(text.into_bytes()).await;
        if endless {
            monotonic_clock::wait_for(HOUR).await;
        }
    });
    response
}

fn method(method: Method) -> String {
    match method {
        Method::Other(name) => name,
        known => format!("{known:?}"),
    }
}
