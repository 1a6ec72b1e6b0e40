//! Sends bodies.

use wit_bindgen::{FutureReader, StreamReader};

use crate::bindings::{
    wasi::http::types::{ErrorCode, Trailers},
    wit_future, wit_stream,
};

/// The future that resolves at the end of a body.
type End = FutureReader<Result<Option<Trailers>, ErrorCode>>;

/// Sends a body while its request is already being handled.
pub(crate) fn body(bytes: Vec<u8>, trailers: Option<Trailers>) -> (StreamReader<u8>, End) {
    let (mut contents, reader) = wit_stream::new();
    // A body that was given up must not look complete.
    let (end, end_reader) = wit_future::new(|| Err(ErrorCode::ConnectionTerminated));
    wit_bindgen::spawn_local(async move {
        let rest = contents.write_all(bytes).await;
        drop(contents);
        if rest.is_empty() {
            // Fails if the receiver does not read the end.
            let _ = end.write(Ok(trailers)).await;
        }
    });
    (reader, end_reader)
}
