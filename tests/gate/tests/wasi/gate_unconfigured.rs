//! Without a valid configuration the gate lets nothing through.

use docutray_webhook_deliveries::{Delivery, Sender};

use crate::artefact::{configured, gated_service_with};

#[test]
fn every_request_is_answered_with_500() {
    let configurations = [
        &[][..],
        &configured(&[("DOCUTRAY_WEBHOOK_TOLERANCE", "for ever")]),
    ];
    for variables in configurations {
        let (gated, sender) = (gated_service_with(variables), Sender::default());
        let genuine = || Delivery::of("c_1");
        for request in [genuine(), genuine().with_body(b"{}"), genuine().by("GET")] {
            let response = sender.send(gated.address(), &request).unwrap();
            assert_eq!(response.status, 500, "{response:?}");
            let problem = response.problem().unwrap();
            assert_eq!(problem.code, "invalid_config");
            // The gate writes no log, so nobody is told to look there.
            assert!(!problem.detail.contains("log"), "{problem:?}");
        }
    }
}
