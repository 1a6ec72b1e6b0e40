//! The order of a delivery through the receiver: admitted, verified, claimed, processed, answered.

use super::{
    claims::{self, Claimed},
    log::{Log, OnDelivery},
    process::{Inner, process},
    reply::{Reply, retry_after},
    verifiers::Verifiers,
};
use crate::{
    answer::Outcome,
    arrival::{self, BodyBudget, Explanations, NoEvent, Refusals, Share},
    error::BoxError,
    event::{Event, Unfit},
    idempotency::{Claim, SharedStore},
};
use core::sync::atomic::{AtomicBool, Ordering};
use http::{Request, request::Parts};
use http_body::Body;
use std::{
    boxed::Box,
    fmt,
    pin::{Pin, pin},
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::oneshot,
    time::{Instant, timeout_at},
};
use tracing::Instrument as _;

pub(crate) type OnUnfit =
    Arc<dyn Fn(Unfit) -> Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send>> + Send + Sync>;

#[derive(Clone)]
pub(crate) struct Receiver {
    pub(crate) verifiers: Verifiers,
    pub(crate) store: SharedStore,
    pub(crate) deadline: Duration,
    pub(crate) budget: Arc<BodyBudget>,
    pub(crate) refusals: Arc<Refusals>,
    pub(crate) explanations: Arc<Explanations>,
    pub(crate) on_unfit: Option<OnUnfit>,
    pub(crate) on_delivery: Option<OnDelivery>,
}

impl Receiver {
    /// Never fails: every failure has its answer.
    pub(crate) async fn receive<S, RequestBody, B>(
        self: Arc<Self>,
        service: S,
        request: Request<RequestBody>,
    ) -> Reply<B>
    where
        S: Inner<B>,
        RequestBody: Body<Error: Into<BoxError>>,
        B: Send + 'static,
    {
        let deadline = Instant::now() + self.deadline;
        let mut log = Log::start(self.on_delivery.clone(), Arc::clone(&self.refusals));
        let (head, body) = request.into_parts();
        let arrived = self.arrive(&head, body, deadline, &mut log).await;
        match &arrived {
            Ok(event) => log.event(event),
            Err(no_event) => log.no_event(no_event),
        }
        let (sender, answer) = oneshot::channel();
        let pending = Pending {
            deadline,
            log,
            sender,
        };
        match (arrived, self.on_unfit.clone()) {
            (Ok(event), _) => detach(self.once(service, head, event, pending)),
            (Err(NoEvent::Unfit(unfit)), Some(on_unfit)) => {
                detach(self.keep(on_unfit, *unfit, pending));
            }
            (Err(no_event), _) => pending.answer(no_event.outcome().into()),
        }
        // The task ended without an answer: its runtime shut down, or the store's `lease` panicked.
        answer
            .await
            .unwrap_or_else(|_| Outcome::HandlerFailed.into())
    }

    async fn arrive(
        &self,
        head: &Parts,
        body: impl Body<Error: Into<BoxError>>,
        deadline: Instant,
        log: &mut Log,
    ) -> Result<Event, NoEvent> {
        let verifier = self.verifiers.of(head, deadline).await?;
        let share = Share::of(Arc::clone(&self.budget));
        let check = match arrival::begin(&verifier, head) {
            Err(NoEvent::Refused(error)) => {
                let explanations = &self.explanations;
                let explained = explanations.of(error, &verifier, share, head, body, deadline);
                return Err(explained.await.into());
            }
            begun => begun?,
        };
        log.begun(check.delivery());
        arrival::read(check, share, head, body, deadline).await
    }

