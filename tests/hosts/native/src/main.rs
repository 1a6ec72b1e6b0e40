//! The driver of the host `native`.

use std::process::ExitCode;

fn main() -> ExitCode {
    docutray_webhook_suite::driver::main(|| Ok(docutray_webhook_native_driver::Native))
}
