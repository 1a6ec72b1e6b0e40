//! Finds which files of its package a TypeScript file imports.

use crate::{circle::Graph, files};
use std::{
    fs,
    path::{Component, Path, PathBuf},
};

/// Returns the files of a folder, each with the files that it imports, type imports included.
pub(crate) fn graph(folder: &Path) -> Graph {
    let files = files(folder, ".ts").into_iter();
    let files = files.filter(|file| !file.ends_with(".d.ts"));
    files
        .map(|file| {
            let source = fs::read_to_string(folder.join(&file)).unwrap();
            let beside = Path::new(&file).parent().unwrap();
            let imported = imports(&source).into_iter();
            let imported = imported
                .filter_map(|import| resolved(import, beside))
                .collect();
            (file, imported)
        })
        .collect()
}

/// Returns the texts that follow `from`, or that are in `import("..")` and `import ".."`.
fn imports(source: &str) -> Vec<&str> {
    let starts = ["from \"", "import(\"", "import \""];
    let behind = starts.iter().flat_map(|start| source.split(start).skip(1));
    behind.filter_map(|text| text.split('"').next()).collect()
}

fn resolved(import: &str, beside: &Path) -> Option<String> {
    // On most hosts, this entry makes the instance of the core.
    if import == "#core" {
        return Some("index.ts".to_owned());
    }
    let file = import
        .strip_suffix(".js")
        .filter(|_| import.starts_with('.'))?;
    let mut path = PathBuf::new();
    for part in beside.join(format!("{file}.ts")).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    Some(path.to_str().unwrap().to_owned())
}

#[test]
fn imports_of_every_form_are_found() {
    let source = r#"
        import { a } from "./a.js";
        import type {
          B,
        } from "../b.js";
        export * from "./c/d.js";
        import "./e.js";
        const f = await import("./f.js");
        import core from "\#core";
        import g from "g";
    "#
    .replace('\\', "");
    let found = imports(&source).into_iter();
    let mut found: Vec<_> = found
        .filter_map(|import| resolved(import, Path::new("x")))
        .collect();
    found.sort();
    assert_eq!(
        found,
        ["b.ts", "index.ts", "x/a.ts", "x/c/d.ts", "x/e.ts", "x/f.ts"]
    );
}
