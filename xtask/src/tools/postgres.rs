//! PostgreSQL, the machine's own.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::Xtask;

const PACKAGE: &str = "postgresql";
const HOW_TO_INSTALL: &str = "install the package `postgresql`, or set POSTGRES_BIN to the directory that holds `initdb` and `postgres`";
/// Debian keeps the programs out of PATH, in a directory for each version.
const VERSIONS: &str = "/usr/lib/postgresql";

impl Xtask {
    /// The directory of its programs: what the variable `POSTGRES_BIN` names, or Debian's newest, installed if there is
    /// none.
    pub(crate) fn need_postgres(&self) -> Result<PathBuf> {
        if let Some(programs) = env::var_os("POSTGRES_BIN") {
            return Ok(programs.into());
        }
        if let Some(programs) = newest(Path::new(VERSIONS)) {
            return Ok(programs);
        }
        let step = self.console.step("postgresql: install");
        self.install_debian_package(&step, PACKAGE)
            .context(HOW_TO_INSTALL)?;
        step.done("");
        newest(Path::new(VERSIONS))
            .context("Debian's package `postgresql` brought no server's programs")
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
        let versions = env::temp_dir().join(format!("xtask-postgres-{}", std::process::id()));
        directory::create_empty(&versions)?;
        assert_eq!(newest(&versions), None);
        for program in ["9/bin/initdb", "15/bin/initdb", "17/bin/psql"] {
            directory::write(&versions.join(program), "")?;
        }
        assert_eq!(newest(&versions), Some(versions.join("15/bin")));
        fs::remove_dir_all(&versions)?;
        Ok(())
    }
}
