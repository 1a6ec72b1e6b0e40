//! Promise: the data goes one way. Each module uses only what stands above it in the table of layers in `src/lib.rs`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

/// The modules in the table's order; several may share a row.
fn table() -> Vec<String> {
    let source = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let rows = source
        .lines()
        .filter_map(|line| line.strip_prefix("//! | "));
    let cells = rows.filter_map(|row| row.split(" | ").next());
    let names = cells.flat_map(|cell| cell.split(", "));
    let names = names.map(|name| name.trim_matches(['`', '[', ']']).to_owned());
    names.filter(|name| name != "module").collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The modules that a file names behind `crate::`, outside its tests and its doc comments.
fn uses(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap();
    let code: String = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.replace(char::is_whitespace, "");
    code.split("crate::").skip(1).flat_map(heads).collect()
}

/// The first names of `a::b` or of `{a::b, c::{d, e}}`.
fn heads(path: &str) -> Vec<String> {
    let word = |text: &str| {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(list) = path.strip_prefix('{') else {
        return vec![word(path)];
    };
    let (mut depth, mut names, mut start) = (0, vec![String::new()], true);
    for character in list.chars() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(String::new());
                start = true;
            }
            ':' => start = false,
            _ if depth == 0 && start => names.last_mut().unwrap().push(character),
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn sources(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else {
            files.push(path);
        }
    }
}

#[test]
fn no_module_uses_one_below_it() {
    let table = table();
    assert!(table.len() > 8, "{table:?}");
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    for file in files {
        let place = file.strip_prefix(root().join("src")).unwrap();
        let module = place
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap();
        let module = module.trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        let rank = |name: &str| table.iter().position(|row| row == name);
        let own = rank(module).unwrap_or_else(|| panic!("{module} is in no row of the table"));
        for used in uses(&fs::read_to_string(&file).unwrap()) {
            let used_rank =
                rank(&used).unwrap_or_else(|| panic!("{used} is in no row of the table"));
            assert!(
                used_rank <= own,
                "{} uses {used}, which is below it",
                place.display()
            );
        }
    }
}

#[test]
fn cryptography_and_json_stay_in_their_places() {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let place = file.strip_prefix(root().join("src")).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap();
        for (crates, homes) in [
            (
                ["hmac::", "sha2::", "subtle::", "zeroize::"].as_slice(),
                ["secrets"].as_slice(),
            ),
            // Behind a feature, for what is told; what is read is read by the core itself.
            (
                ["serde::", "serde_json::"].as_slice(),
                &["serialize", "payload.rs", "payload/raw", "payload/record"],
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
