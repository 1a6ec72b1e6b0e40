use bytes::Bytes;
use core::{
    pin::Pin,
    task::{Context, Poll},
};
use http_body::{Body, Frame, SizeHint};
use http_body_util::{Either, Full};
use pin_project_lite::pin_project;
use std::{boxed::Box, error::Error};

pin_project! {
    /// The body of a response: one of the answers' table, or the service's own.
    #[derive(Debug)]
    pub struct ResponseBody<B> {
        #[pin]
        body: Either<Full<Bytes>, B>,
    }
}

impl<B> ResponseBody<B> {
    pub(crate) const fn of_table(body: Full<Bytes>) -> Self {
        let body = Either::Left(body);
        Self { body }
    }

    pub(crate) const fn of_service(body: B) -> Self {
        let body = Either::Right(body);
        Self { body }
    }
}

/// An empty body. Some layers around this one require it, such as `TimeoutLayer` and `CorsLayer` of tower-http.
impl<B> Default for ResponseBody<B> {
    fn default() -> Self {
        Self::of_table(Full::default())
    }
}

impl<B> Body for ResponseBody<B>
where
    B: Body<Data = Bytes, Error: Into<Box<dyn Error + Send + Sync>>>,
{
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.project().body.poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
