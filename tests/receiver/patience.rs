//! Waits for what must come, so that a test fails where it would otherwise wait for ever.

use std::time::Duration;
use tokio::time::timeout;

/// Far more than a slow machine needs.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) async fn patiently<T>(wait: impl Future<Output = T>) -> T {
    timeout(PATIENCE, wait).await.unwrap()
}
