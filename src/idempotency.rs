//! Stores for idempotency. They remember which worker processes an event and which events were processed, since the same
//! event can arrive more than once, even at the same time.
//!
//! An event is done when its worker completes it, not when it is first seen. If it were marked first, a worker that
//! crashes would lose it. So a worker *claims* an event by its [key](crate::Event::key) for the length of a lease, renews
//! the lease while it works, and finally completes or releases the claim. A worker that crashes does neither, and the next
//! delivery gets the event when the lease has ended.
//!
//! [`Memory`] is a store for one process. If several processes receive deliveries, they need a shared store: implement
//! [`Store`] for your database.

mod any_store;
mod memory;
mod store;

pub(crate) use self::any_store::SharedStore;
pub use self::{
    memory::{Memory, MemoryFull},
    store::{Claim, Store},
};
