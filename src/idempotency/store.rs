use std::{boxed::Box, error::Error, sync::Arc, time::Duration};

/// What a worker gets for an event that it wants to process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The event is this worker's until the lease ends.
    Claimed {
        /// The fencing token: of two claims of one key the later has the greater, so a database that remembers the
        /// greatest can refuse a worker whose lease has ended. At most 2<sup>53</sup> - 1.
        token: u64,
        /// The event was claimed before, and not completed.
        seen_before: bool,
    },
    /// Another worker has it.
    Busy {
        /// When that worker's lease ends, if it is not renewed.
        retry_after: Duration,
    },
    /// It was processed.
    Done,
}

/// Remembers who processes an event, and what was processed.
///
/// A method that changes a claim takes its token, and gives `false` where the claim is no longer this worker's: its lease
/// had ended and another worker has it, or had it. A lease that has ended but that nobody else has taken is still its
/// worker's. After [`complete`](Self::complete) or [`release`](Self::release) the claim is nobody's.
///
/// Every method may fail when the store is away, and a panic is such a failure; the layer gives each 5 s. It drops the
/// future of one that takes longer, but that of a claim it awaits to its end, since what was claimed after all has to be
/// released: give it a limit of its own. Implementations write `async fn`:
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
    /// Why the store is away.
    type Error: Into<Box<dyn Error + Send + Sync>>;

    /// How long a claim holds unless it is renewed; the layer renews it every third of that.
    fn lease(&self) -> Duration;

    /// Asks for an event, by its key: any text. An event that was released, or whose lease has ended, is claimed anew,
    /// with a greater token.
    fn claim(&self, key: &str) -> impl Future<Output = Result<Claim, Self::Error>> + Send;

    /// Starts the lease again.
    fn renew(
        &self,
        key: &str,
        token: u64,
    ) -> impl Future<Output = Result<bool, Self::Error>> + Send;

    /// The event was processed: from now on it is [`Done`](Claim::Done), for at least the 4,890 s in which Docutray
    /// sends it again. With the token of the claim that was completed it gives `true` once more, since an answer that
    /// was lost is asked for again.
    fn complete(
        &self,
        key: &str,
        token: u64,
    ) -> impl Future<Output = Result<bool, Self::Error>> + Send;

    /// The event was not processed: the next claim gets it.
    fn release(
        &self,
        key: &str,
        token: u64,
    ) -> impl Future<Output = Result<bool, Self::Error>> + Send;
}

/// A store that several layers share.
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
