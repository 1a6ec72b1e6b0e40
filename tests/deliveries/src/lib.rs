//! Deliveries for tests and the demo, and what sends them.
//!
//! | module | what |
//! |---|---|
//! | `delivery` | a delivery as Docutray signs it, and the ways to change one |
//! | `forgeries` | deliveries that every receiver must refuse, each with the code it must give |
//! | `receiver` | starts the program of a receiver and waits until it listens |
//! | `sender` | a client that keeps to HTTP |
//! | `connection` | a client that breaks off, stalls or breaks HTTP |

mod connection;
mod delivery;
mod forgeries;
mod receiver;
mod sender;

pub use connection::Connection;
pub use delivery::{Delivery, EVENT, REQUEST_ID, SECRET, URL, now, payload};
pub use forgeries::{Forgery, forgeries, malformed, too_large};
pub use receiver::Receiver;
pub use sender::{Problem, Response, Sender};
