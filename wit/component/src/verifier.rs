//! Implements the two resources with the crate's types of the same names.

use core::cell::RefCell;

use crate::{bindings::wit, config};

/// The resource `verifier`.
pub(crate) struct Verifier(docutray_webhook::Verifier);

impl wit::GuestVerifier for Verifier {
    fn new(config: wit::Config) -> Result<Self, wit::Error> {
        Ok(Self(config::builder(config).build()?))
    }

    fn verify(
        &self,
        headers: Vec<wit::Header>,
        body: Vec<u8>,
        now: u64,
    ) -> Result<wit::Event, wit::Error> {
        // `settle` takes the body. The crate's `verify` would copy it.
        self.settle(headers, body, now)
            .map_err(|rejection| rejection.error)
    }

    fn settle(
        &self,
        headers: Vec<wit::Header>,
        body: Vec<u8>,
        now: u64,
    ) -> Result<wit::Event, wit::Rejection> {
        Ok(self.0.settle(headers, body, now)?.into())
    }

    fn authorize(&self, headers: Vec<wit::Header>, now: u64) -> Result<wit::Delivery, wit::Error> {
        Ok((&self.0.authorize(headers, now)?).into())
    }

    fn begin(&self, headers: Vec<wit::Header>, now: u64) -> Result<wit::BodyCheck, wit::Error> {
        let check = self.0.begin(headers, now)?;
        Ok(wit::BodyCheck::new(BodyCheck(RefCell::new(check))))
    }
}

/// The resource `body-check`. The `RefCell` is never borrowed twice, because a
/// component that calls no import cannot be entered while it runs.
pub(crate) struct BodyCheck(RefCell<docutray_webhook::BodyCheck>);

impl wit::GuestBodyCheck for BodyCheck {
    fn expect_length(&self, bytes: u64) -> Result<(), wit::Error> {
        Ok(self.0.borrow_mut().expect_length(bytes)?)
    }

    fn update(&self, chunk: Vec<u8>) -> Result<(), wit::Error> {
        Ok(self.0.borrow_mut().update(&chunk)?)
    }

    fn finish(check: wit::BodyCheck) -> Result<wit::Event, wit::Error> {
        Ok(ended(check).finish()?.into())
    }

    fn settle(check: wit::BodyCheck) -> Result<wit::Event, wit::Rejection> {
        Ok(ended(check).settle()?.into())
    }
}

fn ended(check: wit::BodyCheck) -> docutray_webhook::BodyCheck {
    check.into_inner::<BodyCheck>().0.into_inner()
}
