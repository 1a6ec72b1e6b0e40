//! `wasmtime serve`, of the version that `Cargo.lock` pins: what the tests and the READMEs of the examples run
//! components for HTTP with, so that nobody has to install it.

use clap::Parser as _;
use wasmtime_cli::commands::ServeCommand;

#[derive(clap::Parser)]
#[command(name = "wasmtime")]
enum Wasmtime {
    /// Serves HTTP requests by a component
    Serve(ServeCommand),
}

fn main() -> wasmtime::Result<()> {
    match Wasmtime::parse() {
        Wasmtime::Serve(command) => command.execute(),
    }
}
