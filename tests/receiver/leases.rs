//! A lease may have any length. `tests/cases/receiver/leases.json` has what a lease does.

use crate::{
    delivery::Delivery,
    sending::send,
    service::{doing, layer},
};
use docutray_webhook::idempotency::{Claim, Memory, MemoryFull, Store};
use std::time::Duration;
use tokio::time::sleep;
use tower::Layer as _;

#[tokio::test(start_paused = true)]
async fn an_endless_lease_works() {
    /// Another worker has the event until it releases it.
    struct Forever(Memory);
    impl Store for Forever {
        type Error = MemoryFull;

        fn lease(&self) -> Duration {
            Duration::MAX
        }

        async fn claim(&self, key: &str) -> Result<Claim, MemoryFull> {
            self.0.claim(key).await
        }

        async fn renew(&self, key: &str, token: u64) -> Result<bool, MemoryFull> {
            self.0.renew(key, token).await
        }

        async fn complete(&self, key: &str, token: u64) -> Result<bool, MemoryFull> {
            self.0.complete(key, token).await
        }

        async fn release(&self, key: &str, token: u64) -> Result<bool, MemoryFull> {
            self.0.release(key, token).await
        }
    }
    let layer = layer().idempotency(Forever(Memory::new()));
    let receiver = layer.layer(doing(|_| sleep(Duration::from_secs(1))));
    for status in [202, 200] {
        let answer = send(&receiver, Delivery::of("c_1").request()).await;
        assert_eq!(answer.status, status);
    }
}
