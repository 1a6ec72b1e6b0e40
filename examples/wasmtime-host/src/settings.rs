//! What the receiver is told from outside: the environment, and the component's path.

use std::{
    env::{self, VarError},
    path::PathBuf,
};

use wasmtime::{Result, error::Context as _};

use crate::gate::Config;

/// All of it.
pub(crate) struct Settings {
    /// The first argument: `docutray_webhook.wasm`.
    pub(crate) component: PathBuf,
    /// `PORT`; 0 is any that is free.
    pub(crate) port: u16,
    /// The others.
    pub(crate) config: Config,
}

impl Settings {
    pub(crate) fn from_process() -> Result<Self> {
        let component = env::args_os()
            .nth(1)
            .context("usage: wasmtime-host docutray_webhook.wasm")?;
        let secret = variable("DOCUTRAY_SECRET")?
            .context("DOCUTRAY_SECRET: set it to the webhook's secret, as Docutray shows it")?;
        let secret_before = variable("DOCUTRAY_SECRET_OLD")?;
        let url = variable("DOCUTRAY_URL")?
            .context("DOCUTRAY_URL: set it to this endpoint's URL, as registered with Docutray")?;
        let port = variable("PORT")?.unwrap_or_else(|| "8080".to_owned());
        Ok(Self {
            component: component.into(),
            port: port
                .parse::<u16>()
                .context("PORT: expected a number up to 65535")?,
            config: Config {
                secrets: [secret].into_iter().chain(secret_before).collect(),
                urls: vec![url],
                tolerance: None,
                max_body: None,
            },
        })
    }
}

/// A variable that is empty is one that is not set.
fn variable(name: &'static str) -> Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => wasmtime::bail!("{name}: expected UTF-8"),
    }
}
