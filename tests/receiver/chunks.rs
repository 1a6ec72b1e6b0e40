//! Bodies in chunks, one of which counts how often it is polled.

use crate::service::Count;
use bytes::{Buf, Bytes};
use http_body::{Body, Frame};
use std::{
    collections::VecDeque,
    convert::Infallible,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

#[derive(Debug)]
pub(crate) struct Chunks<D> {
    frames: VecDeque<io::Result<Frame<D>>>,
    pub(crate) polls: Count,
}

impl<D> Chunks<D> {
    pub(crate) fn new(chunks: impl IntoIterator<Item = D>) -> Self {
        let frames = chunks.into_iter().map(|chunk| Ok(Frame::data(chunk)));
        Self {
            frames: frames.collect(),
            polls: Count::default(),
        }
    }

    pub(crate) fn and(mut self, frame: io::Result<Frame<D>>) -> Self {
        self.frames.push_back(frame);
        self
    }
}

impl<D: Buf + Unpin> Body for Chunks<D> {
    type Data = D;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<D>>>> {
        self.polls.add();
        Poll::Ready(self.frames.pop_front())
    }
}

/// A body that arrives in one chunk when its future completes.
pub(crate) struct Slow(Option<Pin<Box<dyn Future<Output = Bytes> + Send>>>);

impl Slow {
    pub(crate) fn new(bytes: impl Future<Output = Bytes> + Send + 'static) -> Self {
        Self(Some(Box::pin(bytes)))
    }
}

impl Body for Slow {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let Some(bytes) = &mut self.0 else {
            return Poll::Ready(None);
        };
        let bytes = ready!(bytes.as_mut().poll(context));
        self.0 = None;
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }
}

/// A body that yields what its feeder sends, and ends when the feeder is dropped.
pub(crate) struct Fed(UnboundedReceiver<Bytes>);

impl Fed {
    /// The feeder can detect that the body was dropped.
    pub(crate) fn new() -> (UnboundedSender<Bytes>, Self) {
        let (feeder, chunks) = unbounded_channel();
        (feeder, Self(chunks))
    }
}

impl Body for Fed {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let chunk = ready!(self.0.poll_recv(context));
        Poll::Ready(chunk.map(|chunk| Ok(Frame::data(chunk))))
    }
}
