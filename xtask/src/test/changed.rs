//! `cargo xtask test --changed`: runs only the steps that judge files which have changed, for a quick answer.

use std::fmt;

use anyhow::{Context as _, Result};

use super::{check::Check, judged};
use crate::xtask::Xtask;

/// The branch to compare with by default: the first of these that exists.
const MAIN: [&str; 2] = ["origin/main", "main"];
/// How many digits of a commit's name are shown.
const DIGITS: usize = 9;

/// The steps of `all` for what has changed since this branch and `base` parted; says which are left out.
pub(super) fn checks(
    xtask: &Xtask,
    all: &'static [Check],
    base: Option<&str>,
) -> Result<Vec<&'static Check>> {
    let base = base.map_or_else(|| main_branch(xtask), |base| Ok(base.to_owned()))?;
    // The last common commit of this branch and the other.
    let since = xtask.git(&["merge-base", "HEAD", &base]).with_context(|| {
        format!("{base} has to be a branch, a tag or a commit that shares history with this branch")
    })?;
    let files = files_since(xtask, &since)?;
    let shown = since.get(..DIGITS).unwrap_or(&since);
    if files.is_empty() {
        eprintln!("nothing has changed since {shown}, where this branch left {base}");
        return Ok(Vec::new());
    }
    let choice = Choice::new(all, &files);
    eprintln!("what has changed since {shown}, where this branch left {base}:");
    eprintln!("{choice}");
    Ok(choice.checks())
}

/// Which steps judge the changed files.
struct Choice<'f> {
    /// Each step with the files that it judges.
    judging: Vec<(&'static Check, Vec<&'f str>)>,
    /// Files that all steps depend on.
    for_all: Vec<&'f str>,
    /// Files that no step is named for. All steps run because of them.
    unnamed: Vec<&'f str>,
    /// Files that no step can judge.
    for_none: Vec<&'f str>,
}

impl<'f> Choice<'f> {
    fn new(all: &'static [Check], files: &'f [String]) -> Self {
        let files = || files.iter().map(String::as_str);
        let fitting = |patterns: &[&str]| -> Vec<_> {
            let fits = |file: &&str| judged::fits(patterns, file);
            files().filter(fits).collect()
        };
        let judging = all.iter().map(|check| (check, fitting(check.judges)));
        let judging = judging.collect();
        let for_all = fitting(judged::EVERY_STEP);
        let for_none = fitting(judged::NO_STEP);
        let unnamed = files().filter(|file| {
            !(for_all.contains(file) || for_none.contains(file) || is_judged(all, file))
        });
        Self {
            judging,
            unnamed: unnamed.collect(),
            for_all,
            for_none,
        }
    }

    fn is_all(&self) -> bool {
        !(self.for_all.is_empty() && self.unnamed.is_empty())
    }

    fn checks(&self) -> Vec<&'static Check> {
        let chosen = |(_, files): &&(_, Vec<_>)| self.is_all() || !files.is_empty();
        let chosen = self.judging.iter().filter(chosen);
        chosen.map(|(check, _)| *check).collect()
    }
}

/// Whether a step tests what a file does, and not only how it is written.
fn is_judged(all: &[Check], file: &str) -> bool {
    let mut patterns = all.iter().flat_map(|check| check.judges);
    patterns.any(|pattern| *pattern != judged::CODE && judged::fits(&[pattern], file))
}

/// Says which steps run and for which files, and which are left out.
impl fmt::Display for Choice<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for file in &self.for_none {
            writeln!(out, "no step judges {file}")?;
        }
        for file in &self.for_all {
            writeln!(out, "all steps run, since all depend on {file}")?;
        }
        for file in &self.unnamed {
            writeln!(
                out,
                "all steps run, since xtask/src/test/judged.rs names none for {file}"
            )?;
        }
        if self.is_all() {
            return Ok(());
        }
        let mut left_out = Vec::new();
        for (check, files) in &self.judging {
            match files.as_slice() {
                [] => left_out.push(check.name),
                [file] => writeln!(out, "  {:<17} judges {file}", check.name)?,
                [first, others @ ..] => {
                    let (name, others) = (check.name, others.len());
                    writeln!(out, "  {name:<17} judges {first} and {others} more")?;
                }
            }
        }
        writeln!(
            out,
            "left out, since they judge none of it: {}\n`cargo xtask test` runs all steps",
            left_out.join(", ")
        )
    }
}

