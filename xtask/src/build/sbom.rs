//! Bills of materials in the format `CycloneDX` 1.6: `dist/*.cdx.json`. They list the crates that are compiled into an artefact, with
//! its own features and for its own target. They have no time and no random number, so the same sources have the same bill.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{directory, tools::toolchain, xtask::Xtask};

/// Of what is compiled, and not of what only runs while it is.
const EDGES: &str = "normal,no-proc-macro";

/// An artefact that has a bill.
struct Artefact {
    /// The stem of the bill's file.
    name: &'static str,
    /// The crates that its modules are compiled from.
    packages: &'static [&'static str],
    /// What its own package URL begins with.
    registry: &'static str,
}

const ARTEFACTS: [Artefact; 2] = [
    Artefact {
        name: "component",
        packages: &[super::component::PACKAGE],
        registry: "pkg:generic/",
    },
    Artefact {
        name: "npm",
        packages: &[super::npm::PACKAGE, super::tools::PACKAGE],
        registry: "pkg:npm/",
    },
];

/// A crate in an artefact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Crate {
    name: String,
    version: String,
    license: String,
}

/// `Cargo.lock`.
#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
    /// The SHA-256 of the packed crate. Crates of this workspace have none.
    checksum: Option<String>,
}

/// Each crate with those that it depends on.
type Graph = BTreeMap<Crate, Vec<Crate>>;

impl Xtask {
    /// Writes the bills.
    pub(super) fn write_sboms(&self) -> Result<()> {
        let lock = fs_err::read_to_string(self.workspace.path("Cargo.lock"))?;
        let lock: Lock = toml::from_str(&lock).context("Cargo.lock cannot be read")?;
        for artefact in &ARTEFACTS {
            let bill = self.bill(artefact, &lock)?;
            let file = format!("{}.cdx.json", artefact.name);
            let text = serde_json::to_string_pretty(&bill)? + "\n";
            directory::write(&self.workspace.dist().join(file), text)?;
        }
        Ok(())
    }

    fn bill(&self, artefact: &Artefact, lock: &Lock) -> Result<Value> {
        let trees: Result<String> = artefact
            .packages
            .iter()
            .map(|name| self.tree(name))
            .collect();
        let package = &self.workspace.package;
        let itself = json!({
            "type": "library",
            "bom-ref": artefact.name,
            "name": package.name,
            "version": package.version,
            "description": package.description,
            "licenses": [{ "expression": package.license }],
            "purl": format!("{}{}@{}", artefact.registry, package.name, package.version),
        });
        document(artefact.name, &itself, &graph(&trees?)?, lock)
    }

    /// The crates that a crate is compiled with, each line with its depth.
    fn tree(&self, package: &str) -> Result<String> {
        let mut tree = self.cargo(&format!(
            "tree --locked -p {package} --target {} -e {EDGES} --no-dedupe --prefix depth",
            toolchain::WASM
        ));
        tree.args(["--format", "{p}\t{l}"]);
        let output = self.console.run("bill of materials: crates", &mut tree)?;
        Ok(output.stdout)
    }
}

impl Crate {
    /// From `name v1.2.3 (path)`, a tab, and the licence.
    fn parse(text: &str) -> Option<Self> {
        let (named, license) = text.split_once('\t')?;
        let mut words = named.split(' ');
        Some(Self {
            name: words.next()?.to_owned(),
            version: words.next()?.strip_prefix('v')?.to_owned(),
            license: license.to_owned(),
        })
    }

    fn purl(&self) -> String {
        format!("pkg:cargo/{}@{}", self.name, self.version)
    }

