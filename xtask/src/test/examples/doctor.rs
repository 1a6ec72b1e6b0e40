//! Runs `docutray-webhook doctor` on an example, as a user would.

use anyhow::Result;
use docutray_webhook_deliveries::Receiver;

use crate::{consumer::PROGRAM, example::SETTINGS, xtask::Xtask};

/// Expects that the doctor finds nothing wrong. Its checklist is in the error.
pub(super) fn check(xtask: &Xtask, receiver: &Receiver) -> Result<()> {
    let mut doctor = xtask.node();
    doctor
        .arg(xtask.consumer()?.join(PROGRAM))
        .arg("doctor")
        .arg(format!("http://{}/hooks/docutray", receiver.address()))
        .envs(SETTINGS);
    xtask.console.run("docutray-webhook doctor", &mut doctor)?;
    Ok(())
}
