//! The store, asked with patience and not for ever.

use crate::{
    error::BoxError,
    idempotency::{Claim, SharedStore},
    limits::{FIRST_PAUSE, LEAST_CLAIM_WAIT, LONGEST_PAUSE, STORE_WAIT},
};
use core::{future::poll_fn, pin::pin, task::Poll};
use std::{
    fmt,
    panic::{self, AssertUnwindSafe},
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::oneshot,
    time::{Instant, sleep, timeout},
};
use tracing::Instrument as _;

/// A claim of ours.
#[derive(Clone)]
pub(crate) struct Claimed {
    pub(crate) store: SharedStore,
    pub(crate) key: Arc<str>,
    pub(crate) token: u64,
    pub(crate) seen_before: bool,
}

/// Asks for an event, of which Docutray waits for the answer until the deadline.
pub(crate) async fn claim(
    store: &SharedStore,
    key: &Arc<str>,
    deadline: Instant,
) -> Result<Claim, BoxError> {
    let (sender, mut answer) = oneshot::channel();
    let (store, key) = (Arc::clone(store), Arc::clone(key));
    let asking = async move {
        let claim = caught(store.claim(&key)).await;
        // The answer came too late: nobody would process the event until this lease ends.
        if let Err(Ok(Claim::Claimed { token, seen_before })) = sender.send(claim) {
            let claimed = Claimed {
                store,
                key,
                token,
                seen_before,
            };
            claimed.release().await;
        }
    };
    tokio::spawn(asking.in_current_span());
    let now = Instant::now();
    let patience = (deadline - now).clamp(LEAST_CLAIM_WAIT, STORE_WAIT);
    if let Ok(answer) = timeout(patience, &mut answer).await {
        return answer?;
    }
    // What came just now is ours yet; what comes later is given back.
    answer.close();
    answer
        .try_recv()
        .unwrap_or_else(|_| Err(NoAnswer(patience).into()))
}

impl Claimed {
    /// Renews the lease, and says whether the event is still ours. A store that is away takes nothing from anybody.
    pub(crate) async fn renew(&self) -> bool {
        let renewed = answered(self.store.renew(&self.key, self.token)).await;
        renewed.unwrap_or_else(|error| {
            let key = &*self.key;
            tracing::error!(
                error = &*error,
                key,
                "the idempotency store could not renew a lease"
            );
            true
        })
    }

    /// Says that the event was processed, for as long as a lease lasts if the store is away: what is not recorded is
    /// processed again. `false` where the event is another's by now.
    pub(crate) async fn complete(&self) -> bool {
        let (start, lease) = (Instant::now(), self.store.lease());
        let mut pause = FIRST_PAUSE;
        loop {
            match answered(self.store.complete(&self.key, self.token)).await {
                Ok(is_ours) => return is_ours,
                Err(error) if start.elapsed() + pause >= lease => {
                    let key = &*self.key;
                    tracing::error!(
                        error = &*error,
                        key,
                        "an event was processed, but the idempotency store could not record it: a repetition is \
                         processed again"
                    );
                    return true;
                }
                Err(_) => sleep(pause).await,
            }
            pause = LONGEST_PAUSE.min(2 * pause);
        }
    }

    /// Gives the event back; if that fails, the lease ends by itself.
    pub(crate) async fn release(&self) {
        if let Err(error) = answered(self.store.release(&self.key, self.token)).await {
            let key = &*self.key;
            tracing::error!(
                error = &*error,
                key,
                "the idempotency store could not release an event, which stays claimed until its lease ends"
            );
        }
    }
}

async fn answered(call: impl Future<Output = Result<bool, BoxError>>) -> Result<bool, BoxError> {
    timeout(STORE_WAIT, caught(call))
        .await
        .map_err(|_| NoAnswer(STORE_WAIT))?
}

/// A panic of the store is an error like any other: nothing of ours ends by it, the renewals of a lease least of all.
async fn caught<T>(call: impl Future<Output = Result<T, BoxError>>) -> Result<T, BoxError> {
    let mut call = pin!(call);
    poll_fn(|context| {
        let poll = AssertUnwindSafe(|| call.as_mut().poll(context));
        panic::catch_unwind(poll).unwrap_or_else(|_| Poll::Ready(Err(Panicked.into())))
    })
    .await
}

#[derive(Debug)]
struct NoAnswer(Duration);

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the idempotency store did not answer within {} s: see whether its server can be reached",
            self.0.as_secs_f64()
        )
    }
}

impl std::error::Error for NoAnswer {}

#[derive(Debug)]
struct Panicked;

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the idempotency store panicked: what it said stands before this")
    }
}

impl std::error::Error for Panicked {}
