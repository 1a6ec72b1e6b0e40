//! The state that requests share, for each verifier. The extractor itself keeps nothing between two requests.

use crate::{
    arrival::{self, BodyBudget, Explanations, Refusals},
    verifier::Verifier,
};
use std::{
    sync::{Arc, Mutex, PoisonError, Weak},
    vec::Vec,
};

/// The state that the requests of one verifier share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) budget: Arc<BodyBudget>,
    pub(super) refusals: Refusals,
    pub(super) explanations: Explanations,
}

/// The weak reference keeps the verifier's allocation, so no other verifier can have the same address.
static KEPT: Mutex<Vec<(Weak<Verifier>, Arc<Shared>)>> = Mutex::new(Vec::new());

pub(super) fn shared(verifier: &Arc<Verifier>) -> Arc<Shared> {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let is_this = |known: &Weak<Verifier>| known.as_ptr() == Arc::as_ptr(verifier);
    if let Some((_, shared)) = kept.iter().find(|(known, _)| is_this(known)) {
        return Arc::clone(shared);
    }
    kept.retain(|(known, _)| known.strong_count() > 0);
    arrival::log_hints(verifier);
    let shared = Arc::new(Shared {
        budget: Arc::new(BodyBudget::of(verifier)),
        refusals: Refusals::default(),
        explanations: Explanations::default(),
    });
    kept.push((Arc::downgrade(verifier), Arc::clone(&shared)));
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verifier() -> Arc<Verifier> {
        let builder = Verifier::builder().secret("s").body_only();
        Arc::new(builder.build().unwrap())
    }

    #[test]
    fn each_verifier_has_its_own_state_while_it_lives() {
        let (one, other) = (verifier(), verifier());
        let first = shared(&one);
        assert!(Arc::ptr_eq(&first, &shared(&one.clone())));
        assert!(!Arc::ptr_eq(&first, &shared(&other)));
        assert!(Arc::ptr_eq(&first, &shared(&one)), "both live");
        let weak = Arc::downgrade(&first);
        drop((first, one));
        shared(&verifier());
        assert!(weak.upgrade().is_none(), "the state outlives its verifier");
    }
}
