//! The README's code: JavaScript and TypeScript run on the installed package with deliveries good and bad, and each
//! command it names exists. Its Rust is doctests.

use std::{env, path::Path, process::Command};

use anyhow::{Context as _, Result, ensure};

use super::projects::Project;
use crate::{directory, tools::apt, xtask::Xtask};

const README: Project = Project {
    directory: "tests/readme",
    examples: &[],
    shared: &["tests/idempotency/servers.mjs"],
    node: None,
};

/// A fenced block.
#[derive(Debug, PartialEq, Eq)]
struct Block<'a> {
    /// The first word of its info string.
    language: &'a str,
    /// Where its fence is, from 1.
    line: usize,
    code: String,
}

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let text = fs_err::read_to_string(xtask.workspace.path("README.md"))?;
    let blocks = blocks(&text)?;
    let commands = check_commands(&blocks, has_command)?;
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

/// Counts the commands of this program in shell blocks, each of which must exist.
fn check_commands(blocks: &[Block<'_>], exists: impl Fn(&str) -> Result<bool>) -> Result<usize> {
    let mut count = 0;
    for block in blocks.iter().filter(|block| block.language == "sh") {
        for (_, words) in block
            .code
            .lines()
            .filter_map(|line| line.split_once("cargo xtask "))
        {
            let name = words.split_whitespace().next().unwrap_or_default();
            ensure!(
                exists(name)?,
                "README.md, block at line {}: there is no `cargo xtask {name}`",
                block.line
            );
            count += 1;
        }
    }
    Ok(count)
}

/// Whether this program has a command, which it knows by showing the command's help.
fn has_command(name: &str) -> Result<bool> {
    let help = Command::new(env::current_exe()?)
        .args([name, "--help"])
        .output();
    Ok(help.context("cannot run xtask itself")?.status.success())
}

fn blocks(text: &str) -> Result<Vec<Block<'_>>> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let mut code = String::new();
        loop {
            let (_, line) = lines.next().with_context(|| {
                format!("README.md: the block at line {} has no end", index + 1)
            })?;
            if line.trim_end() == "```" {
                break;
            }
            code += line;
            code.push('\n');
        }
        blocks.push(Block {
            language: info.split_whitespace().next().unwrap_or_default(),
            line: index + 1,
            code,
        });
    }
    Ok(blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_with_their_language_and_line() {
        let text = "a\n```js title=\"server.mjs\"\nx;\n\ny;\n```\n```\nplain\n```\n";
        let expected = [
            Block {
                language: "js",
                line: 2,
                code: "x;\n\ny;\n".into(),
            },
            Block {
                language: "",
                line: 7,
                code: "plain\n".into(),
            },
        ];
        assert_eq!(blocks(text).expect("blocks"), expected);
        assert!(blocks("```js\nx;\n").is_err());
    }

    #[test]
    fn a_command_that_is_not_there_is_seen() {
        let blocks = |code| {
            vec![Block {
                language: "sh",
                line: 1,
                code: String::from(code),
            }]
        };
        let exists = |name: &str| Ok(["demo", "test"].contains(&name));
        let both = blocks("cargo xtask demo\ncargo xtask test clippy\n");
        assert_eq!(check_commands(&both, exists).expect("commands"), 2);
        assert!(check_commands(&blocks("cargo xtask dmo\n"), exists).is_err());
    }
}
