//! Calls the store, with a time limit for each call.

use crate::{
    error::BoxError,
    idempotency::{Claim, SharedStore},
    limits::tuning::{FIRST_PAUSE, LEAST_CLAIM_WAIT, LONGEST_PAUSE, STORE_WAIT},
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

/// A claim that this receiver holds.
#[derive(Clone)]
pub(crate) struct Claimed {
    pub(crate) store: SharedStore,
    pub(crate) key: Arc<str>,
    pub(crate) token: u64,
    pub(crate) seen_before: bool,
}

/// Claims an event. Waits for the store's answer until the deadline.
pub(crate) async fn claim(
    store: &SharedStore,
    key: &Arc<str>,
    deadline: Instant,
) -> Result<Claim, BoxError> {
    let (sender, mut answer) = oneshot::channel();
    let (store, key) = (Arc::clone(store), Arc::clone(key));
    let asking = async move {
        let claim = caught(store.claim(&key)).await;
        // The receiver waits no longer. Unless the claim is released, nobody can process the event until the lease ends.
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
    // An answer that arrived just now is used. A claim that arrives later is released.
    answer.close();
    answer
        .try_recv()
        .unwrap_or_else(|_| Err(NoAnswer(patience).into()))
}

impl Claimed {
    /// Renews the lease and returns whether the event is still ours. If the store fails, it may still be.
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

    /// Records that the event was processed. If the store fails, it tries again for the length of a lease; an event that is
    /// not recorded is processed again. Returns `false` if another worker has the event.
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
                        "an event was processed, but the idempotency store could not record it: if it is \
                         delivered again, it is processed again"
                    );
                    return true;
                }
                Err(_) => sleep(pause).await,
            }
            pause = LONGEST_PAUSE.min(2 * pause);
        }
    }

    /// Releases the event. If that fails, the lease ends by itself.
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

/// Turns a panic of the store into an error, so that it does not end our tasks, such as the renewal of a lease.
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
        f.write_str("the idempotency store panicked: its panic message was printed before this")
    }
}

impl std::error::Error for Panicked {}
