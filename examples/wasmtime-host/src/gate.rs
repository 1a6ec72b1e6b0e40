//! The component in Wasmtime, as a server uses it: compiled once, with an instance from the pool for each request, and limits
//! on its memory and its time.

use std::{path::Path, sync::Arc, thread, time::Duration};

use wasmtime::{
    Config as EngineConfig, Engine, PoolingAllocationConfig, Result, Store,
    component::{Component, Linker, ResourceAny},
    error::Context as _,
};

pub(crate) use self::bindings::exports::docutray::webhook::{
    answers::{Outcome, Response as Answer},
    verifier::{Config, Error, Event, Header, Metadata},
};
use self::bindings::{WebhookVerifier, WebhookVerifierPre};
use crate::budget::{Budget, Share};

mod bindings {
    wasmtime::component::bindgen!({ path: "../../wit", world: "webhook-verifier" });
}

/// The number of requests at once. Others are told to retry. A forged delivery gives its instance back before any of its body
/// is read.
const INSTANCES: u32 = 64;

/// In bytes: how much an instance may hold, and pass in one call. The interface documents this for a body of 16 MiB.
const MEMORY: usize = 256 << 20;

/// How many bytes of an instance's memory, and of each of its tables, the pool keeps mapped for the next instance and clears
/// itself. Most deliveries touch no more. Otherwise the kernel would take back each page and fault it in again, which is much
/// of the cost of a new instance: see `tests/bench/RESULTS.md`.
const RESIDENT: usize = 2 << 20;
const RESIDENT_TABLE: usize = 64 << 10;

/// In bytes: how much all instances may hold together.
const BUDGET: usize = 1 << 30;

/// A call that takes longer than [`TICKS`] of these traps.
const TICK: Duration = Duration::from_millis(100);
const TICKS: u64 = 10;

/// Verifies deliveries.
pub(crate) struct Gate {
    component: WebhookVerifierPre<Share>,
    config: Config,
    budget: Arc<Budget>,
    without_instance: WithoutInstance,
}

/// The answers for when no instance can be called.
struct WithoutInstance {
    overloaded: Answer,
    unavailable: Answer,
}

/// Why there is no event.
pub(crate) enum NoEvent {
    /// The delivery was refused.
    Error(Error),
    /// The request has another outcome.
    Outcome(Outcome),
    /// The component has already returned the answer.
    Answer(Answer),
    /// The component has trapped.
    Trap(wasmtime::Error),
}

impl Gate {
    /// Compiles the component and checks the configuration.
    ///
    /// Compiling takes a moment at the start and is safe. `Component::deserialize` would load the result of an earlier
    /// `Engine::precompile_component` at once, but is unsafe, because it trusts that file like this program.
    pub(crate) fn new(path: &Path, config: Config) -> Result<Self> {
        let engine = engine()?;
        let component = Component::from_file(&engine, path)
            .with_context(|| format!("{}: not a component for this host", path.display()))?;
        // The component imports nothing, so the linker is empty.
        let component = Linker::new(&engine).instantiate_pre(&component)?;
        let component = WebhookVerifierPre::new(component)?;
        let budget = Budget::new(BUDGET);
        let (mut store, instance) = instance(&component, &budget)?;
        let verifiers = instance.docutray_webhook_verifier().verifier();
        verifiers
            .call_constructor(&mut store, &config)?
            .map_err(|error| wasmtime::Error::msg(error.message))?;
        let answers = instance.docutray_webhook_answers();
        let without_instance = WithoutInstance {
            overloaded: answers.call_answer(&mut store, &Outcome::Overloaded)?,
            unavailable: answers.call_answer(&mut store, &Outcome::VerifierUnavailable)?,
        };
        thread::spawn(move || {
            loop {
                thread::sleep(TICK);
                engine.increment_epoch();
            }
        });
        Ok(Self {
            component,
            config,
            budget,
            without_instance,
        })
    }

    /// Returns an instance for a request, or the answer if there is none. The pool makes one in microseconds. Requests share
    /// no state, so none waits for another and a trap ends only one.
    pub(crate) fn open(&self) -> Result<Delivery<'_>, Answer> {
        let (store, component) = instance(&self.component, &self.budget).map_err(|error| {
            eprintln!("no instance for a request: {error:#}");
            self.without_instance.overloaded.clone()
        })?;
        Ok(Delivery {
            gate: self,
            store,
            component,
            check: None,
        })
    }
}

