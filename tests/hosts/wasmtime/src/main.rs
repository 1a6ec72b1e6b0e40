//! The driver of the host `wasmtime`.

use std::process::ExitCode;

use docutray_webhook_suite::driver;
use docutray_webhook_wasmtime_driver::{Wasmtime, engine_config, load, path};
use wasmtime::Engine;

fn main() -> ExitCode {
    driver::main(|| Wasmtime::new(&load(&Engine::new(&engine_config())?, &path())?))
}
