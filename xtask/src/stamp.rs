//! Tells whether a step has to run again, by the content of its inputs and outputs and not by times.

use std::path::{Path, PathBuf};

use anyhow::Result;
use fs_err as fs;
use sha2::{Digest as _, Sha256};

use crate::{
    console::{Console, Step},
    directory,
    workspace::Workspace,
};

/// The inputs and outputs of a step.
pub(crate) struct Stamp {
    file: PathBuf,
    inputs: Sha256,
    outputs: Vec<PathBuf>,
}

impl Stamp {
    /// A step that makes `outputs`, files or directories.
    pub(crate) fn new(workspace: &Workspace, step: &str, outputs: &[PathBuf]) -> Self {
        Self::in_directory(&workspace.scratch().join("stamps"), step, outputs)
    }

    fn in_directory(directory: &Path, step: &str, outputs: &[PathBuf]) -> Self {
        Self {
            file: directory.join(step),
            inputs: Sha256::new(),
            outputs: outputs.to_vec(),
        }
    }

    /// Adds a file or a directory that the step reads.
    pub(crate) fn reads(mut self, path: &Path) -> Result<Self> {
        hash_path(&mut self.inputs, path)?;
        Ok(self)
    }

    /// Adds a text as an input.
    pub(crate) fn depends_on(mut self, text: &str) -> Self {
        hash_bytes(&mut self.inputs, text.as_bytes());
        self
    }

    /// Whether inputs and outputs are the same as when the step last ran.
    fn is_current(&self) -> bool {
        let recorded = fs::read_to_string(&self.file);
        // Outputs that cannot be read are made again.
        recorded.is_ok_and(|recorded| self.text().is_ok_and(|now| now == recorded))
    }

    /// Runs the step, unless it is current.
    pub(crate) fn renew(
        &self,
        console: &Console,
        label: &str,
        make: impl FnOnce(&Step) -> Result<()>,
    ) -> Result<()> {
        if self.is_current() {
            return Ok(());
        }
        let step = console.step(label);
        make(&step)?;
        self.record()?;
        step.done("");
        Ok(())
    }

    /// Records that the step has run.
    fn record(&self) -> Result<()> {
        directory::write(&self.file, self.text()?)
    }

    fn text(&self) -> Result<String> {
        let mut hash = self.inputs.clone();
        for output in &self.outputs {
            hash_path(&mut hash, output)?;
        }
        Ok(hex::encode(hash.finalize()))
    }
}

fn hash_path(hash: &mut Sha256, path: &Path) -> Result<()> {
    for file in directory::files(path)? {
        let name = file.strip_prefix(path).unwrap_or(&file);
        hash_bytes(hash, name.as_os_str().as_encoded_bytes());
        hash_bytes(hash, &fs::read(&file)?);
    }
    // Marks the end of the list, so that files cannot move between two paths unseen.
    hash_bytes(hash, b"");
    Ok(())
}

/// Adds the length too, so that two different lists of parts never have the same hash.
fn hash_bytes(hash: &mut Sha256, bytes: &[u8]) {
    hash.update(bytes.len().to_le_bytes());
    hash.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    /// A directory of this test's own.
    struct Scratch(TempDir);

    impl Scratch {
        fn new() -> Self {
            Self(tempfile::tempdir().expect("a directory"))
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn write(&self, name: &str, content: &str) {
            directory::write(&self.path(name), content).expect("a file");
        }

        fn stamp(&self) -> Stamp {
            let stamp = Stamp::in_directory(&self.path("stamps"), "step", &[self.path("out")]);
            stamp.reads(&self.path("in")).expect("inputs")
        }
    }

    #[test]
    fn a_step_is_current_until_what_it_reads_or_made_changes() {
        let scratch = Scratch::new();
        scratch.write("in/a", "1");
        scratch.write("out/b", "2");
        assert!(!scratch.stamp().is_current(), "it never ran");
        scratch.stamp().record().expect("a record");
        assert!(scratch.stamp().is_current());

        let changes = [("in/a", "2"), ("in/c", ""), ("out/b", "1"), ("out/d", "")];
        for (name, content) in changes {
            scratch.write(name, content);
            assert!(!scratch.stamp().is_current(), "{name} has changed");
            scratch.stamp().record().expect("a record");
            assert!(scratch.stamp().is_current());
        }
        fs::remove_dir_all(scratch.path("out")).expect("outputs are removed");
        assert!(!scratch.stamp().is_current(), "what it made is gone");
    }

    #[test]
    fn content_does_not_move_between_files_unseen() {
        let scratch = Scratch::new();
        scratch.write("in/a", "12");
        scratch.write("in/b", "3");
        scratch.write("out/c", "");
        scratch.stamp().record().expect("a record");
        scratch.write("in/a", "1");
        scratch.write("in/b", "23");
        assert!(!scratch.stamp().is_current());
    }
}
