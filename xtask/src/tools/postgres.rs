//! PostgreSQL, the machine's own.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use super::apt::Debian;
use crate::Xtask;

const POSTGRES: Debian = Debian {
    package: "postgresql",
    variable: "POSTGRES_BIN",
    what: "directory of the programs `initdb` and `postgres`",
    find: || newest(Path::new(VERSIONS)),
};
/// Debian keeps the programs out of PATH, in a directory for each version.
const VERSIONS: &str = "/usr/lib/postgresql";

impl Xtask {
    /// The directory of its programs, of Debian's newest.
    pub(crate) fn need_postgres(&self) -> Result<PathBuf> {
        self.need(POSTGRES)
    }
}

fn newest(versions: &Path) -> Option<PathBuf> {
    let installed = fs::read_dir(versions).ok()?.flatten();
    installed
        .filter_map(|entry| {
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            let programs = entry.path().join("bin");
            // A client alone brings a directory of its version, too.
            programs
                .join("initdb")
                .is_file()
                .then_some((version, programs))
        })
        .max()
        .map(|(_, programs)| programs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory;

    #[test]
    fn the_newest_server_is_taken() -> Result<()> {
        let directory = tempfile::tempdir()?;
        let versions = directory.path();
        assert_eq!(newest(versions), None);
        for program in ["9/bin/initdb", "15/bin/initdb", "17/bin/psql"] {
            directory::write(&versions.join(program), "")?;
        }
        assert_eq!(newest(versions), Some(versions.join("15/bin")));
        Ok(())
    }
}