fn main_branch(xtask: &Xtask) -> Result<String> {
    let is_there = |name: &&str| {
        let verified = xtask.git(&["rev-parse", "--verify", "--quiet", name]);
        verified.is_ok()
    };
    MAIN.into_iter().find(is_there).map(str::to_owned).with_context(|| {
        format!(
            "there is no branch {}: name what the changes are compared with, `cargo xtask test --changed BASE`",
            MAIN.join(" or ")
        )
    })
}

/// The files that differ from a commit, whether committed or not, and untracked files.
fn files_since(xtask: &Xtask, commit: &str) -> Result<Vec<String>> {
    // A moved file counts as one that was removed and one that was added.
    let differing = ["diff", "--name-only", "--no-renames", "-z", commit];
    let unknown = ["ls-files", "--others", "--exclude-standard", "-z"];
    let mut files = names(&xtask.git(&differing)?);
    files.extend(names(&xtask.git(&unknown)?));
    files.sort_unstable();
    Ok(files)
}

fn names(listed: &str) -> Vec<String> {
    listed.split_terminator('\0').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::{Arguments, console::Console, test::CHECKS, workspace::Workspace};

    /// All files that git tracks.
    fn tracked() -> Vec<String> {
        let xtask = Xtask::new(
            Workspace::find().expect("a workspace"),
            Console::new(false),
            Arguments::command,
        );
        names(
            &xtask
                .git(&["ls-files", "-z"])
                .expect("tests run in a clone"),
        )
    }

    fn owned(files: &[&str]) -> Vec<String> {
        files.iter().map(|&file| file.to_owned()).collect()
    }

    fn steps(files: &[&str]) -> Vec<&'static str> {
        let files = owned(files);
        let checks = Choice::new(&CHECKS, &files).checks();
        checks.iter().map(|check| check.name).collect()
    }

    fn told(files: &[&str]) -> String {
        let files = owned(files);
        Choice::new(&CHECKS, &files).to_string()
    }

    #[test]
    fn every_file_is_judged() {
        let files = tracked();
        let choice = Choice::new(&CHECKS, &files);
        assert_eq!(
            choice.unnamed, [""; 0],
            "say in xtask/src/test/judged.rs which step judges these files"
        );
    }

    #[test]
    fn every_step_judges_a_file_by_each_of_its_patterns() {
        let files = tracked();
        let fits = |pattern: &str| {
            let fits = |file: &String| judged::fits(&[pattern], file);
            files.iter().any(fits)
        };
        for check in &CHECKS {
            assert!(!check.judges.is_empty(), "{} judges nothing", check.name);
        }
        let lists = CHECKS.iter().map(|check| check.judges);
        for pattern in lists.chain([judged::EVERY_STEP, judged::NO_STEP]).flatten() {
            assert!(fits(pattern), "{pattern} fits no file");
        }
    }

    #[test]
    fn a_change_runs_the_steps_that_judge_it() {
        assert_eq!(
            steps(&["tests/frameworks/lambda/types.ts"]),
            ["frameworks-lambda"]
        );
        assert_eq!(
            steps(&["tests/queue/README.md", "js/wasm/tests/names.rs"]),
            [
                "format", "node", "queue", "members", "wasm", "clippy", "rustdoc"
            ]
        );
    }

    #[test]
    fn what_no_step_names_and_what_all_depend_on_runs_all() {
        let all = CHECKS.map(|check| check.name);
        for file in ["Justfile", "new/place.rs", "Cargo.lock"] {
            assert_eq!(steps(&[file, "src/answer.rs"]), all, "{file}");
        }
    }

    #[test]
    fn what_no_step_can_judge_runs_none() {
        assert_eq!(steps(&[".github/ISSUE_TEMPLATE/bug.md"]), [""; 0]);
    }

    #[test]
    fn it_says_what_runs_and_why_the_others_do_not() {
        let one = told(&["src/answer.rs", ".gitignore", "src/answer/table.rs"]);
        let shown = "  no-std            judges src/answer.rs and 1 more\n";
        assert!(one.contains(shown), "{one}");
        assert!(one.contains("no step judges .gitignore\n"), "{one}");
        assert!(
            one.contains("left out, since they judge none of it: cases, "),
            "{one}"
        );
        let all = told(&["new.rs", "Cargo.lock", "src/answer.rs"]);
        assert_eq!(
            all,
            "all steps run, since all depend on Cargo.lock\n\
             all steps run, since xtask/src/test/judged.rs names none for new.rs\n"
        );
    }
}
