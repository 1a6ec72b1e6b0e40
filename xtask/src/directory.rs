//! Files and directories, with errors that name them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

/// Makes a directory and those above it.
pub(crate) fn create(path: &Path) -> Result<()> {
    fs::create_dir_all(path)
        .with_context(|| format!("cannot make the directory {}", path.display()))
}

/// Makes a directory that is empty.
pub(crate) fn create_empty(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot empty the directory {}", path.display()))
        }
        _ => create(path),
    }
}

/// The files under a path, or the path itself if it is one, in order of their names; not what npm has installed below it.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut entries = fs::read_dir(path)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<io::Result<Vec<_>>>()
        })
        .with_context(|| format!("cannot list {}", path.display()))?;
    entries.retain(|entry| !entry.ends_with("node_modules"));
    entries.sort();
    let nested = entries
        .iter()
        .map(|entry| files(entry))
        .collect::<Result<Vec<_>>>()?;
    Ok(nested.concat())
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file, in a directory that need not be there.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    create(path.parent().unwrap_or(path))?;
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

/// Copies a file, or the files of a directory.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files(from)? {
        let name = file.strip_prefix(from).unwrap_or(&file);
        let to = if name.as_os_str().is_empty() {
            to.to_owned()
        } else {
            to.join(name)
        };
        create(to.parent().unwrap_or(&to))?;
        fs::copy(&file, &to)
            .with_context(|| format!("cannot copy {} to {}", file.display(), to.display()))?;
    }
    Ok(())
}
