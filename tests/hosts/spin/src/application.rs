//! The application in Wasmtime, as a host of `wasi:http` 0.3 runs it.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, Result};
use wasmtime::{
    Config, Engine, Store,
    component::{Component, Linker, ResourceTable},
};
use wasmtime_wasi::{HostWallClock, WasiCtx, WasiCtxView, WasiView};
use wasmtime_wasi_http::{
    WasiHttpCtx, WasiHttpCtxView, WasiHttpView,
    p3::bindings::{Service, ServicePre},
};

/// The composed component, compiled.
pub(crate) struct Loaded(ServicePre<State>);

/// An instance with an environment and a clock of its own.
pub(crate) struct Application {
    pub(crate) store: Store<State>,
    pub(crate) service: Service,
    clock: Clock,
}

/// The state of WASI for an instance.
pub(crate) struct State {
    wasi: WasiCtx,
    http: WasiHttpCtx,
    resources: ResourceTable,
}

/// A clock that stands at the time it is set to, in Unix seconds.
#[derive(Clone, Default)]
struct Clock(Arc<AtomicU64>);

impl Loaded {
    pub(crate) fn from_file(path: &Path) -> Result<Self> {
        let mut config = Config::new();
        config.wasm_component_model_async(true);
        let engine = Engine::new(&config)?;
        let component = Component::from_file(&engine, path)
            .map_err(anyhow::Error::from)
            .with_context(|| format!("cannot compile {}", path.display()))?;
        let mut linker = Linker::new(&engine);
        // Rust's standard library imports WASI 0.2.
        wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
        wasmtime_wasi::p3::clocks::add_to_linker(&mut linker)?;
        wasmtime_wasi_http::p3::add_to_linker(&mut linker)?;
        let service = linker.instantiate_pre(&component)?;
        Ok(Self(ServicePre::new(service)?))
    }

    pub(crate) async fn start(&self, variables: &[(&str, String)]) -> Result<Application> {
        let clock = Clock::default();
        let wasi = WasiCtx::builder()
            .envs(variables)
            .wall_clock(clock.clone())
            .inherit_stderr()
            .build();
        let state = State {
            wasi,
            http: WasiHttpCtx::new(),
            resources: ResourceTable::new(),
        };
        let mut store = Store::new(self.0.engine(), state);
        let service = self.0.instantiate_async(&mut store).await?;
        Ok(Application {
            store,
            service,
            clock,
        })
    }
}

impl Application {
    pub(crate) fn set_clock(&self, now: u64) {
        self.clock.0.store(now, Ordering::Relaxed);
    }
}

impl HostWallClock for Clock {
    fn resolution(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn now(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView {
            ctx: &mut self.wasi,
            table: &mut self.resources,
        }
    }
}

impl WasiHttpView for State {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView {
            hooks: Default::default(),
            table: &mut self.resources,
            ctx: &mut self.http,
        }
    }
}
