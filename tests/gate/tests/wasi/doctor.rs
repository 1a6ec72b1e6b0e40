//! `docutray-webhook doctor` finds nothing wrong with the gate before a service and the proxy before a server.

use std::process::Command;

use docutray_webhook_deliveries::{Receiver, SECRET, URL};

use crate::{
    artefact::{Variable, gated_service_with, path, proxy_with},
    upstream::Upstream,
};

/// Without a limit for the body: the doctor sends 1 MiB, which the default allows.
const SETTINGS: [Variable<'_>; 2] = [
    ("DOCUTRAY_WEBHOOK_SECRET", SECRET),
    ("DOCUTRAY_WEBHOOK_URL", URL),
];
/// More than the doctor sends.
const REQUESTS: usize = 1000;

#[test]
fn the_gate_passes() {
    passes(&gated_service_with(&SETTINGS));
}

#[test]
fn the_proxy_passes() {
    let upstream = Upstream::new();
    for _ in 0..REQUESTS {
        upstream.go_on.send(()).unwrap();
    }
    passes(&proxy_with(&upstream.url, &SETTINGS));
}

fn passes(receiver: &Receiver) {
    let output = Command::new("node")
        .arg(path("TOOLS"))
        .arg("doctor")
        .arg(format!("http://{}/hooks", receiver.address()))
        .envs(SETTINGS)
        .output()
        .unwrap();
    let checklist = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{checklist}{errors}");
}
