//! An instance whose instructions are counted: Wasmtime counts them as fuel, exactly and the same each time, so no clock
//! and no noise is in it.

use std::{result, sync::LazyLock};

use docutray_webhook_wasmtime_driver::{Instance, engine_config, load, path, wit};
use wasmtime::{
    Engine, Result,
    component::{Component, ResourceAny},
};

use crate::delivery::NOW;

/// What a call gave, and the fuel it used.
pub(crate) type Counted<T> = (result::Result<T, wit::Error>, u64);

pub(crate) struct Counting {
    instance: Instance,
    verifier: ResourceAny,
    /// What making the verifier used.
    pub(crate) construction: u64,
}

impl Counting {
    pub(crate) fn new(config: &wit::Config) -> Self {
        static COMPONENT: LazyLock<Component> = LazyLock::new(|| {
            let engine = Engine::new(engine_config().consume_fuel(true)).unwrap();
            load(&engine, &path()).unwrap()
        });
        let mut instance = Instance::new(&COMPONENT).unwrap();
        let construction = instance.fuel_of(|instance| instance.verifier(config));
        let (verifier, construction) = construction.unwrap();
        Self {
            instance,
            verifier: verifier.unwrap(),
            construction,
        }
    }

    pub(crate) fn verify(&mut self, headers: &[wit::Header], body: &[u8]) -> Counted<wit::Event> {
        let verifier = self.verifier;
        self.counted(|instance| instance.verify(verifier, headers, body, NOW))
    }

    pub(crate) fn authorize(&mut self, headers: &[wit::Header]) -> Counted<wit::Delivery> {
        let verifier = self.verifier;
        self.counted(|instance| instance.authorize(verifier, headers, NOW))
    }

    fn counted<T>(
        &mut self,
        call: impl FnOnce(&mut Instance) -> Result<result::Result<T, wit::Error>>,
    ) -> Counted<T> {
        let counted = self.instance.fuel_of(call).unwrap();
        assert!(counted.1 > 0);
        counted
    }
}
