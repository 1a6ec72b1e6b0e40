//! What every command needs. Other files add methods to it.

use std::{cell::OnceCell, path::PathBuf, rc::Rc};

use crate::{
    console::{Console, Step},
    workspace::Workspace,
};

/// The project, the console, and what is built already.
pub(crate) struct Xtask {
    pub(crate) workspace: Rc<Workspace>,
    pub(crate) console: Console,
    /// This program's commands.
    pub(crate) commands: fn() -> clap::Command,
    /// None where the build has failed.
    pub(crate) built: Rc<OnceCell<Option<Built>>>,
}

/// What `cargo xtask build` makes.
#[derive(Clone)]
pub(crate) struct Built {
    /// `dist/npm`: importable in place, ready for `npm pack`.
    pub(crate) package: PathBuf,
    /// `dist/docutray_webhook.wasm`
    pub(crate) component: PathBuf,
    /// The module that the package inlines.
    pub(crate) module: PathBuf,
}

impl Xtask {
    pub(crate) fn new(
        workspace: Workspace,
        console: Console,
        commands: fn() -> clap::Command,
    ) -> Self {
        Self {
            workspace: Rc::new(workspace),
            console,
            commands,
            built: Rc::default(),
        }
    }

    /// The same, with a console for the parts of a step.
    pub(crate) fn within(&self, step: &Step) -> Self {
        Self {
            workspace: Rc::clone(&self.workspace),
            console: self.console.within(step),
            commands: self.commands,
            built: Rc::clone(&self.built),
        }
    }
}
