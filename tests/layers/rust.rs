//! Finds which modules of its crate a Rust file uses.

use crate::{circle::Graph, files};
use std::{collections::BTreeMap, fs, path::Path};

/// Returns the folders of all crates here: the workspace's own, as the empty path, and its members.
pub(crate) fn crates(root: &Path) -> Vec<String> {
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let (_, members) = manifest.split_once("members = [").unwrap();
    let (members, _) = members.split_once(']').unwrap();
    // A line is `    "xtask",`.
    let members = members.lines().filter_map(|line| line.split('"').nth(1));
    let members = members.filter(|member| root.join(member).join("src").is_dir());
    [""].into_iter().chain(members).map(str::to_owned).collect()
}

/// Returns the crate's modules, each as its file.
pub(crate) fn graph(folder: &Path) -> Graph {
    let modules: BTreeMap<Vec<String>, String> = files(folder, ".rs")
        .into_iter()
        // Unit tests may use anything.
        .filter(|file| !file.ends_with("/tests.rs"))
        .map(|file| {
            let source = fs::read_to_string(folder.join(&file)).unwrap();
            (module(&file), source)
        })
        .collect();
    let uses = modules.iter().map(|(module, source)| {
        let used = paths(source);
        let used = used
            .iter()
            .map(|path| module_of(path, module, |known| modules.contains_key(known)));
        let others = used.filter(|used| used != module);
        (
            module.join("::"),
            others.map(|one| one.join("::")).collect(),
        )
    });
    uses.collect()
}

/// Returns the module of a file: `a/b.rs` is `a::b`, and the crate's root file, `lib.rs` or `main.rs`, is the empty path.
fn module(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").split('/');
    path.map(str::to_owned)
        .filter(|name| name != "lib" && name != "main")
        .collect()
}

/// Returns the module in which the target of a path is declared.
fn module_of(
    path: &[String],
    from: &[String],
    is_module: impl Fn(&Vec<String>) -> bool,
) -> Vec<String> {
    let mut at = from.to_vec();
    for name in path {
        match name.as_str() {
            "crate" => at.clear(),
            "self" => {}
            "super" => {
                at.pop();
            }
            name => {
                at.push(name.to_owned());
                if !is_module(&at) {
                    at.pop();
                    break;
                }
            }
        }
    }
    at
}

/// Returns the paths in a file that begin with its crate, its own module or a child module. Skips tests and comments.
pub(crate) fn paths(source: &str) -> Vec<Vec<String>> {
    let code = source.split("\nmod tests {").next().unwrap();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code: String = lines.flat_map(|line| [line, "\n"]).collect();
    let tokens = tokens(&code);
    let children: Vec<_> = tokens
        .windows(3)
        .filter(|three| three[0] == "mod" && three[2] == ";")
        .map(|three| three[1])
        .collect();
    let mut paths = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let is_start = ["crate", "self", "super"].contains(token) || children.contains(token);
        let is_behind = at > 0 && tokens[at - 1] == "::";
        if is_start && !is_behind && tokens.get(at + 1) == Some(&"::") {
            tree(&tokens, at, &[], &mut paths);
        }
    }
    paths
}

/// Adds the paths of `a::b` or `a::{b, c::{d, e as f}}`, and returns the position after them.
fn tree(tokens: &[&str], at: usize, before: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let token = |at: usize| tokens.get(at).copied().unwrap_or("}");
    if token(at) == "{" {
        let mut at = at + 1;
        while token(at) != "}" {
            at = tree(tokens, at, before, paths);
            while ![",", "}"].contains(&token(at)) {
                at += 1;
            }
            at += usize::from(token(at) == ",");
        }
        return at + 1;
    }
    let path = [before, &[token(at).to_owned()]].concat();
    if token(at + 1) == "::" {
        return tree(tokens, at + 2, &path, paths);
    }
    paths.push(path);
    at + 1
}

/// Splits code into names, `::`, and all other characters except white space.
fn tokens(code: &str) -> Vec<&str> {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if is_name(first) {
            rest.find(|character| !is_name(character))
                .unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, behind) = rest.split_at(length);
        tokens.push(token);
        rest = behind.trim_start();
    }
    tokens
}

#[test]
fn paths_are_found_in_uses_and_in_code() {
    let source = "
        mod child;
        // crate::comment
        use crate::{a::{self, B}, c::D as E};
        pub(super) use super::f;
        fn g() -> $crate::h::I { child::j(std::child::k) }
mod tests {
        use crate::l;
    ";
    let paths: Vec<_> = paths(source).iter().map(|path| path.join("::")).collect();
    assert_eq!(
        paths,
        [
            "crate::a::self",
            "crate::a::B",
            "crate::c::D",
            "super::f",
            "crate::h::I",
            "child::j"
        ]
    );
}
