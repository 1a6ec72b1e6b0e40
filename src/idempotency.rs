//! Who processes an event, and what was processed: the same event can come more than once, and at once.
//!
//! An event counts as done when its worker has said so, not when it was first seen: marked before it is processed, it
//! would be lost with a worker that crashes. So a worker *claims* an event by its [key](crate::Event::key) for as long as
//! a lease lasts, renews the lease while it works, and in the end completes the claim, or releases it. A worker that
//! crashes does neither, and the next delivery gets the event when the lease has ended.
//!
//! [`Memory`] is a store for one process. Where several take deliveries, they need one in common: implement [`Store`]
//! over what you have.

mod any_store;
mod memory;
mod store;

pub(crate) use self::any_store::SharedStore;
pub use self::{
    memory::{Memory, MemoryFull},
    store::{Claim, Store},
};
