//! The two resources, on the crate's types of the same names.

use core::cell::RefCell;

use crate::{config, wit};

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
        Ok(self.0.verify(headers, &body, now)?.into())
    }

    fn authorize(&self, headers: Vec<wit::Header>, now: u64) -> Result<wit::Delivery, wit::Error> {
        Ok(self.0.authorize(headers, now)?.into())
    }

    fn begin(&self, headers: Vec<wit::Header>, now: u64) -> Result<wit::BodyCheck, wit::Error> {
        let check = self.0.begin(headers, now)?;
        Ok(wit::BodyCheck::new(BodyCheck(RefCell::new(check))))
    }
}

/// The resource `body-check`. The `RefCell` is never borrowed twice: a component
/// that calls no import cannot be entered while it runs.
pub(crate) struct BodyCheck(RefCell<docutray_webhook::BodyCheck>);

impl wit::GuestBodyCheck for BodyCheck {
    fn update(&self, chunk: Vec<u8>) -> Result<(), wit::Error> {
        Ok(self.0.borrow_mut().update(&chunk)?)
    }

    fn finish(check: wit::BodyCheck) -> Result<wit::Event, wit::Error> {
        let check = check.into_inner::<Self>().0.into_inner();
        Ok(check.finish()?.into())
    }
}
