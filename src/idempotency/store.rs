use std::{boxed::Box, error::Error, sync::Arc, time::Duration};

/// A store's answer to a worker that wants to process an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The worker may process the event until the lease ends.
    Claimed {
        /// The fencing token. Of two claims of one key the later has the greater token. A database that stores the
        /// greatest token can refuse writes of a worker whose lease has ended. At most 2<sup>53</sup> - 1.
        token: u64,
        /// Whether the event was claimed before and not completed.
        seen_before: bool,
    },
    /// Another worker is processing the event.
    Busy {
        /// The time until that worker's lease ends, unless it is renewed.
        retry_after: Duration,
    },
    /// The event was processed.
    Done,
}

/// Remembers which worker processes an event, and which events were processed.
///
/// A method that changes a claim takes its token. It returns `false` if the claim is no longer this worker's, because its
/// lease ended and another worker claimed the event. A claim whose lease has ended stays its worker's until another worker
/// claims the event. [`complete`](Self::complete) and [`release`](Self::release) end the claim.
///
/// Every method may fail when the store is unavailable, and a panic counts as such a failure. The layer waits 5 s for each
/// call and then drops its future. Only the future of `claim` is awaited to its end, because a late claim must be released:
/// limit its time yourself. Implementations can write `async fn`:
///
/// ```
/// use docutray_webhook::idempotency::{Claim, Store};
/// use std::time::Duration;
/// # struct Database;
/// # impl Database {
/// #     async fn call(&self, _: &str, _: &str, _: u64) -> Result<i64, std::io::Error> { Ok(1) }
/// # }
///
/// struct Procedures(Database);
///
/// impl Store for Procedures {
///     type Error = std::io::Error;
///
///     fn lease(&self) -> Duration {
///         Duration::from_secs(60)
///     }
///
///     async fn claim(&self, key: &str) -> Result<Claim, Self::Error> {
///         let token = self.0.call("claim", key, 0).await?;
///         Ok(Claim::Claimed { token: token.unsigned_abs(), seen_before: false })
///     }
///
///     async fn renew(&self, key: &str, token: u64) -> Result<bool, Self::Error> {
///         Ok(self.0.call("renew", key, token).await? == 1)
///     }
///
///     async fn complete(&self, key: &str, token: u64) -> Result<bool, Self::Error> {
///         Ok(self.0.call("complete", key, token).await? == 1)
///     }
///
///     async fn release(&self, key: &str, token: u64) -> Result<bool, Self::Error> {
///         Ok(self.0.call("release", key, token).await? == 1)
///     }
/// }
/// ```
pub trait Store: Send + Sync + 'static {
    /// The error of a call that failed.
    type Error: Into<Box<dyn Error + Send + Sync>>;

    /// Returns how long a claim holds unless it is renewed. The layer renews it after every third of that time, but at most
    /// once in a millisecond. For as long it also repeats a [`complete`](Self::complete) that fails.
    ///
    /// It should be above 0 and at most an hour, as [`Memory::with_lease`](super::Memory::with_lease) requires. The layer accepts
    /// any. With 0 a claim has ended as soon as it begins, so several workers may process an event at the same time. A worker that
    /// crashed keeps its event from the others for the whole lease, and Docutray retries for only 4,890 s.
    fn lease(&self) -> Duration;

    /// Claims an event by its key, which may be any text of any length: hash it where your store limits keys. An event that was
    /// released, or whose lease has ended, is claimed again with a greater token.
    fn claim(&self, key: &str) -> impl Future<Output = Result<Claim, Self::Error>> + Send;

    /// Restarts the lease.
    fn renew(
        &self,
        key: &str,
        token: u64,
    ) -> impl Future<Output = Result<bool, Self::Error>> + Send;

    /// Records that the event was processed. From then on claims return [`Done`](Claim::Done), for at least the 4,890 s in
    /// which Docutray retries. A second call with the same token returns `true` again, since the first answer may have
    /// been lost.
    fn complete(
        &self,
        key: &str,
        token: u64,
    ) -> impl Future<Output = Result<bool, Self::Error>> + Send;

    /// Records that the event was not processed. The next claim gets it.
    fn release(
        &self,
        key: &str,
        token: u64,
    ) -> impl Future<Output = Result<bool, Self::Error>> + Send;
}

/// Lets several layers share a store.
impl<S: Store> Store for Arc<S> {
    type Error = S::Error;

    fn lease(&self) -> Duration {
        S::lease(self)
    }

    async fn claim(&self, key: &str) -> Result<Claim, Self::Error> {
        S::claim(self, key).await
    }

    async fn renew(&self, key: &str, token: u64) -> Result<bool, Self::Error> {
        S::renew(self, key, token).await
    }

    async fn complete(&self, key: &str, token: u64) -> Result<bool, Self::Error> {
        S::complete(self, key, token).await
    }

    async fn release(&self, key: &str, token: u64) -> Result<bool, Self::Error> {
        S::release(self, key, token).await
    }
}
