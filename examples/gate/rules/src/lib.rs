//! What `examples/gate` and `examples/proxy` have in common: their settings.
//! How a delivery is verified, and what its sender is told, is neither's: that is the crate `docutray-webhook`.

mod settings;

pub use settings::{Misconfigured, Settings};
