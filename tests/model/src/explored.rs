//! Explores a world to its end, and tells what was found.

use crate::{action::Action, world::World};
use stateright::{Checker as _, Expectation, Model as _};
use std::{fmt, thread};

/// What a world has.
#[derive(Debug)]
pub struct Explored {
    /// How many situations there are.
    pub situations: usize,
    /// Properties that do not hold, each with the steps that lead to a situation in which it fails.
    pub broken: Vec<(&'static str, Vec<Action>)>,
    /// What had to happen somewhere and does nowhere.
    pub never: Vec<&'static str>,
}

impl Explored {
    /// Explores every situation of a world.
    #[must_use]
    pub fn new(world: World) -> Self {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let checker = world.checker().threads(threads).spawn_bfs().join();
        let mut found = checker.discoveries();
        let (mut broken, mut never) = (Vec::new(), Vec::new());
        for property in checker.model().properties() {
            let path = found.remove(property.name);
            match (property.expectation, path) {
                (Expectation::Sometimes, None) => never.push(property.name),
                (Expectation::Always, Some(path)) => {
                    broken.push((property.name, path.into_actions()));
                }
                _ => {}
            }
        }
        Self {
            situations: checker.unique_state_count(),
            broken,
            never,
        }
    }

    /// Whether every property holds.
    #[must_use]
    pub const fn is_as_promised(&self) -> bool {
        self.broken.is_empty() && self.never.is_empty()
    }

    /// Which properties do not hold, and how that comes about.
    #[must_use]
    pub fn differences(&self) -> String {
        let broken = self
            .broken
            .iter()
            .map(|(name, way)| format!("not true: {name}\n{way:?}"));
        let never = self.never.iter().map(|name| format!("never: {name}"));
        broken.chain(never).collect::<Vec<_>>().join("\n")
    }
}

impl fmt::Display for Explored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "all {} situations", self.situations)
    }
}
