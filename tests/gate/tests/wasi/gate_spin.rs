//! The gate before an application that verifies deliveries itself.

use docutray_webhook_deliveries::{Delivery, Forgery, Sender};

use crate::artefact::{gated_spin, refused};

#[test]
fn the_application_of_spin_gets_what_is_genuine() {
    let (gated, sender) = (gated_spin(), Sender::default());
    let send = |delivery: &Delivery| sender.send(gated.address(), delivery).unwrap();
    for Forgery { code, delivery, .. } in refused() {
        let problem = send(&delivery).problem().unwrap();
        assert_eq!(problem.code, code.as_str());
    }
    let response = send(&Delivery::of("c_1"));
    assert_eq!(response.status, 200, "{response:?}");
    let key = "CONVERSION_STARTED:c_1";
    assert!(response.body.contains(key), "{response:?}");
}
