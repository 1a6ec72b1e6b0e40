//! Sends a script's deliveries and reads the answers.

use super::{
    script::{Ending, Names, Piece, Request, Seconds, Send, started},
    world::{Trace, seconds},
};
use crate::{
    delivery::{REQUEST_ID, SECRET, URL, now},
    sending::{Received, send},
};
use ::http::{Method, Response};
use bytes::Bytes;
use docutray_webhook::{
    signing::Signer,
    tower::{DeliveryError, DeliveryRecord},
};
use http_body::{Body, Frame};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    convert::Infallible,
    future, io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::time::{Instant, Sleep, sleep, sleep_until};
use tower::Service;

/// An answer and its time.
pub(crate) struct Got {
    pub(crate) at: Duration,
    answer: Received,
    unread: bool,
}

/// Sends a request at its time. Returns nothing if the sender disconnects.
pub(crate) async fn sent<S, B>(receiver: S, request: Request, trace: Arc<Trace>) -> Option<Got>
where
    S: Service<::http::Request<Pieces>, Response = Response<B>, Error = Infallible> + Clone,
    B: Body<Error: std::fmt::Debug>,
{
    sleep(request.at.duration()).await;
    let is_read = Arc::new(AtomicBool::new(false));
    let whole = whole(&request, &is_read);
    let leaving = async {
        match request.leaves {
            Some(time) => sleep(time.duration()).await,
            None => future::pending().await,
        }
    };
    tokio::select! {
        answer = send(&receiver, whole) => Some(Got {
            at: trace.elapsed(),
            answer,
            unread: !is_read.load(Ordering::Relaxed),
        }),
        () = leaving => None,
    }
}

fn whole(request: &Request, is_read: &Arc<AtomicBool>) -> ::http::Request<Pieces> {
    let mut payload = request.payload.clone().unwrap_or_else(|| {
        let id = &request.id;
        format!(
            r#"{{"conversion_id":"{id}","status":"PROCESSING","request_timestamp":"2024-01-15T10:30:00.000Z","document_type_code":"invoice"}}"#
        )
    });
    while payload.len() < request.size {
        payload.push(' ');
    }
    let secret = request.secret.as_deref().unwrap_or(SECRET);
    let timestamp = now().checked_add_signed(request.signed_at).unwrap();
    let signed = Signer::new(secret).headers(
        REQUEST_ID,
        timestamp,
        URL,
        &request.event,
        payload.as_bytes(),
    );
    let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    headers.extend(
        signed
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value)),
    );
    headers.retain(|(name, _)| !request.headers.contains_key(name));
    let changed = request.headers.iter();
    headers.extend(changed.filter_map(|(name, value)| Some((name.clone(), value.clone()?))));
    let mut whole = ::http::Request::builder().method(Method::try_from(&*request.method).unwrap());
    for (name, value) in headers {
        whole = whole.header(name, value);
    }
    whole
        .body(Pieces {
            start: Instant::now(),
            signed: payload.into(),
            left: request.body.clone().into(),
            next: None,
            fails: false,
            is_read: Arc::clone(is_read),
        })
        .unwrap()
}

/// A body that arrives in pieces, each at its time. Without an end it stalls.
pub(crate) struct Pieces {
    start: Instant,
    signed: Bytes,
    left: VecDeque<Piece>,
    /// Completes when the next piece arrives.
    next: Option<Pin<Box<Sleep>>>,
    fails: bool,
    is_read: Arc<AtomicBool>,
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.is_read.store(true, Ordering::Relaxed);
        loop {
            if self.fails {
                return Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())));
            }
            let Some(piece) = self.left.front() else {
                return Poll::Pending;
            };
            let at = self.start + piece.at.duration();
            if at > Instant::now() {
                let next = self.next.get_or_insert_with(|| Box::pin(sleep_until(at)));
                ready!(next.as_mut().poll(context));
            }
            self.next = None;
            let piece = self.left.front_mut().unwrap();
            let (send, text) = (piece.send.take(), piece.text.take());
            let Piece { end, breaks, .. } = *piece;
            let data = match (send, text) {
                (Some(Send::Bytes(bytes)), _) => self.signed.split_to(bytes),
                (Some(Send::Rest(_)), _) => std::mem::take(&mut self.signed),
                (None, Some(text)) => text.into(),
                (None, None) if end => return Poll::Ready(None),
                (None, None) => {
                    self.fails = breaks;
                    self.left.pop_front();
                    continue;
                }
            };
            if !end && !breaks {
                self.left.pop_front();
            }
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
    }
}

