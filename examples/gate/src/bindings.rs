//! The world `gate` as Rust, generated from the WIT.

wit_bindgen::generate!({ path: "wit", world: "gate", generate_all });
