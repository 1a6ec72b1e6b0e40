//! Promise: every file and case that a document refers to exists, and the READMEs of the packages are complete.

use docutray_webhook::Code;
use docutray_webhook_suite::read_files;
use std::{fs, path::Path};

const PAGES: [&str; 11] = [
    "README.md",
    "js/README.md",
    "src/README.md",
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

/// The registries show these pages, where a relative link would lead nowhere.
const SHOWN_ELSEWHERE: [&str; 2] = ["js/README.md", "src/README.md"];
const REPOSITORY: &str = "https://github.com/docutray/docutray-webhook";

#[test]
fn links_of_a_registry_s_page_are_absolute() {
    for page in SHOWN_ELSEWHERE {
        let text = fs::read_to_string(root().join(page)).unwrap();
        let links = between(&text, "](", ')');
        assert!(!links.is_empty(), "{page}");
        for link in links {
            assert!(link.starts_with("https://"), "{page} links to {link}");
            if let Some(place) = link.strip_prefix(REPOSITORY) {
                let file = ["/blob/main/", "/tree/main/"]
                    .iter()
                    .find_map(|start| place.strip_prefix(start));
                assert!(
                    leads(&root().join("README.md"), file.unwrap_or(place)),
                    "{page} links to {link}"
                );
            }
        }
    }
}

/// Returns the names in code in the first cells of a page's tables, without what follows a name.
fn rows(page: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(page)).expect("a page");
    let cells = text
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let codes = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    codes
        .map(|code| code.split('(').next().unwrap_or(code).to_owned())
        .collect()
}

#[test]
fn each_error_is_in_the_tables_of_the_readmes() {
    for page in ["README.md", "js/README.md"] {
        let rows = rows(page);
        for code in Code::ALL {
            assert!(
                rows.iter().any(|row| row == code.as_str()),
                "{page} has no row for {code}"
            );
        }
    }
}

#[test]
fn each_option_of_a_handler_is_in_the_table_of_the_npm_readme() {
    let rows = rows("js/README.md");
    for (file, start) in [
        ("js/src/verifier-options.ts", "VERIFIER_OPTIONS = ["),
        ("js/src/receiver/options.ts", "HANDLER_OPTIONS = ["),
    ] {
        let source = fs::read_to_string(root().join(file)).unwrap();
        let list = between(&source, start, ']').remove(0).to_owned();
        let options: Vec<_> = list.split('"').skip(1).step_by(2).collect();
        assert!(options.len() > 3, "{file}: {list}");
        for option in options {
            assert!(
                rows.iter().any(|row| row == option),
                "js/README.md has no row for {option}"
            );
        }
    }
}

/// Returns the blocks of a page in a language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(page)).expect("a page");
    let fence = format!("```{language}\n");
    let parts = text.split(&fence).skip(1);
    let blocks: Vec<_> = parts
        .filter_map(|part| part.split("```").next())
        .map(str::to_owned)
        .collect();
    assert!(!blocks.is_empty(), "{page} has no block marked {language}");
    blocks
}

/// The crate's README is a doctest, the repository's is not.
#[test]
fn the_readme_s_rust_is_that_of_the_crate_s_readme() {
    let tested = blocks("src/README.md", "rust");
    for block in blocks("README.md", "rust") {
        assert!(tested.contains(&block), "not in src/README.md:\n{block}");
    }
}

#[test]
fn the_readme_s_interface_is_the_component_s() {
    let interface = fs::read_to_string(root().join("wit/webhook.wit")).unwrap();
    let lines: Vec<_> = interface.lines().map(str::trim).collect();
    for block in blocks("README.md", "wit") {
        for line in block.lines().map(str::trim) {
            assert!(lines.contains(&line), "not in wit/webhook.wit: {line}");
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
