//! Workflows of the repository's host, as far as they are read and run here.

mod actions;
pub(crate) mod runner;

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::Value;

use crate::xtask::Xtask;

pub(crate) const DIRECTORY: &str = ".github/workflows";
/// What publishes a version.
pub(crate) const RELEASE: &str = "release.yml";

/// What is read of a workflow.
#[derive(Deserialize)]
pub(crate) struct Workflow {
    pub(crate) jobs: BTreeMap<String, Job>,
}

#[derive(Deserialize)]
pub(crate) struct Job {
    pub(crate) needs: Option<String>,
    pub(crate) environment: Option<Value>,
    #[serde(default)]
    pub(crate) permissions: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
    pub(crate) steps: Vec<Step>,
}

/// It has either `run` or `uses`.
#[derive(Deserialize)]
pub(crate) struct Step {
    /// A script of bash.
    pub(crate) run: Option<String>,
    /// An action: `owner/name@commit`.
    pub(crate) uses: Option<String>,
    #[serde(default)]
    with: BTreeMap<String, Value>,
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
}

impl Workflow {
    /// Reads a workflow by the name of its file.
    pub(crate) fn read(xtask: &Xtask, name: &str) -> Result<Self> {
        let text = fs_err::read_to_string(xtask.workspace.path(DIRECTORY).join(name))?;
        Self::parse(&text).with_context(|| format!("{DIRECTORY}/{name} cannot be read"))
    }

    pub(crate) fn parse(text: &str) -> Result<Self> {
        Ok(serde_saphyr::from_str(text)?)
    }
}

impl Job {
    /// All texts in which a value of the workflow's host can stand.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let steps = self.steps.iter().flat_map(|step| {
            let inputs = step.with.values().filter_map(Value::as_str);
            let variables = step.env.values().map(String::as_str);
            inputs.chain(variables).chain(step.run.as_deref())
        });
        self.env.values().map(String::as_str).chain(steps)
    }
}

impl Step {
    /// The name of its action, without the commit.
    pub(crate) fn action(&self) -> Option<&str> {
        let uses = self.uses.as_deref()?;
        Some(uses.split_once('@').map_or(uses, |(name, _)| name))
    }

    /// An input of its action.
    pub(crate) fn input(&self, name: &str) -> Option<&str> {
        self.with.get(name)?.as_str()
    }
}
