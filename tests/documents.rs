//! Promise: every file and case that a document refers to exists.

use docutray_webhook_suite::read_files;
use std::{fs, path::Path};

const PAGES: [&str; 9] = [
    "README.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "tests/bench/README.md",
    "tests/cases/README.md",
    "tests/cases/claims/README.md",
    "tests/cases/receiver/README.md",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn between<'t>(text: &'t str, start: &str, end: char) -> Vec<&'t str> {
    let parts = text.split(start).skip(1);
    parts
        .filter_map(|part| part.split_once(end))
        .map(|(found, _)| found)
        .collect()
}

/// Returns a page's headings as anchors, without punctuation.
fn headings(text: &str) -> impl Iterator<Item = String> {
    let headings = text.lines().filter_map(|line| {
        let heading = line.trim_start_matches('#');
        heading.strip_prefix(' ').filter(|_| line.starts_with('#'))
    });
    headings.map(|heading| {
        let kept = |letter: &char| letter.is_alphanumeric() || " -_".contains(*letter);
        let heading: String = heading.chars().filter(kept).collect();
        heading.to_lowercase().replace(' ', "-")
    })
}

/// Returns whether a link's target exists: a file, a heading of it (`FILE#anchor`) or of the page itself (`#anchor`).
fn leads(page: &Path, link: &str) -> bool {
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = match file {
        "" => page.to_owned(),
        _ => page.with_file_name(file),
    };
    let has_heading = || {
        let text = fs::read_to_string(&target);
        text.is_ok_and(|text| headings(&text).any(|heading| heading == anchor))
    };
    target.exists() && (anchor.is_empty() || has_heading())
}

#[test]
fn the_targets_of_links_exist() {
    for page in PAGES {
        let path = root().join(page);
        let text = fs::read_to_string(&path).unwrap();
        for link in between(&text, "](", ')') {
            if !link.contains("://") {
                assert!(leads(&path, link), "{page} links to {link}");
            }
        }
    }
}

/// A case is cited as `file: name`, several cases as `file: start ...` or `file: ... end`.
#[test]
fn cited_cases_exist() {
    let folder = root().join("tests/cases");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let files: Vec<_> = files
        .filter(|file| {
            file.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    let stems: Vec<_> = files
        .iter()
        .map(|file| file.file_stem().unwrap().to_str().unwrap())
        .collect();
    let names: Vec<_> = read_files(&files)
        .unwrap()
        .into_iter()
        .map(|case| case.name)
        .collect();

    let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let quoted = text.split('`').skip(1).step_by(2);
    let cited = quoted.filter(|quoted| {
        stems
            .iter()
            .any(|stem| quoted.starts_with(&format!("{stem}: ")))
    });
    let mut count = 0;
    for citation in cited {
        let (start, end) = citation.split_once("...").unwrap_or((citation, ""));
        let fits = |name: &String| match citation.contains("...") {
            true => name.starts_with(start) && name.ends_with(end),
            false => name.starts_with(citation),
        };
        assert!(names.iter().any(fits), "no case {citation}");
        count += 1;
    }
    assert!(count >= 4, "{count}");
}
