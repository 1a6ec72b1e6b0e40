use super::claims::Claimed;
use crate::limits::tuning::RENEWALS;
use core::{
    future,
    sync::atomic::{AtomicBool, Ordering},
};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::watch,
    task::AbortHandle,
    time::{Instant, MissedTickBehavior, interval_at},
};
use tracing::Instrument as _;

/// The shortest time that a timer can wait.
const TICK: Duration = Duration::from_millis(1);

/// The lease under which an event is processed, in the extensions of its request. It is renewed until the service has
/// finished and the store has recorded that.
#[derive(Clone, Debug)]
pub struct Lease {
    token: u64,
    seen_before: bool,
    lost: watch::Receiver<bool>,
}

impl Lease {
    /// Returns the fencing token of this claim. Of two claims of one event the later has the greater token. If the service
    /// writes it to its database, the database can refuse a worker whose lease has ended.
    #[must_use]
    pub const fn token(&self) -> u64 {
        self.token
    }

    /// Returns whether the event was claimed before: processing it failed, or its worker crashed.
    #[must_use]
    pub const fn seen_before(&self) -> bool {
        self.seen_before
    }

    /// Completes when the lease could not be renewed and another worker has the event. The service must then stop and
    /// commit nothing. Otherwise it never completes, even after the service has finished, so use it in a `select!`.
    pub async fn lost(&self) {
        let mut lost = self.lost.clone();
        // The error means that renewal ended while the event was still ours.
        if lost.wait_for(|lost| *lost).await.is_err() {
            future::pending::<()>().await;
        }
    }
}

/// Renews a lease until it is dropped.
pub(crate) struct Renewal(AbortHandle);

/// Renews the lease of a claim after every third of it. Reports a lost lease, unless the event has been handled.
pub(crate) fn start(claimed: &Claimed, is_handled: &Arc<AtomicBool>) -> (Lease, Renewal) {
    let (sender, lost) = watch::channel(false);
    let is_handled = Arc::clone(is_handled);
    let renewing = renew(claimed.clone(), sender, is_handled).in_current_span();
    let renewal = Renewal(tokio::spawn(renewing).abort_handle());
    let lease = Lease {
        token: claimed.token,
        seen_before: claimed.seen_before,
        lost,
    };
    (lease, renewal)
}

async fn renew(claimed: Claimed, lost: watch::Sender<bool>, is_handled: Arc<AtomicBool>) {
    let third = TICK.max(claimed.store.lease() / RENEWALS);
    let mut ticks = interval_at(Instant::now() + third, third);
    // If a renewal takes longer than the interval, the next one follows at once.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        ticks.tick().await;
        if !claimed.renew().await {
            // A completed claim cannot be renewed either, but nobody else has that event.
            if !is_handled.load(Ordering::Relaxed) {
                let _ = lost.send(true);
            }
            return;
        }
    }
}

impl Drop for Renewal {
    fn drop(&mut self) {
        self.0.abort();
    }
}
