//! `cargo xtask test --changed`: the steps that judge the files that have changed, for an answer while one still
//! remembers the change.

use std::{fmt::Write as _, process::Command};

use anyhow::{Context as _, Result, ensure};

use super::{CHECKS, Check, judged};
use crate::Xtask;

/// What changes are compared with if the person names nothing: the first of these branches that is there.
const MAIN: [&str; 2] = ["origin/main", "main"];
/// How many digits of a commit's name are shown.
const DIGITS: usize = 9;

/// A step, and which of the changed files ask for it.
struct Chosen<'f> {
    check: &'static Check,
    files: Vec<&'f str>,
}

/// The steps for what has changed since this branch and `base` parted; says which are left out.
pub(super) fn checks(xtask: &Xtask, base: Option<&str>) -> Result<Vec<&'static Check>> {
    let git = Git(xtask);
    let base = base.map_or_else(|| git.main(), |base| Ok(base.to_owned()))?;
    let since = git.parted(&base)?;
    let files = git.changed(&since)?;
    let chosen = chosen(&files)?;
    let shown = since.get(..DIGITS).unwrap_or(&since);
    eprintln!("since {shown}, where this branch left {base}:");
    eprintln!("{}", told(&files, &chosen)?);
    Ok(chosen.iter().map(|chosen| chosen.check).collect())
}

fn chosen(files: &[String]) -> Result<Vec<Chosen<'_>>> {
    let mut chosen = Vec::new();
    for check in &CHECKS {
        let mut asking = Vec::new();
        for file in files {
            if judged::fits(check.judges, file)? || is_for_all(file)? {
                asking.push(file.as_str());
            }
        }
        if !asking.is_empty() {
            chosen.push(Chosen {
                check,
                files: asking,
            });
        }
    }
    Ok(chosen)
}

/// Whether all steps have to run for a file: it goes into everything, or nobody has said who judges it.
fn is_for_all(file: &str) -> Result<bool> {
    let is_known = is_judged(file)? || judged::fits(judged::NO_STEP, file)?;
    Ok(!is_known || judged::fits(judged::EVERY_STEP, file)?)
}

fn is_judged(file: &str) -> Result<bool> {
    let lists = CHECKS.iter().flat_map(|check| check.judges);
    let patterns: Vec<_> = lists
        .chain(judged::EVERY_STEP)
        .copied()
        .filter(|&pattern| pattern != judged::CODE)
        .collect();
    judged::fits(&patterns, file)
}

/// Which steps run, and for which file; which do not, and why.
fn told(files: &[String], chosen: &[Chosen<'_>]) -> Result<String> {
    let mut text = String::new();
    for Chosen { check, files } in chosen {
        let first = files.first().copied().unwrap_or_default();
        let _ = write!(text, "  {:<17} judges {first}", check.name);
        if files.len() > 1 {
            let _ = write!(text, " and {} more", files.len() - 1);
        }
        text.push('\n');
    }
    for file in files {
        if judged::fits(judged::NO_STEP, file)? {
            let _ = writeln!(text, "no step judges {file}");
        } else if !is_judged(file)? {
            let _ = writeln!(
                text,
                "all steps run, since xtask/src/test/judged.rs names none for {file}"
            );
        }
    }
    if files.is_empty() {
        text += "nothing has changed\n";
    }
    let is_chosen = |check: &Check| chosen.iter().any(|chosen| chosen.check.name == check.name);
    let left_out: Vec<_> = CHECKS
        .iter()
        .filter(|check| !is_chosen(check))
        .map(|check| check.name)
        .collect();
    if !left_out.is_empty() {
        let _ = writeln!(
            text,
            "left out, since none of these files is theirs to judge: {}\n`cargo xtask test` runs all steps",
            left_out.join(", ")
        );
    }
    Ok(text)
}

/// The repository, as git tells of it.
struct Git<'x>(&'x Xtask);