    /// Processes an event, unless it was processed before or is being processed.
    async fn once<S: Inner<B>, B: Send + 'static>(
        self: Arc<Self>,
        service: S,
        head: Parts,
        event: Event,
        mut pending: Pending<B>,
    ) {
        let claimed = match self.claim(&event, &mut pending).await {
            Ok(claimed) => claimed,
            Err(outcome) => return pending.answer(outcome.into()),
        };
        let is_handled = Arc::new(AtomicBool::new(false));
        let processing = process(service, head, event, claimed, &is_handled);
        let so_far = || match is_handled.load(Ordering::Relaxed) {
            true => Outcome::Processed,
            false => self.late(),
        };
        pending.answer_by_deadline(processing, so_far).await;
    }

    /// Claims an event, or returns why it is not to be processed now.
    async fn claim<B>(
        &self,
        event: &Event,
        Pending { deadline, log, .. }: &mut Pending<B>,
    ) -> Result<Claimed, Outcome<'static>> {
        let key: Arc<str> = event.key().into();
        match claims::claim(&self.store, &key, *deadline).await {
            Ok(Claim::Claimed { token, seen_before }) => {
                log.seen_before(seen_before);
                let store = Arc::clone(&self.store);
                Ok(Claimed {
                    store,
                    key,
                    token,
                    seen_before,
                })
            }
            Ok(Claim::Busy { retry_after: left }) => {
                log.seen_before(true);
                let retry_after = retry_after(left);
                Err(Outcome::Busy { retry_after })
            }
            Ok(Claim::Done) => {
                log.seen_before(true);
                Err(Outcome::Duplicate)
            }
            Err(error) => {
                let (error, key) = (&*error, &*key);
                tracing::error!(error, key, "the idempotency store could not claim an event");
                Err(Outcome::StoreUnavailable)
            }
        }
    }

    /// Passes a delivery that does not fit to `on_unfit`.
    async fn keep<B>(self: Arc<Self>, on_unfit: OnUnfit, unfit: Unfit, pending: Pending<B>) {
        let (error, delivery) = (unfit.error.clone(), unfit.delivery.clone());
        // A separate task, so that a panic ends only this one.
        let keeping = tokio::spawn(async move { on_unfit(unfit).await }.in_current_span());
        let kept = async move {
            match keeping.await.unwrap_or_else(|panic| Err(panic.into())) {
                Ok(()) => Outcome::Kept(error.code()).into(),
                Err(failure) => {
                    let request_id = delivery.request_id();
                    tracing::error!(error = &*failure, request_id, "on_unfit failed");
                    Outcome::from(error).into()
                }
            }
        };
        pending.answer_by_deadline(kept, || self.late()).await;
    }

    fn late(&self) -> Outcome<'static> {
        let retry_after = retry_after(self.store.lease());
        Outcome::Late { retry_after }
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("verifiers", &self.verifiers)
            .field("lease", &self.store.lease())
            .field("deadline", &self.deadline)
            .field("body_budget", &self.budget.bytes())
            .field("on_unfit", &self.on_unfit.is_some())
            .field("on_delivery", &self.on_delivery.is_some())
            .finish()
    }
}

/// A request that waits for its answer until the deadline.
struct Pending<B> {
    deadline: Instant,
    log: Log,
    sender: oneshot::Sender<Reply<B>>,
}

impl<B> Pending<B> {
    fn answer(self, reply: Reply<B>) {
        self.log.end(&reply);
        // Sending fails if the sender has disconnected. Its retry gets an answer of its own.
        let _ = self.sender.send(reply);
    }

    /// Answers with the result of the work, or at the deadline with `so_far`. The work continues to its end either way.
    async fn answer_by_deadline(
        self,
        work: impl Future<Output = Reply<B>>,
        so_far: impl FnOnce() -> Outcome<'static>,
    ) {
        let mut work = pin!(work);
        match timeout_at(self.deadline, &mut work).await {
            Ok(reply) => self.answer(reply),
            Err(_) => {
                self.answer(so_far().into());
                work.await;
            }
        }
    }
}

/// Runs the work in a task that continues when the request is dropped.
fn detach(work: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(work.in_current_span());
}
