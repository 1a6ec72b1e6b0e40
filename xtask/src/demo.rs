//! `cargo xtask demo`: sends the same deliveries to a receiver that runs the npm package in Node and to one that runs the
//! component in Wasmtime.

pub(crate) mod deliveries;
pub(crate) mod reaction;
mod table;

use std::thread;

use anyhow::{Result, anyhow};
use docutray_webhook_deliveries::{Receiver, Sender};

use self::{
    deliveries::{Trial, forged, genuine},
    reaction::Reaction,
    table::{Row, Table},
};
use crate::{example::SETTINGS, xtask::Xtask};

pub(crate) fn command(xtask: &Xtask) -> Result<bool> {
    let demo = xtask.demo()?;
    print!("\n{}", demo.text);
    Ok(demo.is_good)
}

/// The result of the demo.
pub(crate) struct Demo {
    pub(crate) text: String,
    pub(crate) is_good: bool,
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

        let sender = Sender::default();
        let react = |receiver: &Receiver, trial: &Trial| {
            let response = sender.send(receiver.address(), &trial.delivery)?;
            anyhow::Ok(Reaction::of(response))
        };
        let rows = |trials: Vec<Trial>| {
            let row = |trial: Trial| {
                Ok(Row {
                    node: react(&node, &trial)?,
                    wasmtime: react(&wasmtime, &trial)?,
                    title: trial.title,
                    expected: trial.expected,
                })
            };
            trials.into_iter().map(row).collect::<Result<Vec<_>>>()
        };
        let table = Table {
            genuine: rows(genuine())?,
            forged: rows(forged())?,
        };
        Ok(Demo {
            text: table.text(),
            is_good: table.is_good(),
        })
    }
}
