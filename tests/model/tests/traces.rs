//! Promise: the stores run the walks through this model, and no others.

use docutray_webhook_model::traces;
use std::{fs, path::Path};

const FILE: &str = "tests/cases/claims/model.json";

#[test]
fn the_file_has_the_walks_through_this_model() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let written = fs::read_to_string(root.join(FILE)).unwrap();
    assert_eq!(
        written,
        traces::text().unwrap(),
        "{FILE} is out of date: cargo run -p docutray-webhook-model traces {FILE}"
    );
}
