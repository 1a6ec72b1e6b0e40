//! The gate before an application that verifies by itself: what one passes the other passes.

use crate::{
    artefact::gated_spin,
    client::Client,
    delivery::{Delivery, forged},
};

#[test]
fn the_application_of_spin_gets_what_is_genuine() {
    let (gated, client) = (gated_spin(), Client::new());
    for (code, delivery) in forged() {
        let answer = client.send(gated.address(), &delivery);
        assert_eq!(answer.problem("code"), code.as_str(), "{answer:?}");
    }
    let answer = client.send(gated.address(), &Delivery::genuine());
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(answer.body.contains("STEP_STARTED:s-1"), "{answer:?}");
}