    fn component(&self, lock: &Lock) -> Value {
        let is_this = |locked: &&Locked| locked.name == self.name && locked.version == self.version;
        let locked = lock.package.iter().find(is_this);
        let checksum = locked.and_then(|locked| locked.checksum.as_ref());
        let hashes = checksum.map(|checksum| json!({ "alg": "SHA-256", "content": checksum }));
        json!({
            "type": "library",
            "bom-ref": self.purl(),
            "name": self.name,
            "version": self.version,
            "hashes": hashes.into_iter().collect::<Vec<_>>(),
            "licenses": [{ "expression": self.license }],
            "purl": self.purl(),
        })
    }
}

/// Reads lines that begin with their depth, such as `2sha2 v0.11.1`.
fn graph(tree: &str) -> Result<Graph> {
    let mut graph = Graph::new();
    let mut above: Vec<Crate> = Vec::new();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let parsed = || {
            let (depth, rest) = line.split_at_checked(digits)?;
            Some((depth.parse().ok()?, Crate::parse(rest)?))
        };
        let (depth, found): (usize, Crate) = parsed()
            .with_context(|| format!("cargo tree wrote a line that names no crate: {line}"))?;
        above.truncate(depth);
        graph.entry(found.clone()).or_default();
        if let Some(needed_by) = above.last() {
            let needs = graph.entry(needed_by.clone()).or_default();
            if !needs.contains(&found) {
                needs.push(found.clone());
            }
        }
        above.push(found);
    }
    Ok(graph)
}

fn document(name: &str, itself: &Value, graph: &Graph, lock: &Lock) -> Result<Value> {
    let needed: Vec<_> = graph.values().flatten().collect();
    let roots = graph.keys().filter(|found| !needed.contains(found));
    let roots: Vec<_> = roots.map(Crate::purl).collect();
    ensure!(!roots.is_empty(), "cargo tree named no crate");
    let components = graph.keys().map(|found| found.component(lock));
    let purls = |needs: &[Crate]| needs.iter().map(Crate::purl).collect::<Vec<_>>();
    let edges = graph
        .iter()
        .map(|(found, needs)| json!({ "ref": found.purl(), "dependsOn": purls(needs) }));
    let top = json!({ "ref": name, "dependsOn": roots });
    let dependencies: Vec<_> = [top].into_iter().chain(edges).collect();
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": itself },
        "components": components.collect::<Vec<_>>(),
        "dependencies": dependencies,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "0a v1.0.0 (/somewhere)\tMIT\n1b v2.0.0\tMIT OR Apache-2.0\n2c v3.0.0\tISC\n1c v3.0.0\tISC\n";

    fn lock() -> Lock {
        let text = "[[package]]\nname = \"c\"\nversion = \"3.0.0\"\nchecksum = \"00ff\"\n";
        toml::from_str(text).expect("a lock file")
    }

    #[test]
    fn a_tree_becomes_a_bill() -> Result<()> {
        let bill = document("top", &json!({ "name": "top" }), &graph(TREE)?, &lock())?;
        let names = bill["components"].as_array().map(Vec::len);
        assert_eq!(names, Some(3));
        assert_eq!(bill["components"][2]["hashes"][0]["content"], "00ff");
        assert_eq!(
            bill["dependencies"],
            json!([
                { "ref": "top", "dependsOn": ["pkg:cargo/a@1.0.0"] },
                { "ref": "pkg:cargo/a@1.0.0", "dependsOn": ["pkg:cargo/b@2.0.0", "pkg:cargo/c@3.0.0"] },
                { "ref": "pkg:cargo/b@2.0.0", "dependsOn": ["pkg:cargo/c@3.0.0"] },
                { "ref": "pkg:cargo/c@3.0.0", "dependsOn": [] },
            ])
        );
        Ok(())
    }

    #[test]
    fn a_bill_has_no_path_of_this_machine() -> Result<()> {
        let bill = document("top", &json!({}), &graph(TREE)?, &lock())?;
        assert!(!bill.to_string().contains("somewhere"));
        Ok(())
    }

    #[test]
    fn another_line_is_an_error() {
        assert!(graph("error: no such package\n").is_err());
    }
}
