//! Without a configuration that works nothing passes.

use crate::{
    artefact::gated_service_with,
    client::Client,
    delivery::{Delivery, SECRET, URL},
};

#[test]
fn every_request_is_answered_with_500() {
    let configurations = [
        &[][..],
        &[
            ("DOCUTRAY_WEBHOOK_SECRET", SECRET),
            ("DOCUTRAY_WEBHOOK_URL", URL),
            ("DOCUTRAY_WEBHOOK_TOLERANCE", "for ever"),
        ],
    ];
    for variables in configurations {
        let (gated, client) = (gated_service_with(variables), Client::new());
        let mut visit = Delivery::genuine();
        visit.method = "GET";
        for request in [
            Delivery::genuine(),
            Delivery::genuine().with_body(b"{}"),
            visit,
        ] {
            let answer = client.send(gated.address(), &request);
            assert_eq!(answer.status, 500, "{answer:?}");
            assert_eq!(answer.problem("code"), "invalid_config");
            // The gate writes none, so nobody is sent to look there.
            assert!(!answer.problem("detail").to_string().contains("log"));
        }
    }
}
