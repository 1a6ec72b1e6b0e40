//! The component in Wasmtime, as a server holds it: compiled once, an instance from
//! the pool for each delivery, limits on its memory and its time.

use std::{path::Path, thread, time::Duration};

use wasmtime::{
    Config as EngineConfig, Engine, PoolingAllocationConfig, Result, Store,
    component::{Component, Linker, ResourceAny},
    error::Context as _,
};

pub(crate) use self::bindings::exports::docutray::webhook::verifier::{
    Config, Error, ErrorCode, Event, EventKind, Header,
};
use self::bindings::{WebhookVerifier, WebhookVerifierPre};
use crate::answer::Refusal;

mod bindings {
    wasmtime::component::bindgen!({ path: "../../wit", world: "webhook-verifier" });
}

/// Deliveries under way at once; one more is told to come back. A forged delivery gives
/// its instance back before any of its body is read.
const INSTANCES: u32 = 64;

/// What an instance may hold, and hand over in a call: a body of 16 MiB, the default limit,
/// many times over.
const MEMORY: usize = 256 << 20;

/// A call that takes longer than [`TICKS`] of these traps.
const TICK: Duration = Duration::from_millis(100);
const TICKS: u64 = 10;

/// Verifies deliveries.
pub(crate) struct Gate {
    component: WebhookVerifierPre<()>,
    config: Config,
}

impl Gate {
    /// Compiles the component, and tries the configuration.
    ///
    /// Compiling at the start takes a moment and is safe. `Component::deserialize` would
    /// load at once what `Engine::precompile_component` made before, but is unsafe: it
    /// trusts that file as it trusts this program.
    pub(crate) fn new(path: &Path, config: Config) -> Result<Self> {
        let engine = engine()?;
        let component = Component::from_file(&engine, path)
            .with_context(|| format!("{}: not a component for this host", path.display()))?;
        // Nothing is linked, for the component imports nothing.
        let component = Linker::new(&engine).instantiate_pre(&component)?;
        let gate = Self {
            component: WebhookVerifierPre::new(component)?,
            config,
        };
        let (mut store, component) = gate.instance()?;
        component
            .docutray_webhook_verifier()
            .verifier()
            .call_constructor(&mut store, &gate.config)?
            .map_err(|error| wasmtime::Error::msg(error.message))?;
        thread::spawn(move || {
            loop {
                thread::sleep(TICK);
                engine.increment_epoch();
            }
        });
        Ok(gate)
    }

    /// Judges the headers; the body goes into what comes back.
    pub(crate) fn begin(&self, headers: &[Header], now: u64) -> Result<Check, Refusal> {
        let (mut store, component) = self.instance()?;
        let verifiers = component.docutray_webhook_verifier().verifier();
        let verifier = verifiers.call_constructor(&mut store, &self.config)??;
        let check = verifiers.call_begin(&mut store, verifier, headers, now)??;
        Ok(Check {
            store,
            component,
            check,
        })
    }

    /// A fresh instance for each delivery. The pool makes one in microseconds, and nothing
    /// of one delivery is left for the next: none waits for another, and a trap ends one
    /// request alone.
    fn instance(&self) -> Result<(Store<()>, WebhookVerifier)> {
        let mut store = Store::new(self.component.engine(), ());
        store.set_epoch_deadline(TICKS);
        store.set_hostcall_fuel(MEMORY);
        let component = self.component.instantiate(&mut store)?;
        Ok((store, component))
    }
}

/// A delivery whose headers have passed.
pub(crate) struct Check {
    store: Store<()>,
    component: WebhookVerifier,
    check: ResourceAny,
}

impl Check {
    /// The next bytes of the body.
    pub(crate) fn update(&mut self, chunk: &[u8]) -> Result<(), Refusal> {
        self.store.set_epoch_deadline(TICKS);
        let check = self.component.docutray_webhook_verifier().body_check();
        Ok(check.call_update(&mut self.store, self.check, chunk)??)
    }

    /// The end of the body.
    pub(crate) fn finish(mut self) -> Result<Event, Refusal> {
        self.store.set_epoch_deadline(TICKS);
        let check = self.component.docutray_webhook_verifier().body_check();
        Ok(check.call_finish(&mut self.store, self.check)??)
    }
}

fn engine() -> Result<Engine> {
    let mut pool = PoolingAllocationConfig::new();
    // Of core instances and tables, of which one of ours has some, the default is plenty.
    pool.total_component_instances(INSTANCES)
        .total_memories(INSTANCES)
        .max_memory_size(MEMORY);
    let mut config = EngineConfig::new();
    config.allocation_strategy(pool).epoch_interruption(true);
    Engine::new(&config)
}
