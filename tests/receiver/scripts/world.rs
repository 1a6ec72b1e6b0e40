//! A script's surroundings of the receiver: its store, its service and its callbacks.

use super::script::{Options, Script, Step, Steps, Then, Way};
use crate::{
    delivery::{LIMIT, SECRET, URL},
    service::{Passed, Verified, event, lease},
};
use ::http::Response;
use bytes::Bytes;
use docutray_webhook::{
    Unfit, Verifier,
    answer::Outcome,
    idempotency::{Claim, Memory, Store},
    tower::{DeliveryRecord, WebhookLayer},
};
use http_body_util::Full;
use std::{
    fmt::Write as _,
    future,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::time::{Instant, sleep};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What happens, in order: `20 renew CONVERSION_STARTED:c_1 #1`.
pub(crate) struct Trace {
    start: Instant,
    lines: Mutex<Vec<String>>,
    /// Tokens are numbered in the order in which they are given out.
    tokens: Mutex<Vec<u64>>,
}

impl Trace {
    pub(crate) fn start() -> Arc<Self> {
        Arc::new(Self {
            start: Instant::now(),
            lines: Mutex::default(),
            tokens: Mutex::default(),
        })
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    fn note(&self, what: &str, of: &str, token: Option<u64>, more: &str) {
        let mut line = format!("{} {what} {of}", seconds(self.elapsed()));
        if let Some(token) = token {
            write!(line, " #{}", self.number(token)).unwrap();
        }
        self.lines.lock().unwrap().push(line + more);
    }

    fn number(&self, token: u64) -> usize {
        let mut tokens = self.tokens.lock().unwrap();
        let known = tokens.iter().position(|known| *known == token);
        let place = known.unwrap_or_else(|| {
            tokens.push(token);
            tokens.len() - 1
        });
        place + 1
    }
}

/// Returns a time in whole milliseconds, as scripts have them.
pub(crate) fn seconds(time: Duration) -> f64 {
    let milliseconds = u32::try_from(time.as_millis()).unwrap();
    f64::from(milliseconds) / 1000.0
}

/// Returns the layer that a script describes.
pub(crate) fn layer(
    script: &Script,
    trace: &Arc<Trace>,
    on_delivery: impl Fn(DeliveryRecord) + Send + Sync + 'static,
) -> WebhookLayer {
    let Options {
        deadline,
        max_body,
        body_budget,
        url,
        ..
    } = script.options;
    let builder = Verifier::builder().secret(SECRET);
    let builder = match url {
        None => builder.url(URL),
        Some(_) => builder.body_only(),
    };
    let builder = builder.max_body(max_body.unwrap_or(LIMIT as u64));
    let mut layer = WebhookLayer::new(builder.build().unwrap())
        .idempotency(Scripted::new(script, trace))
        .on_delivery(on_delivery);
    if let Some(deadline) = deadline {
        layer = layer.deadline(deadline.duration()).unwrap();
    }
    if let Some(bytes) = body_budget {
        layer = layer.body_budget(bytes).unwrap();
    }
    if let Some(steps) = &script.on_unfit {
        let (trace, steps) = (Arc::clone(trace), Mutex::new(steps.clone()));
        layer = layer.on_unfit(move |unfit: Unfit| {
            trace.note("keep", unfit.error.code().as_str(), None, "");
            let step = steps.lock().unwrap().next();
            play(step, future::ready(Ok(())), |_| unreachable!("no answer"))
        });
    }
    layer
}

/// The service. It answers like the table for a processed event.
pub(crate) async fn handle(
    request: Verified,
    trace: Arc<Trace>,
    step: Step,
) -> Result<Passed, Failure> {
    let (event, lease) = (event(&request), lease(&request));
    let seen_before = if lease.seen_before() {
        " seen before"
    } else {
        ""
    };
    trace.note("handle", event.key(), Some(lease.token()), seen_before);
    let (watched, key) = (lease.clone(), event.key().to_owned());
    tokio::spawn(async move {
        watched.lost().await;
        trace.note("lost", &key, Some(watched.token()), "");
    });
    if let Some(Then::Way(Way::UntilLost)) = step.then {
        lease.lost().await;
    } else {
        play(step, future::ready(Ok(())), |_| unreachable!("no answer")).await?;
    }
    Ok(processed())
}

fn processed() -> Passed {
    let answer = Outcome::Processed.answer();
    let mut response = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    response.body(Full::new(Bytes::from(answer.body))).unwrap()
}

/// Takes a step. Calls `does` if the step says nothing else.
async fn play<T>(
    Step { after, then }: Step,
    does: impl Future<Output = Result<T, Failure>>,
    given: impl Fn(Then) -> T,
) -> Result<T, Failure> {
    if !after.duration().is_zero() {
        sleep(after.duration()).await;
    }
    match then {
        None => does.await,
        Some(Then::Way(Way::Fails)) => Err("it fails".into()),
        Some(Then::Way(Way::Panics)) => panic!("a panic of the script"),
        Some(Then::Way(Way::Hangs)) => future::pending().await,
        Some(Then::Way(Way::AnswerLost)) => {
            does.await?;
            Err("its answer is lost".into())
        }
        Some(answer) => Ok(given(answer)),
    }
}

/// A store in memory that fails when its script says so.
struct Scripted {
    trace: Arc<Trace>,
    memory: Memory,
    claim: Mutex<Steps>,
    renew: Mutex<Steps>,
    complete: Mutex<Steps>,
    release: Mutex<Steps>,
}

impl Scripted {
    fn new(script: &Script, trace: &Arc<Trace>) -> Self {
        let store = &script.store;
        let memory = match store.lease {
            None => Memory::new(),
            Some(lease) => Memory::new().with_lease(lease.duration()).unwrap(),
        };
        Self {
            trace: Arc::clone(trace),
            memory,
            claim: Mutex::new(store.claim.clone()),
            renew: Mutex::new(store.renew.clone()),
            complete: Mutex::new(store.complete.clone()),
            release: Mutex::new(store.release.clone()),
        }
    }

    async fn changed<E: Into<Failure>>(
        &self,
        (name, steps): (&str, &Mutex<Steps>),
        key: &str,
        token: u64,
        does: impl Future<Output = Result<bool, E>>,
    ) -> Result<bool, Failure> {
        self.trace.note(name, key, Some(token), "");
        let step = steps.lock().unwrap().next();
        let does = async { does.await.map_err(Into::into) };
        play(step, does, |then| match then {
            Then::IsOurs(given) => given.is_ours,
            other => unreachable!("{other:?} is no answer of {name}"),
        })
        .await
    }
}

impl Store for Scripted {
    type Error = Failure;

    fn lease(&self) -> Duration {
        self.memory.lease()
    }

    async fn claim(&self, key: &str) -> Result<Claim, Failure> {
        self.trace.note("claim", key, None, "");
        let step = self.claim.lock().unwrap().next();
        let does = async { self.memory.claim(key).await.map_err(Into::into) };
        play(step, does, |then| match then {
            Then::Way(Way::Done) => Claim::Done,
            Then::Busy(given) => Claim::Busy {
                retry_after: given.busy.duration(),
            },
            Then::Claimed(given) => Claim::Claimed {
                token: given.claimed,
                seen_before: given.seen_before,
            },
            other => unreachable!("{other:?} is no claim"),
        })
        .await
    }

    async fn renew(&self, key: &str, token: u64) -> Result<bool, Failure> {
        let does = self.memory.renew(key, token);
        self.changed(("renew", &self.renew), key, token, does).await
    }

    async fn complete(&self, key: &str, token: u64) -> Result<bool, Failure> {
        let does = self.memory.complete(key, token);
        self.changed(("complete", &self.complete), key, token, does)
            .await
    }

    async fn release(&self, key: &str, token: u64) -> Result<bool, Failure> {
        let does = self.memory.release(key, token);
        self.changed(("release", &self.release), key, token, does)
            .await
    }
}
