//! A plan's requests as the receiver gets them.

use std::{
    collections::VecDeque,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use docutray_webhook::{Verifier, signing::Signer};
use http::{Method, header::CONTENT_LENGTH};
use http_body::{Body, Frame};
use tokio::time::{Instant, Sleep, sleep_until};

use super::plan::{BodyEnding, Request, Size, Time, What};
use crate::{
    delivery::{SECRET, URL},
    plan::{OTHER_SECRET, OTHER_URL},
};

/// The largest body, in bytes.
pub(super) const MAX_BODY: usize = 512;
/// A text of each payload that no log, record or answer may contain.
pub(super) const CANARY: &str = "canary_of_the_payload";

/// The place of a request in its plan, in the extensions of the request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place(pub(super) usize);

/// A request as it was signed and changed.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) method: Method,
    pub(super) headers: Vec<(String, String)>,
    /// All of the body, whether or not it arrives.
    pub(super) body: Bytes,
    pub(super) request: Request,
    pub(super) place: usize,
}

pub(super) fn request_id(place: usize) -> String {
    format!("550e8400-e29b-41d4-a716-{place:012}")
}

pub(super) fn verifier() -> Verifier {
    let builder = Verifier::builder().secret(SECRET).url(URL);
    builder.max_body(MAX_BODY as u64).build().unwrap()
}

impl Sent {
    pub(super) fn new(request: &Request, place: usize, now: u64) -> Self {
        let what = request.what;
        let event = match what {
            What::UnknownEvent => "INVOICE_PAID",
            _ => "CONVERSION_STARTED",
        };
        let secret = if what == What::OtherSecret {
            OTHER_SECRET
        } else {
            SECRET
        };
        let url = if what == What::OtherUrl {
            OTHER_URL
        } else {
            URL
        };
        // Far from the tolerance, so that the verdict is the same if the clock goes on meanwhile.
        let timestamp = if what == What::Old { now - 10_000 } else { now };
        let mut body = payload(what, request.event, request.size);
        let signed = Signer::new(secret).headers(&request_id(place), timestamp, url, event, &body);
        let mut headers: Vec<_> = signed.map(|(name, value)| (name.to_owned(), value)).into();
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
        match what {
            What::ChangedBody => body[0] = b'[',
            What::ChangedMetadata => set(&mut headers, "x-docutray-event", "CONVERSION_FAILED"),
            What::NoSignature => headers.retain(|(name, _)| name != "x-docutray-signature"),
            What::Compressed => headers.push(("content-encoding".to_owned(), "gzip".to_owned())),
            _ => {}
        }
        Self {
            method: if what == What::Get {
                Method::GET
            } else {
                Method::POST
            },
            headers,
            body: body.into(),
            request: request.clone(),
            place,
        }
    }

    /// When all of the body has arrived, counted from the request.
    pub(super) fn arrives(&self) -> Option<Time> {
        let (mut at, mut came) = (0, 0);
        for piece in &self.request.pieces {
            if came == self.body.len() {
                break;
            }
            at += piece.after.0;
            came = self.body.len().min(came + usize::from(piece.bytes));
        }
        let is_whole = came == self.body.len() && self.request.ending == BodyEnding::Cut
            || self.request.ending == BodyEnding::Rest;
        is_whole.then_some(Time(at))
    }

    pub(super) fn http(&self) -> http::Request<Arriving> {
        let mut request = http::Request::builder().method(self.method.clone());
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if self.request.is_announced {
            request = request.header(CONTENT_LENGTH, self.body.len());
        }
        let body = Arriving {
            at: Instant::now(),
            rest: self.body.clone(),
            pieces: self
                .request
                .pieces
                .iter()
                .map(|piece| (piece.after, piece.bytes))
                .collect(),
            ending: self.request.ending,
            next: None,
        };
        request.extension(Place(self.place)).body(body).unwrap()
    }
}

fn set(headers: &mut [(String, String)], name: &str, value: &str) {
    for (own, old) in headers {
        if own == name {
            value.clone_into(old);
        }
    }
}

fn payload(what: What, event: u8, size: Size) -> Vec<u8> {
    let status = if what == What::Unfit {
        "SUCCESS"
    } else {
        "PROCESSING"
    };
    let text = format!(
        r#"{{"conversion_id":"c_{event}","status":"{status}","request_timestamp":"2024-01-15T10:30:00.000Z","document_type_code":"invoice","own":"{CANARY}"}}"#
    );
    let mut body = text.into_bytes();
    if what == What::NoText {
        body[20] = 0xff;
    }
    match size {
        Size::AsItIs => {}
        Size::TheLimit => body.resize(MAX_BODY, b' '),
        Size::OneMore => body.resize(MAX_BODY + 1, b' '),
    }
    body
}

/// A body that arrives in pieces, each after its time.
pub(super) struct Arriving {
    at: Instant,
    rest: Bytes,
    pieces: VecDeque<(Time, u8)>,
    ending: BodyEnding,
    /// Completes when the next piece arrives.
    next: Option<Pin<Box<Sleep>>>,
}

impl Body for Arriving {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if !self.rest.is_empty()
            && let Some((after, bytes)) = self.pieces.front().copied()
        {
            let at = self.at + after.duration();
            if at > Instant::now() {
                let next = self.next.get_or_insert_with(|| Box::pin(sleep_until(at)));
                ready!(next.as_mut().poll(context));
            }
            self.next = None;
            self.at = at;
            self.pieces.pop_front();
            let length = self.rest.len().min(bytes.into());
            return Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(length)))));
        }
        match self.ending {
            BodyEnding::Rest if !self.rest.is_empty() => {
                let rest = std::mem::take(&mut self.rest);
                Poll::Ready(Some(Ok(Frame::data(rest))))
            }
            BodyEnding::Rest | BodyEnding::Cut => Poll::Ready(None),
            BodyEnding::Breaks => Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into()))),
            BodyEnding::Stalls => Poll::Pending,
        }
    }
}
