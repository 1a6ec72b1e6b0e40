//! An instance of the component and the interface's functions on it.

use std::fmt;

use wasmtime::{
    Result, Store, StoreLimits, StoreLimitsBuilder,
    component::{Component, Linker, ResourceAny},
};

use crate::{
    bindings::{WebhookVerifier, exports::docutray::webhook::verifier::Guest},
    wit::{Config, Delivery, Error, Event, Header},
};

/// What a call gives: a trap, or the component's own answer.
pub type Answer<T> = Result<std::result::Result<T, Error>>;

/// What an instance may hold, and what it may hand over in a call, in bytes: a body of the
/// default limit, many times over. A component that loses memory does not get far with it.
const MEMORY: usize = 256 << 20;

/// An instance and its store.
pub struct Instance {
    store: Store<StoreLimits>,
    component: WebhookVerifier,
}

impl Instance {
    /// Instantiates `component`, with nothing linked.
    ///
    /// # Errors
    /// If the component imports something, or exports another world.
    pub fn new(component: &Component) -> Result<Self> {
        let engine = component.engine();
        let limits = StoreLimitsBuilder::new().memory_size(MEMORY).build();
        let mut store = Store::new(engine, limits);
        store.limiter(|limits| limits);
        store.set_hostcall_fuel(MEMORY);
        if engine.get_consume_fuel() {
            store.set_fuel(u64::MAX)?;
        }
        let linker = Linker::new(engine);
        let component = WebhookVerifier::instantiate(&mut store, component, &linker)?;
        Ok(Self { store, component })
    }

    /// The constructor.
    ///
    /// # Errors
    /// If the component traps.
    pub fn verifier(&mut self, config: &Config) -> Answer<ResourceAny> {
        let (store, interface) = self.parts();
        interface.verifier().call_constructor(store, config)
    }

    /// `verifier.verify`
    ///
    /// # Errors
    /// If the component traps.
    pub fn verify(
        &mut self,
        verifier: ResourceAny,
        headers: &[Header],
        body: &[u8],
        now: u64,
    ) -> Answer<Event> {
        let (store, interface) = self.parts();
        interface
            .verifier()
            .call_verify(store, verifier, headers, body, now)
    }

    /// `verifier.authorize`
    ///
    /// # Errors
    /// If the component traps.
    pub fn authorize(
        &mut self,
        verifier: ResourceAny,
        headers: &[Header],
        now: u64,
    ) -> Answer<Delivery> {
        let (store, interface) = self.parts();
        interface
            .verifier()
            .call_authorize(store, verifier, headers, now)
    }

    /// `verifier.begin`, `body-check.update` for each chunk up to an error, and `body-check.finish`.
    ///
    /// # Errors
    /// If the component traps.
    pub fn stream<'a>(
        &mut self,
        verifier: ResourceAny,
        headers: &[Header],
        chunks: impl IntoIterator<Item = &'a [u8]>,
        now: u64,
    ) -> Answer<Event> {
        let (store, interface) = self.parts();
        let begun = interface
            .verifier()
            .call_begin(&mut *store, verifier, headers, now)?;
        let check = match begun {
            Ok(check) => check,
            Err(error) => return Ok(Err(error)),
        };
        for chunk in chunks {
            let taken = interface
                .body_check()
                .call_update(&mut *store, check, chunk)?;
            if let Err(error) = taken {
                check.resource_drop(&mut *store)?;
                return Ok(Err(error));
            }
        }
        interface.body_check().call_finish(store, check)
    }

    /// The fuel that `call` uses, on an engine that counts it.
    ///
    /// # Errors
    /// If the engine does not, or the component traps.
    pub fn fuel_of<T>(&mut self, call: impl FnOnce(&mut Self) -> Result<T>) -> Result<(T, u64)> {
        let before = self.store.get_fuel()?;
        let result = call(self)?;
        Ok((result, before - self.store.get_fuel()?))
    }

    fn parts(&mut self) -> (&mut Store<StoreLimits>, &Guest) {
        let interface = self.component.docutray_webhook_verifier();
        (&mut self.store, interface)
    }
}

impl fmt::Debug for Instance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Instance").finish_non_exhaustive()
    }
}