/// A request that is being verified in its own instance.
pub(crate) struct Delivery<'gate> {
    gate: &'gate Gate,
    store: Store<Share>,
    component: WebhookVerifier,
    /// Present once the headers have passed.
    check: Option<ResourceAny>,
}

impl Delivery<'_> {
    /// Checks method and media type, then the headers, and begins the check of the body.
    pub(crate) fn begin(
        &mut self,
        method: &str,
        headers: &[Header],
        now: u64,
    ) -> Result<(), NoEvent> {
        let (store, component) = (&mut self.store, &self.component);
        let answers = component.docutray_webhook_answers();
        answers
            .call_admit(&mut *store, method, headers)?
            .map_err(NoEvent::Answer)?;
        let verifiers = component.docutray_webhook_verifier().verifier();
        let verifier = verifiers.call_constructor(&mut *store, &self.gate.config)??;
        self.check = Some(verifiers.call_begin(&mut *store, verifier, headers, now)??);
        Ok(())
    }

    /// Announces the body's length in bytes, so that a body that is too long is refused before it arrives.
    pub(crate) fn expect_length(&mut self, bytes: u64) -> Result<(), NoEvent> {
        let check = self.check()?;
        let checks = self.component.docutray_webhook_verifier().body_check();
        Ok(checks.call_expect_length(&mut self.store, check, bytes)??)
    }

    /// Passes the next bytes of the body.
    pub(crate) fn update(&mut self, chunk: &[u8]) -> Result<(), NoEvent> {
        let check = self.check()?;
        self.store.set_epoch_deadline(TICKS);
        let checks = self.component.docutray_webhook_verifier().body_check();
        Ok(checks.call_update(&mut self.store, check, chunk)??)
    }

    /// Ends the body and returns the event.
    pub(crate) fn finish(&mut self) -> Result<Event, NoEvent> {
        let check = self.check()?;
        self.store.set_epoch_deadline(TICKS);
        let checks = self.component.docutray_webhook_verifier().body_check();
        Ok(checks.call_finish(&mut self.store, check)??)
    }

    /// Returns the answer for the sender. Logs more for the operator, on standard error.
    pub(crate) fn refuse(mut self, no_event: NoEvent) -> Answer {
        let outcome = match no_event {
            NoEvent::Answer(answer) => return answer,
            NoEvent::Trap(trap) => return self.trapped(&trap),
            NoEvent::Outcome(outcome) => outcome,
            NoEvent::Error(error) => {
                eprintln!("a delivery was refused: {}", error.message);
                Outcome::Refused(error)
            }
        };
        self.store.set_epoch_deadline(TICKS);
        let answers = self.component.docutray_webhook_answers();
        let answer = answers.call_answer(&mut self.store, &outcome);
        answer.unwrap_or_else(|trap| self.trapped(&trap))
    }

    /// Logs a trap. The instance cannot be called any more.
    fn trapped(self, trap: &wasmtime::Error) -> Answer {
        if self.store.data().is_refused() {
            eprintln!("all instances together hold {BUDGET} bytes: a delivery was answered 503");
            return self.gate.without_instance.overloaded.clone();
        }
        eprintln!("the component has trapped: {trap:?}");
        self.gate.without_instance.unavailable.clone()
    }

    fn check(&self) -> Result<ResourceAny> {
        self.check.context("the headers have not passed")
    }
}

fn instance(
    component: &WebhookVerifierPre<Share>,
    budget: &Arc<Budget>,
) -> Result<(Store<Share>, WebhookVerifier)> {
    let mut store = Store::new(component.engine(), Share::of(budget));
    store.limiter(|share| share);
    store.set_epoch_deadline(TICKS);
    store.set_hostcall_fuel(MEMORY);
    let component = component.instantiate(&mut store)?;
    Ok((store, component))
}

fn engine() -> Result<Engine> {
    let mut pool = PoolingAllocationConfig::new();
    // The default number of core instances and tables is enough.
    pool.total_component_instances(INSTANCES)
        .total_memories(INSTANCES)
        .max_memory_size(MEMORY)
        .linear_memory_keep_resident(RESIDENT)
        .table_keep_resident(RESIDENT_TABLE);
    let mut config = EngineConfig::new();
    config
        .allocation_strategy(pool)
        .epoch_interruption(true)
        // Nothing in the component is asynchronous. With concurrency support, using a wrong handle would end the instance.
        .concurrency_support(false);
    Engine::new(&config)
}

impl From<Error> for NoEvent {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<wasmtime::Error> for NoEvent {
    fn from(trap: wasmtime::Error) -> Self {
        Self::Trap(trap)
    }
}
