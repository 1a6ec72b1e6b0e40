//! Promise: what a fuzzer was given or has found stays right. Each target of `tests/fuzz` runs its corpus and its findings.

use std::{fs, path::Path};

use docutray_webhook_differential::targets::TARGETS;

#[test]
fn every_committed_input_passes_its_target() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
    for (name, run) in TARGETS {
        let mut count = 0;
        for kind in ["corpus", "findings"] {
            let directory = fuzz.join(kind).join(name);
            // A target without findings has no such directory.
            if kind == "findings" && !directory.exists() {
                continue;
            }
            for input in fs::read_dir(directory).unwrap() {
                let input = input.unwrap().path();
                // A panic is then below the name of its input.
                eprintln!("{}", input.display());
                run(&fs::read(&input).unwrap());
                count += 1;
            }
        }
        assert!(count > 0, "{name} has no input");
    }
}