/// Returns the result of a request in the form of a script's `answer`. The sender's answer and the record must agree.
pub(crate) fn outcome(
    request: &Request,
    got: Option<&Got>,
    record: &DeliveryRecord,
    at: Duration,
) -> Result<Ending, String> {
    let took = at.saturating_sub(request.at.duration());
    if record.duration != took {
        return Err(format!("the record has {:?} for {took:?}", record.duration));
    }
    let error = record.error.as_ref();
    let mut answer = Ending {
        at: Some(Seconds(seconds(got.map_or(at, |got| got.at)))),
        status: record.status,
        verdict: record.verdict.to_owned(),
        code: record.code.map(str::to_owned),
        found: error.map(found),
        retry_after: None,
        names: names(record, request)?,
        seen_before: record.seen_before,
        unread: false,
        gone: got.is_none(),
    };
    if let Some(got) = got {
        agrees(&got.answer, record)?;
        let retry_after = got.answer.header("retry-after");
        answer.retry_after = retry_after.map(|seconds| seconds.parse().unwrap());
        answer.unread = got.unread;
    }
    Ok(answer)
}

fn found(error: &DeliveryError) -> String {
    let code = error.code.as_str();
    match &error.field {
        Some(field) => format!("{code} {field}"),
        None => code.to_owned(),
    }
}

/// Checks that the sender's answer and the record agree.
fn agrees(answer: &Received, record: &DeliveryRecord) -> Result<(), String> {
    let disagree = || Err(format!("{answer:?} is not what {record:?} says"));
    let is_good = record.status == 200;
    let content_type = if is_good {
        "application/json"
    } else {
        "application/problem+json"
    };
    let allow = (record.status == 405).then_some("POST");
    let is_coded = record.code == Some("unsupported_content_encoding");
    let accepted = is_coded.then_some("identity");
    let known = [
        "content-type",
        "allow",
        "accept-encoding",
        "retry-after",
        "content-length",
    ];
    let mut names = answer.headers.keys();
    if answer.status != record.status
        || answer.header("content-type") != Some(content_type)
        || answer.header("allow") != allow
        || answer.header("accept-encoding") != accepted
        || !names.all(|name| known.contains(&name.as_str()))
    {
        return disagree();
    }
    let mut body: Value = serde_json::from_str(&answer.body).unwrap();
    let members = body.as_object_mut().unwrap();
    if !is_good {
        for words in ["title", "detail"] {
            let words = members.remove(words).unwrap_or_default();
            if words.as_str().is_none_or(str::is_empty) {
                return disagree();
            }
        }
    }
    let mut expected = match is_good {
        true => json!({ "verdict": record.verdict, "code": record.code }),
        false => {
            let error = record.error.as_ref();
            let error = error.filter(|error| Some(error.code.as_str()) == record.code);
            let field = error.and_then(|error| error.field.clone());
            json!({ "status": record.status, "code": record.code, "field": field })
        }
    };
    let expected = expected.as_object_mut().unwrap();
    expected.retain(|_, value| !value.is_null());
    if members == expected {
        Ok(())
    } else {
        disagree()
    }
}

fn names(record: &DeliveryRecord, request: &Request) -> Result<Names, String> {
    let names = match (&record.request_id, &record.key) {
        (None, _) => Names::None,
        (Some(_), None) => Names::Delivery,
        (Some(_), Some(_)) => Names::Event,
    };
    let is_named = names != Names::None;
    let is_known = names == Names::Event && request.event == started();
    let key = record.key.as_deref().and_then(|key| key.split(':').next());
    let is_right = record.event.as_deref() == is_named.then_some(&*request.event)
        && record.request_id.as_deref() == is_named.then_some(REQUEST_ID)
        && record.id.as_deref() == is_known.then_some(&*request.id)
        && key == (names == Names::Event).then_some(&*request.event);
    is_right
        .then_some(names)
        .ok_or_else(|| format!("{record:?} names another delivery"))
}
