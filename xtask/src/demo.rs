//! `cargo xtask demo`: the same deliveries, by HTTP, to a receiver that runs the npm package in Node and to one that
//! runs the component in Wasmtime.

pub(crate) mod answer;
pub(crate) mod deliveries;
mod table;

use std::{
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, Result, anyhow};

use self::{
    answer::Sender,
    deliveries::{Delivery, SETTINGS, forged, genuine},
    table::{Row, Table},
};
use crate::{Verdict, Xtask};

pub(crate) fn command(xtask: &Xtask) -> Result<Verdict> {
    let demo = xtask.demo()?;
    print!("\n{}", demo.text);
    Ok(demo.verdict)
}

/// What the demo has to show.
pub(crate) struct Demo {
    pub(crate) text: String,
    pub(crate) verdict: Verdict,
}

impl Xtask {
    /// Builds what is missing, starts both receivers, sends, and stops them.
    pub(crate) fn demo(&self) -> Result<Demo> {
        let (node, wasmtime) = (self.node_example()?, self.wasmtime_example()?);
        let step = self.console.step("start both receivers");
        let (node, wasmtime) = thread::scope(|scope| {
            let node = scope.spawn(|| node.start(&SETTINGS));
            let wasmtime = wasmtime.start(&SETTINGS);
            (node.join(), wasmtime)
        });
        let node = node.map_err(|_| anyhow!("starting the receiver in Node panicked"))??;
        let wasmtime = wasmtime?;
        step.done("");

        let now = now()?;
        let sender = Sender::new();
        let send = |deliveries: Vec<Delivery>| {
            let row = |delivery: Delivery| {
                let node = sender.send(&node.address, &delivery)?;
                let wasmtime = sender.send(&wasmtime.address, &delivery)?;
                Ok(Row {
                    title: delivery.title,
                    expected: delivery.expected,
                    node,
                    wasmtime,
                })
            };
            deliveries.into_iter().map(row).collect::<Result<Vec<_>>>()
        };
        let table = Table {
            genuine: send(genuine(now))?,
            forged: send(forged(now))?,
        };
        Ok(Demo {
            text: table.text(),
            verdict: table.verdict(),
        })
    }
}

/// Unix time in seconds.
pub(crate) fn now() -> Result<u64> {
    Ok(SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .context("the clock is before 1970")?
        .as_secs())
}
