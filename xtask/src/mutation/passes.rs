//! Which tests judge which files: a change of the core needs no tests of the receivers, which take longer to compile.

/// The receivers: these files of `src`, and the directories of the same name.
const RECEIVERS: [&str; 5] = [
    "arrival",
    "axum",
    "idempotency",
    "serialize/record",
    "tower",
];
/// Without `properties`, whose random texts take seconds. What only they notice deserves a case, which every host runs.
const CORE_TESTS: [&str; 6] = [
    "--lib",
    "--test=cases",
    "--test=header_map",
    "--test=secrecy",
    "--test=serialize",
    "--test=wiped",
];
const RECEIVER_TESTS: [&str; 2] = ["--lib", "--test=receiver"];

/// Mutants that the same tests judge.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pass {
    pub(super) name: &'static str,
    /// Options of cargo-mutants, which say what to change.
    pub(super) files: Vec<String>,
    /// Options of `cargo test`, which say what to build and run.
    pub(super) tests: &'static [&'static str],
}

/// The passes for some files of `src`, or for all if none is named.
pub(super) fn passes(named: &[String]) -> Vec<Pass> {
    let (receivers, core) = match named {
        [] => (receivers("--file"), receivers("--exclude")),
        named => {
            let (receivers, core): (Vec<&String>, Vec<_>) =
                named.iter().partition(|file| is_receiver(file));
            (options(receivers), options(core))
        }
    };
    let passes = [
        Pass {
            name: "core",
            files: core,
            tests: &CORE_TESTS,
        },
        Pass {
            name: "receivers",
            files: receivers,
            tests: &RECEIVER_TESTS,
        },
    ];
    let passes = passes.into_iter();
    passes.filter(|pass| !pass.files.is_empty()).collect()
}

fn options(files: Vec<&String>) -> Vec<String> {
    let files = files.into_iter();
    files.map(|file| format!("--file={file}")).collect()
}

fn receivers(option: &str) -> Vec<String> {
    let both = |name| {
        [
            format!("{option}=src/{name}.rs"),
            format!("{option}=src/{name}/**"),
        ]
    };
    RECEIVERS.into_iter().flat_map(both).collect()
}

fn is_receiver(file: &str) -> bool {
    let path = file.trim_start_matches("src/");
    let behind = |name| path.strip_prefix(name);
    let mut behind = RECEIVERS.into_iter().filter_map(behind);
    behind.any(|rest| rest == ".rs" || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn names_and_files(named: &[&str]) -> Vec<(&'static str, Vec<String>)> {
        let named: Vec<_> = named.iter().map(|&file| file.to_owned()).collect();
        let passes = passes(&named).into_iter();
        passes.map(|pass| (pass.name, pass.files)).collect()
    }

    #[test]
    fn named_files_have_their_own_tests() {
        let found = names_and_files(&["src/tower/lease.rs", "src/headers.rs", "src/axum.rs"]);
        let core = vec!["--file=src/headers.rs".to_owned()];
        let receivers = ["--file=src/tower/lease.rs", "--file=src/axum.rs"];
        let receivers = receivers.map(str::to_owned).to_vec();
        assert_eq!(found, [("core", core), ("receivers", receivers)]);
        let found = names_and_files(&["src/headers.rs"]);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn without_names_it_is_all_of_src() {
        let found = names_and_files(&[]);
        assert_eq!(found.len(), 2);
        let crate_root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src");
        for name in RECEIVERS {
            assert!(crate_root.join(format!("{name}.rs")).is_file(), "{name}");
        }
    }
}
