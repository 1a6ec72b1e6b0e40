//! The counts of lcov's format, without the lines of unit tests.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context as _, Result};

/// The lines of a file that have code, without its unit tests.
pub(super) struct FileLines {
    /// Below `src`.
    pub(super) name: String,
    pub(super) count: usize,
    pub(super) missed: Vec<usize>,
}

/// Reads the counts of the files that are wanted, by their names below `src`.
pub(super) fn read(
    report: &str,
    src: &Path,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<Vec<FileLines>> {
    let mut files = Vec::new();
    for (path, counts) in counts(report)? {
        let below = Path::new(path).strip_prefix(src).ok();
        let Some(name) = below.and_then(Path::to_str).filter(|name| is_wanted(name)) else {
            continue;
        };
        let end = start_of_tests(&fs_err::read_to_string(path)?);
        let counts: Vec<_> = counts.range(..end).collect();
        if counts.is_empty() {
            continue;
        }
        let missed = counts.iter().filter(|(_, is_run)| !**is_run);
        files.push(FileLines {
            name: name.to_owned(),
            count: counts.len(),
            missed: missed.map(|(line, _)| **line).collect(),
        });
    }
    Ok(files)
}

/// For each file its lines, and whether they were run. `SF:` begins a file, `DA:LINE,COUNT` is a line.
fn counts(report: &str) -> Result<BTreeMap<&str, BTreeMap<usize, bool>>> {
    let mut files = BTreeMap::<_, BTreeMap<_, _>>::new();
    let mut file = "";
    for line in report.lines() {
        if let Some(path) = line.strip_prefix("SF:") {
            file = path;
        } else if let Some(counted) = line.strip_prefix("DA:") {
            let (line, count) = counted.split_once(',').context("a line without a count")?;
            let is_run = files.entry(file).or_default().entry(line.parse()?);
            *is_run.or_insert(false) |= count != "0";
        }
    }
    Ok(files)
}

/// The number of the line at which the unit tests begin, which end their file.
fn start_of_tests(source: &str) -> usize {
    let lines: Vec<_> = source.lines().collect();
    let tests = lines
        .windows(2)
        .position(|two| two == ["#[cfg(test)]", "mod tests {"]);
    tests.unwrap_or(lines.len()) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_unit_tests_do_not_count() {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("body.rs");
        fs_err::write(
            &file,
            "fn a() {}\nfn b() {}\n\n#[cfg(test)]\nmod tests {\n}\n",
        )
        .expect("written");
        let report = format!(
            "SF:{}\nDA:1,3\nDA:2,0\nDA:5,0\nend_of_record\n",
            file.display()
        );
        let read = |wanted: bool| read(&report, directory.path(), |_| wanted).expect("lines");
        let files = read(true);
        let [file] = &*files else {
            panic!("{} files", files.len());
        };
        assert_eq!(
            (&*file.name, file.count, &*file.missed),
            ("body.rs", 2, &[2][..])
        );
        assert!(read(false).is_empty());
    }
}
