//! Bodies on their way out.

use wit_bindgen::{FutureReader, StreamReader};

use crate::bindings::{
    wasi::http::types::{ErrorCode, Trailers},
    wit_future, wit_stream,
};

/// What ends a body.
type End = FutureReader<Result<Option<Trailers>, ErrorCode>>;

/// Sends a body, while what it belongs to is already on its way.
pub(crate) fn body(bytes: Vec<u8>, trailers: Option<Trailers>) -> (StreamReader<u8>, End) {
    let (mut contents, reader) = wit_stream::new();
    // A body that was given up halfway must not look like a whole one.
    let (end, end_reader) = wit_future::new(|| Err(ErrorCode::ConnectionTerminated));
    wit_bindgen::spawn_local(async move {
        let rest = contents.write_all(bytes).await;
        drop(contents);
        if rest.is_empty() {
            // Whoever reads no end wants none.
            let _ = end.write(Ok(trailers)).await;
        }
    });
    (reader, end_reader)
}