impl Git<'_> {
    fn main(&self) -> Result<String> {
        let is_there = |name: &&str| {
            self.says(&["rev-parse", "--verify", "--quiet", name])
                .is_ok()
        };
        MAIN.into_iter().find(is_there).map(str::to_owned).with_context(|| {
            format!(
                "there is no branch {}: name what the changes are compared with, `cargo xtask test --changed BASE`",
                MAIN.join(" or ")
            )
        })
    }

    /// The commit where this branch and another parted.
    fn parted(&self, base: &str) -> Result<String> {
        let commit = self.says(&["merge-base", "HEAD", base]).with_context(|| {
            format!(
                "{base} has to be a branch, a tag or a commit that shares history with this branch"
            )
        })?;
        Ok(commit.trim().to_owned())
    }

    /// The files that differ from a commit, committed or not, and those that git does not know yet.
    fn changed(&self, since: &str) -> Result<Vec<String>> {
        // A file that was moved is one that went and one that came.
        let differing = ["diff", "--name-only", "--no-renames", "-z", since];
        let unknown = ["ls-files", "--others", "--exclude-standard", "-z"];
        let mut files = names(&self.says(&differing)?);
        files.extend(names(&self.says(&unknown)?));
        files.sort_unstable();
        Ok(files)
    }

    fn says(&self, arguments: &[&str]) -> Result<String> {
        says(
            Command::new("git")
                .args(arguments)
                .current_dir(&self.0.workspace.root),
        )
    }
}

fn says(git: &mut Command) -> Result<String> {
    let output = git.output().context("cannot run git")?;
    ensure!(
        output.status.success(),
        "git: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    String::from_utf8(output.stdout).context("the name of a file is not UTF-8")
}

fn names(listed: &str) -> Vec<String> {
    listed.split_terminator('\0').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that git knows here.
    fn tracked() -> Vec<String> {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let listed = says(
            Command::new("git")
                .args(["ls-files", "-z"])
                .current_dir(root),
        );
        names(&listed.expect("tests run in a clone"))
    }

    fn steps(files: &[&str]) -> Vec<&'static str> {
        let files: Vec<_> = files.iter().map(|&file| file.to_owned()).collect();
        let chosen = chosen(&files).expect("patterns");
        chosen.iter().map(|chosen| chosen.check.name).collect()
    }

    #[test]
    fn every_file_is_judged() {
        let mut unjudged = tracked();
        unjudged.retain(|file| {
            is_for_all(file).expect("patterns") && !is_judged(file).expect("patterns")
        });
        assert_eq!(
            unjudged, [""; 0],
            "say in xtask/src/test/judged.rs which step judges these files"
        );
    }

    #[test]
    fn every_pattern_fits_a_file() {
        let files = tracked();
        let lists = CHECKS.iter().map(|check| check.judges);
        for pattern in lists.chain([judged::EVERY_STEP, judged::NO_STEP]).flatten() {
            let fits = |file: &String| judged::fits(&[pattern], file).expect("patterns");
            assert!(files.iter().any(fits), "{pattern} fits no file");
        }
    }

    #[test]
    fn every_step_judges_a_file() {
        for check in &CHECKS {
            assert!(!check.judges.is_empty(), "{} judges nothing", check.name);
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
    fn what_no_step_names_runs_all() {
        let all = CHECKS.map(|check| check.name);
        for file in ["Justfile", "new/place.rs", "Cargo.lock"] {
            assert_eq!(steps(&[file, "src/answer.rs"]), all, "{file}");
        }
    }

    #[test]
    fn what_no_step_can_judge_runs_none() {
        assert_eq!(steps(&[".github/workflows/ci.yml"]), [""; 0]);
    }

    #[test]
    fn it_says_what_runs_and_what_is_left_out() {
        let files = ["new.rs", "src/answer.rs", ".gitignore"].map(str::to_owned);
        let told =
            |files: &[String]| told(files, &chosen(files).expect("patterns")).expect("patterns");
        let one = told(&files[1..]);
        assert!(
            one.contains("  no-std            judges src/answer.rs\n"),
            "{one}"
        );
        assert!(one.contains("\nno step judges .gitignore\n"), "{one}");
        assert!(
            one.contains("left out") && one.contains("bundlers, "),
            "{one}"
        );
        let all = told(&files);
        assert!(all.contains("names none for new.rs\n"), "{all}");
        assert!(all.contains("judges new.rs and 1 more\n"), "{all}");
        assert!(!all.contains("left out"), "{all}");
        assert!(told(&[]).starts_with("nothing has changed\n"));
    }
}
