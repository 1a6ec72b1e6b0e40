//! Tests the README's code. Its JavaScript and TypeScript run with the installed package, on good and bad deliveries. Each
//! command that the README or CONTRIBUTING.md names must exist. The README's Rust is doctests.

use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};

use super::projects::README;
use crate::{directory, tools::apt, xtask::Xtask};

/// Marks a block that leaves the settings out: they are those of the block above.
const WITH_SETTINGS: &str = "with settings";

/// A fenced block.
#[derive(Debug, PartialEq, Eq)]
struct Block<'a> {
    page: &'static str,
    /// The first word of its info string.
    language: &'a str,
    /// Where its fence is, from 1.
    line: usize,
    code: String,
}

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let text = |page| fs_err::read_to_string(xtask.workspace.path(page));
    let contributing = text("CONTRIBUTING.md")?;
    let readme = text("README.md")?;
    let blocks = blocks("README.md", &readme)?;
    let commands = check_commands(&blocks, xtask.commands)?
        + check_commands(
            &self::blocks("CONTRIBUTING.md", &contributing)?,
            xtask.commands,
        )?;
    let snippets = xtask.run_snippets(&README.copied(xtask)?, &blocks)?;
    Ok(format!("{snippets} snippets, {commands} commands"))
}

impl Xtask {
    fn run_snippets(&self, tests: &Path, blocks: &[Block<'_>]) -> Result<usize> {
        let (mut typed, mut modules) = (Vec::new(), Vec::new());
        for block in blocks {
            let name = format!("line-{}", block.line);
            match block.language {
                "js" => directory::write(&tests.join(format!("{name}.mjs")), &block.code)?,
                "ts" => {
                    directory::write(&tests.join(format!("{name}.mts")), &block.code)?;
                    typed.push(format!("{name}.mts"));
                }
                _ => continue,
            }
            modules.push(tests.join(format!("{name}.mjs")));
        }
        ensure!(
            !modules.is_empty(),
            "the README has no block marked `js` or `ts`"
        );
        if !typed.is_empty() {
            self.type_check(tests, &typed, &[])
                .context("TypeScript of the README")?;
        }
        let redis = self.need(apt::REDIS)?;
        let step = self.console.step("run the snippets");
        let mut caller = self.node();
        caller
            .arg("caller.mjs")
            .args(&modules)
            .env("REDIS_SERVER", redis)
            .current_dir(tests);
        self.console
            .run_within(&step, &mut caller)
            .context("JavaScript of the README")?;
        Ok(modules.len())
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

/// The lines of a block that read `secret` and `url` and declare `on`.
fn settings(code: &str) -> String {
    let is_setting =
        |line: &&str| line.contains("= process.env;") || line.starts_with("const on =");
    code.split_inclusive('\n').filter(is_setting).collect()
}

fn blocks<'t>(page: &'static str, text: &'t str) -> Result<Vec<Block<'t>>> {
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
        if info.ends_with(WITH_SETTINGS) {
            let above = blocks.last().map_or("", |block: &Block<'_>| &block.code);
            code.insert_str(0, &settings(above));
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
    fn a_block_marked_so_has_the_settings_of_the_one_above() {
        let settings = "const { A: secret } = process.env;\nconst on = {};\n";
        let text = format!(
            "```js\nimport b;\n{settings}x;\n```\n```js with settings\ny;\n```\n```js with settings\nz;\n```\n"
        );
        let blocks = blocks("README.md", &text).expect("blocks");
        let codes: Vec<_> = blocks.iter().skip(1).map(|block| &*block.code).collect();
        assert_eq!(
            codes,
            [format!("{settings}y;\n"), format!("{settings}z;\n")]
        );
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
