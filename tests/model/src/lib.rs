//! The rules of idempotency as a model, which [`stateright`] explores exhaustively, and traces of it, which every store runs.
//!
//! | module | what |
//! |---|---|
//! | [`rules`] | the rules of a claim: what a store answers |
//! | [`worker`] | the steps of a receiver |
//! | [`world`], [`situation`], [`action`] | a store, its clock, workers, a sender, and what can go wrong |
//! | [`seen`] | the promises, as an observer sees them who knows no rule |
//! | [`worlds`] | the bounds of what is explored |
//! | [`explored`] | the exploration of one of them |
//! | [`traces`] | sequences of calls that take each step of the rules, with the answers |

pub mod action;
pub mod explored;
mod model;
mod properties;
pub mod rules;
pub mod seen;
pub mod situation;
pub mod traces;
pub mod worker;
pub mod world;
pub mod worlds;
