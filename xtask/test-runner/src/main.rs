//! The runner of wasm-bindgen-test, of the version that `Cargo.lock` pins: `cargo xtask test wasm` sets it as cargo's
//! runner for `wasm32-unknown-unknown`.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
