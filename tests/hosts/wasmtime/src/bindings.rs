//! The world as Rust, generated.

wasmtime::component::bindgen!({
    path: "../../../wit",
    world: "webhook-verifier",
    // What reads any record by the names of its fields: see `typed`.
    additional_derives: [serde::Serialize],
});
