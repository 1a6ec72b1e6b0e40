//! The component in Wasmtime, with each way to allocate an instance.

use anyhow::Result;
use docutray_webhook_wasmtime_driver::{Instance, Prepared, engine_config, load, path, wit};
use wasmtime::{Config, Engine, PoolingAllocationConfig, component::ResourceAny};

use crate::delivery::{NOW, SECRET, URL};

/// In bytes, as in `examples/wasmtime-host`.
const MEMORY: usize = 256 << 20;
const RESIDENT: usize = 2 << 20;
const RESIDENT_TABLE: usize = 64 << 10;

/// The component, compiled for each way to allocate an instance.
pub(crate) struct Engines {
    /// The touched pages of an instance stay mapped for the next one.
    pub(crate) resident: Prepared,
    /// The kernel takes the pages back after each instance.
    pub(crate) pooled: Prepared,
    /// Each instance maps its own memory.
    pub(crate) unpooled: Prepared,
}

impl Engines {
    pub(crate) fn new() -> Result<Self> {
        let mut pool = PoolingAllocationConfig::new();
        pool.total_memories(4).max_memory_size(MEMORY);
        let pooled = prepared(engine_config().allocation_strategy(pool.clone()))?;
        pool.linear_memory_keep_resident(RESIDENT)
            .table_keep_resident(RESIDENT_TABLE);
        Ok(Self {
            resident: prepared(engine_config().allocation_strategy(pool))?,
            pooled,
            unpooled: prepared(&engine_config())?,
        })
    }
}

fn prepared(config: &Config) -> Result<Prepared> {
    let component = load(&Engine::new(config)?, &path())?;
    Ok(Prepared::new(&component)?)
}

/// An instance with a verifier.
pub(crate) struct Ready {
    instance: Instance,
    verifier: ResourceAny,
}

impl Ready {
    pub(crate) fn new(component: &Prepared) -> Result<Self> {
        let config = wit::Config {
            secrets: vec![SECRET.to_owned()],
            metadata: wit::Metadata::Registered(vec![URL.to_owned()]),
            tolerance: None,
            max_body: None,
        };
        let mut instance = component.instance()?;
        let verifier = instance.verifier(&config)?;
        let verifier = verifier.map_err(|error| anyhow::Error::msg(error.message))?;
        Ok(Self { instance, verifier })
    }

    pub(crate) fn verify(&mut self, headers: &[wit::Header], body: &[u8]) -> Result<wit::Event> {
        let verified = self.instance.verify(self.verifier, headers, body, NOW)?;
        verified.map_err(|error| anyhow::Error::msg(error.message))
    }
}
