//! Tests the code of the two READMEs in JavaScript and TypeScript, with the installed package, on good and bad deliveries. Each
//! command that a README or CONTRIBUTING.md names must exist. Rust in the READMEs is doctests.

use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};

use super::projects::README;
use crate::{directory, tools::apt, xtask::Xtask};

/// The pages, each with a name for its blocks.
const PAGES: [(&str, &str); 3] = [
    ("CONTRIBUTING.md", "contributing"),
    ("README.md", "readme"),
    ("js/README.md", "npm"),
];
/// Declares what the blocks import of their host or of the reader's project.
const DECLARED: &str = "cloudflare-workers.d.ts";

/// A fenced block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block<'a> {
    page: &'static str,
    /// The first word of its info string.
    pub(super) language: &'a str,
    /// Where its fence is, from 1.
    line: usize,
    pub(super) code: String,
}

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let tests = README.copied(xtask)?;
    let (mut commands, mut snippets) = (0, Snippets::default());
    for (page, name) in PAGES {
        let text = fs_err::read_to_string(xtask.workspace.path(page))?;
        let blocks = blocks(page, &text)?;
        commands += check_commands(&blocks, xtask.commands)?;
        for block in &blocks {
            snippets.write(&tests, name, block)?;
        }
    }
    xtask.run_snippets(&tests, &snippets)?;
    Ok(format!(
        "{} snippets, {commands} commands",
        snippets.run.len()
    ))
}

/// The files of the blocks.
#[derive(Default)]
struct Snippets {
    typed: Vec<String>,
    /// What `caller.mjs` gets.
    run: Vec<String>,
}

impl Snippets {
    fn write(&mut self, tests: &Path, page: &str, block: &Block<'_>) -> Result<()> {
        let (source, run) = match block.language {
            "js" => ("mjs", "mjs"),
            "json" => ("json", "json"),
            "ts" => ("mts", "mjs"),
            _ => return Ok(()),
        };
        let name = format!("{page}-{}", block.line);
        directory::write(&tests.join(format!("{name}.{source}")), &block.code)?;
        if source == "mts" {
            self.typed.push(format!("{name}.{source}"));
        }
        self.run.push(format!("{name}.{run}"));
        Ok(())
    }
}

impl Xtask {
    fn run_snippets(&self, tests: &Path, snippets: &Snippets) -> Result<()> {
        ensure!(
            !snippets.typed.is_empty(),
            "the READMEs have no block marked `ts`"
        );
        let mut typed = snippets.typed.clone();
        typed.push(DECLARED.into());
        // Some frameworks' own types do not pass these checks.
        self.type_check(tests, &typed, &["--skipLibCheck"])
            .context("TypeScript of the READMEs")?;
        let redis = self.need(apt::REDIS)?;
        let step = self.console.step("run the snippets");
        let mut caller = self.node();
        caller
            .arg("caller.mjs")
            .args(&snippets.run)
            .env("REDIS_SERVER", redis)
            .current_dir(tests);
        self.console
            .run_within(&step, &mut caller)
            .map(drop)
            .context("JavaScript of the READMEs")
    }
}

/// Counts the commands of this program in shell blocks, each of which it must understand.
fn check_commands(blocks: &[Block<'_>], known: fn() -> clap::Command) -> Result<usize> {
    let mut count = 0;
    for block in blocks.iter().filter(|block| block.language == "sh") {
        for (_, words) in block
            .code
            .lines()
            .filter_map(|line| line.split_once("cargo xtask "))
        {
            let words = words.split_once('#').map_or(words, |(words, _)| words);
            let arguments = ["cargo xtask"].into_iter().chain(words.split_whitespace());
            let fault = known().try_get_matches_from(arguments).err();
            if let Some(fault) = fault.filter(clap::Error::use_stderr) {
                bail!(
                    "{}, block at line {}: `cargo xtask {}`: {fault}",
                    block.page,
                    block.line,
                    words.trim()
                );
            }
            count += 1;
        }
    }
    Ok(count)
}

pub(super) fn blocks<'t>(page: &'static str, text: &'t str) -> Result<Vec<Block<'t>>> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let mut code = String::new();
        loop {
            let (_, line) = lines
                .next()
                .with_context(|| format!("{page}: the block at line {} has no end", index + 1))?;
            if line.trim_end() == "```" {
                break;
            }
            code += line;
            code.push('\n');
        }
        blocks.push(Block {
            page,
            language: info.split_whitespace().next().unwrap_or_default(),
            line: index + 1,
            code,
        });
    }
    Ok(blocks)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::Arguments;

    #[test]
    fn blocks_are_found_with_their_language_and_line() {
        let text = "a\n```js title=\"server.mjs\"\nx;\n\ny;\n```\n```\nplain\n```\n";
        let expected = [
            Block {
                page: "README.md",
                language: "js",
                line: 2,
                code: "x;\n\ny;\n".into(),
            },
            Block {
                page: "README.md",
                language: "",
                line: 7,
                code: "plain\n".into(),
            },
        ];
        assert_eq!(blocks("README.md", text).expect("blocks"), expected);
        assert!(blocks("README.md", "```js\nx;\n").is_err());
    }

    #[test]
    fn a_command_that_is_not_there_is_seen() {
        let blocks = |code: &str| {
            vec![Block {
                page: "README.md",
                language: "sh",
                line: 1,
                code: String::from(code),
            }]
        };
        assert_eq!(
            check_commands(
                &blocks("cargo xtask demo # shows\ncargo xtask test clippy\ncargo xtask --help\n"),
                Arguments::command
            )
            .expect("commands"),
            3
        );
        let wrong = ["dmo", "test clipy", "test --chnged", "build core"];
        for words in wrong {
            let found = check_commands(
                &blocks(&format!("cargo xtask {words}\n")),
                Arguments::command,
            );
            assert!(found.is_err(), "{words}");
        }
    }
}
