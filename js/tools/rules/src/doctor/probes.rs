//! The list of probes.

mod deliveries;
mod forgeries;
mod others;

use alloc::{format, vec::Vec};

use super::probe::Probe;
use crate::fault::Fault;

/// The first one is a genuine delivery.
pub(super) fn all() -> impl Iterator<Item = &'static Probe> {
    let groups = [
        deliveries::PROBES,
        forgeries::PROBES,
        others::PROBES,
        others::AFTERWARDS,
    ];
    groups.into_iter().flatten()
}

pub(super) fn named(name: &str) -> Result<&'static Probe, Fault> {
    all().find(|probe| probe.name == name).ok_or_else(|| {
        let names: Vec<_> = all().map(|probe| probe.name).collect();
        let message = format!("there is no such probe; use one of {}", names.join(", "));
        Fault::of("probe", "unknown_probe", message)
    })
}
