//! What `examples/gate` and `examples/proxy` have in common: their settings, and how they refuse.
//! How a delivery is verified is neither's: that is the crate `docutray-webhook`.

mod refusal;
mod settings;

pub use refusal::Refusal;
pub use settings::verifier;
