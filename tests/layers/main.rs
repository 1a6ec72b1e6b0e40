//! Promise: each module uses only modules above it in the table of layers in `src/lib.rs`, and no two files of a crate use each
//! other, neither in any crate here nor in the npm package.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod circle;
mod rust;
mod typescript;

use std::{fs, path::Path};

/// Returns the modules in the table's order. Several modules may share a row.
fn table() -> Vec<String> {
    let source = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let rows = source.lines().filter_map(|line| line.strip_prefix("// | "));
    let cells = rows.filter_map(|row| row.split(" | ").next());
    let names = cells.flat_map(|cell| cell.split(", "));
    let names = names.map(|name| name.trim_matches(['`', '[', ']']).to_owned());
    names.filter(|name| name != "module").collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the paths, relative to a folder, of the files in it whose names end like this, including its subfolders.
fn files(folder: &Path, ending: &str) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let inside = self::files(&path, ending).into_iter();
            files.extend(inside.map(|file| format!("{name}/{file}")));
        } else if name.ends_with(ending) {
            files.push(name);
        }
    }
    files
}

#[test]
fn no_module_uses_one_below_it() {
    let table = table();
    assert!(table.len() > 8, "{table:?}");
    let rank = |name: &str| {
        let place = table.iter().position(|row| row == name);
        place.unwrap_or_else(|| panic!("{name} is in no row of the table"))
    };
    for (file, used) in rust::graph(&root().join("src")) {
        let Some(module) = layer(&file) else {
            continue;
        };
        let own = rank(module);
        for used in &used {
            let used = layer(used).unwrap_or_else(|| panic!("{file} uses the crate's own names"));
            assert!(rank(used) <= own, "{file} uses {used}, which is below it");
        }
    }
}

/// Returns the top-level module that contains a module, or `None` for the crate itself.
fn layer(module: &str) -> Option<&str> {
    module.split("::").next().filter(|name| !name.is_empty())
}

#[test]
fn no_two_files_use_each_other() {
    let none: [String; 0] = [];
    for folder in rust::crates(root()) {
        let graph = rust::graph(&root().join(&folder).join("src"));
        assert!(!graph.is_empty(), "{folder}");
        assert_eq!(circle::in_circles(graph), none, "{folder}");
    }
    for folder in ["js/src", "js/tools/src"] {
        let graph = typescript::graph(&root().join(folder));
        assert!(graph.len() > 8, "{graph:?}");
        assert_eq!(circle::in_circles(graph), none, "{folder}");
    }
}

#[test]
fn only_their_own_modules_use_cryptography_and_json() {
    for file in files(&root().join("src"), ".rs") {
        let source = fs::read_to_string(root().join("src").join(&file)).unwrap();
        let place = Path::new(&file);
        let is_test = |part: &std::ffi::OsStr| part == "tests" || part == "tests.rs";
        if place.iter().any(is_test) {
            continue;
        }
        let code = source.split("\nmod tests {").next().unwrap();
        for (crates, homes) in [
            (
                ["hmac::", "sha2::", "subtle::", "zeroize::"].as_slice(),
                ["secrets"].as_slice(),
            ),
            // Behind a feature, only for writing. The core reads JSON itself.
            (
                ["serde::", "serde_json::"].as_slice(),
                &["serialize", "payload/raw", "payload/record"],
            ),
        ] {
            for name in crates {
                let used = code.lines().any(|line| {
                    let line = line.trim_start();
                    !line.starts_with("//") && line.contains(&format!(" {name}"))
                });
                let at_home = homes
                    .iter()
                    .any(|home| place.starts_with(home) || place.starts_with(format!("{home}.rs")));
                assert!(!used || at_home, "{name} in {}", place.display());
            }
        }
    }
}
