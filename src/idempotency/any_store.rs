//! A type-erased store, so that the layer's type does not depend on its store.

use super::store::{Claim, Store};
use crate::error::BoxError;
use std::{boxed::Box, pin::Pin, sync::Arc, time::Duration};

pub(crate) type SharedStore = Arc<dyn AnyStore>;

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send + 'a>>;

/// [`Store`] with its futures and its errors boxed.
pub(crate) trait AnyStore: Send + Sync {
    fn lease(&self) -> Duration;
    fn claim<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Claim>;
    fn renew<'a>(&'a self, key: &'a str, token: u64) -> BoxFuture<'a, bool>;
    fn complete<'a>(&'a self, key: &'a str, token: u64) -> BoxFuture<'a, bool>;
    fn release<'a>(&'a self, key: &'a str, token: u64) -> BoxFuture<'a, bool>;
}

impl<S: Store> AnyStore for S {
    fn lease(&self) -> Duration {
        Store::lease(self)
    }

    fn claim<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Claim> {
        Box::pin(async move { Store::claim(self, key).await.map_err(Into::into) })
    }

    fn renew<'a>(&'a self, key: &'a str, token: u64) -> BoxFuture<'a, bool> {
        Box::pin(async move { Store::renew(self, key, token).await.map_err(Into::into) })
    }

    fn complete<'a>(&'a self, key: &'a str, token: u64) -> BoxFuture<'a, bool> {
        Box::pin(async move { Store::complete(self, key, token).await.map_err(Into::into) })
    }

    fn release<'a>(&'a self, key: &'a str, token: u64) -> BoxFuture<'a, bool> {
        Box::pin(async move { Store::release(self, key, token).await.map_err(Into::into) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::idempotency::Memory;

    #[test]
    fn the_lease_is_the_store_s() {
        let lease = Duration::from_secs(7);
        let store = Memory::new().with_lease(lease).unwrap();
        assert_eq!(AnyStore::lease(&store), lease);
    }
}
