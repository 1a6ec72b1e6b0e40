//! An instance of the component and the interface's functions on it.

use std::{fmt, result};

use wasmtime::{
    Result, Store, StoreLimits, StoreLimitsBuilder,
    component::{Component, Linker, ResourceAny},
};

use crate::{
    answers::{Outcome, Response},
    bindings::{WebhookVerifier, WebhookVerifierPre, exports::docutray::webhook::verifier::Guest},
    wit::{Config, Delivery, Error, Event, Header, Rejection},
};

/// What a call returns: a trap, or what the component returns.
pub type Returned<T, E = Error> = Result<result::Result<T, E>>;

/// What an instance may hold, and what it may hand over in a call, in bytes: the room that the WIT tells a host to leave
/// for a body of the default limit. A component that loses memory does not get far with it.
const MEMORY: usize = 256 << 20;

/// A component of which instances are made: what can be done once for all of them is done.
pub struct Prepared(WebhookVerifierPre<StoreLimits>);

impl Prepared {
    /// Links `component` with nothing.
    ///
    /// # Errors
    /// If it imports something, or exports another world.
    pub fn new(component: &Component) -> Result<Self> {
        let linker = Linker::new(component.engine());
        let linked = linker.instantiate_pre(component)?;
        WebhookVerifierPre::new(linked).map(Self)
    }

    /// A fresh instance, with memory for any delivery of the default limit.
    ///
    /// # Errors
    /// If the engine has no room for it.
    pub fn instance(&self) -> Result<Instance> {
        self.instance_with_memory(MEMORY)
    }

    fn instance_with_memory(&self, memory: usize) -> Result<Instance> {
        let engine = self.0.engine();
        let limits = StoreLimitsBuilder::new().memory_size(memory).build();
        let mut store = Store::new(engine, limits);
        store.limiter(|limits| limits);
        store.set_hostcall_fuel(MEMORY);
        if engine.get_consume_fuel() {
            store.set_fuel(u64::MAX)?;
        }
        let component = self.0.instantiate(&mut store)?;
        Ok(Instance { store, component })
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Prepared").finish_non_exhaustive()
    }
}

/// An instance and its store.
pub struct Instance {
    store: Store<StoreLimits>,
    component: WebhookVerifier,
}

impl Instance {
    /// Instantiates `component`, with nothing linked and memory for any delivery of the default limit.
    ///
    /// # Errors
    /// If the component imports something, or exports another world.
    pub fn new(component: &Component) -> Result<Self> {
        Prepared::new(component)?.instance()
    }

    /// The same with this much memory, in bytes.
    ///
    /// # Errors
    /// If the component imports something, exports another world, or needs more memory to start.
    pub fn with_memory(component: &Component, memory: usize) -> Result<Self> {
        Prepared::new(component)?.instance_with_memory(memory)
    }

    /// The constructor.
    ///
    /// # Errors
    /// If the component traps.
    pub fn verifier(&mut self, config: &Config) -> Returned<ResourceAny> {
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
    ) -> Returned<Event> {
        let (store, interface) = self.parts();
        interface
            .verifier()
            .call_verify(store, verifier, headers, body, now)
    }

    /// `verifier.settle`
    ///
    /// # Errors
    /// If the component traps.
    pub fn settle(
        &mut self,
        verifier: ResourceAny,
        headers: &[Header],
        body: &[u8],
        now: u64,
    ) -> Returned<Event, Rejection> {
        let (store, interface) = self.parts();
        interface
            .verifier()
            .call_settle(store, verifier, headers, body, now)
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
    ) -> Returned<Delivery> {
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
    ) -> Returned<Event> {
        let check = match self.begin(verifier, headers, now)? {
            Ok(check) => check,
            Err(error) => return Ok(Err(error)),
        };
        for chunk in chunks {
            if let Err(error) = self.update(check, chunk)? {
                self.give_up(check)?;
                return Ok(Err(error));
            }
        }
        self.finish(check)
    }

    /// `verifier.begin`
    ///
    /// # Errors
    /// If the component traps.
    pub fn begin(
        &mut self,
        verifier: ResourceAny,
        headers: &[Header],
        now: u64,
    ) -> Returned<ResourceAny> {
        let (store, interface) = self.parts();
        interface
            .verifier()
            .call_begin(store, verifier, headers, now)
    }

    /// `body-check.expect-length`
    ///
    /// # Errors
    /// If the component traps.
    pub fn expect_length(&mut self, check: ResourceAny, bytes: u64) -> Returned<()> {
        let (store, interface) = self.parts();
        interface
            .body_check()
            .call_expect_length(store, check, bytes)
    }

    /// `body-check.update`
    ///
    /// # Errors
    /// If the component traps.
    pub fn update(&mut self, check: ResourceAny, chunk: &[u8]) -> Returned<()> {
        let (store, interface) = self.parts();
        interface.body_check().call_update(store, check, chunk)
    }

    /// `body-check.finish`
    ///
    /// # Errors
    /// If the component traps, or the check was taken before.
    pub fn finish(&mut self, check: ResourceAny) -> Returned<Event> {
        let (store, interface) = self.parts();
        interface.body_check().call_finish(store, check)
    }

    /// `body-check.settle`
    ///
    /// # Errors
    /// If the component traps, or the check was taken before.
    pub fn settle_stream(&mut self, check: ResourceAny) -> Returned<Event, Rejection> {
        let (store, interface) = self.parts();
        interface.body_check().call_settle(store, check)
    }

    /// Drops a resource.
    ///
    /// # Errors
    /// If the component traps, or the resource was taken or dropped before.
    pub fn give_up(&mut self, resource: ResourceAny) -> Result<()> {
        resource.resource_drop(&mut self.store)
    }

    /// `answers.admit`
    ///
    /// # Errors
    /// If the component traps.
    pub fn admit(&mut self, method: &str, headers: &[Header]) -> Returned<(), Response> {
        let answers = self.component.docutray_webhook_answers();
        answers.call_admit(&mut self.store, method, headers)
    }

    /// `answers.answer`
    ///
    /// # Errors
    /// If the component traps.
    pub fn answer(&mut self, outcome: &Outcome) -> Result<Response> {
        let answers = self.component.docutray_webhook_answers();
        answers.call_answer(&mut self.store, outcome)
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
