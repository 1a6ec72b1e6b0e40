//! The receiver's settings: the environment and the component's path.

use std::{
    env::{self, VarError},
    path::PathBuf,
    time::Duration,
};

use wasmtime::{Result, error::Context as _};

use crate::gate::{Config, Metadata};

/// In seconds. Docutray waits 30 for an answer.
const BODY_DEADLINE: u64 = 25;

/// All settings.
pub(crate) struct Settings {
    /// The first argument: `docutray_webhook.wasm`.
    pub(crate) component: PathBuf,
    /// `PORT`. 0 means any free port.
    pub(crate) port: u16,
    /// `DOCUTRAY_WEBHOOK_BODY_DEADLINE`: how long a body may take to arrive.
    pub(crate) body_deadline: Duration,
    /// The verifier's configuration.
    pub(crate) config: Config,
}

impl Settings {
    pub(crate) fn from_process() -> Result<Self> {
        let component = env::args_os()
            .nth(1)
            .context("usage: wasmtime-host docutray_webhook.wasm")?;
        let secret = variable("DOCUTRAY_WEBHOOK_SECRET")?.context(
            "DOCUTRAY_WEBHOOK_SECRET: set it to the webhook's secret, as Docutray shows it",
        )?;
        let secret_before = variable("DOCUTRAY_WEBHOOK_SECRET_OLD")?;
        let url = variable("DOCUTRAY_WEBHOOK_URL")?.context(
            "DOCUTRAY_WEBHOOK_URL: set it to this endpoint's URL, as registered at Docutray",
        )?;
        let port = variable("PORT")?.unwrap_or_else(|| "8080".to_owned());
        Ok(Self {
            component: component.into(),
            port: port
                .parse::<u16>()
                .context("PORT: expected a number up to 65535")?,
            body_deadline: Duration::from_secs(body_deadline()?),
            config: Config {
                secrets: [secret].into_iter().chain(secret_before).collect(),
                metadata: Metadata::Registered(vec![url]),
                tolerance: None,
                max_body: None,
            },
        })
    }
}

fn body_deadline() -> Result<u64> {
    variable("DOCUTRAY_WEBHOOK_BODY_DEADLINE")?
        .map_or(Ok(BODY_DEADLINE), |seconds| seconds.parse())
        .context("DOCUTRAY_WEBHOOK_BODY_DEADLINE: expected a number of seconds")
}

/// Reads a variable. An empty variable counts as unset.
fn variable(name: &'static str) -> Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => wasmtime::bail!("{name}: expected UTF-8"),
    }
}
