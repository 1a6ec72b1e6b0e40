//! The examples, started as a user starts them.

mod doctor;
mod stalling;

use anyhow::{Context as _, Result, ensure};
use docutray_webhook::Code;
use docutray_webhook_deliveries::{Delivery, Receiver, Sender};

use crate::{
    demo::{
        deliveries::{Expected, MARKED_ID, Trial, forged, genuine, marked},
        reaction::Reaction,
    },
    example::{Example, SETTINGS, WithoutSecret},
    xtask::Xtask,
};

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let [secret, _, url] = SETTINGS;
    of_python(xtask)?;
    let examples = xtask.examples()?;
    for example in &examples {
        let step = xtask.console.step(example.name);
        match example.without_secret {
            WithoutSecret::Ends => {
                refuses_to_start(example, url, "secret")?;
                refuses_to_start(example, secret, "url")?;
            }
            WithoutSecret::Refuses => refuses_all(example).context(example.name)?,
        }
        serves(example).context(example.name)?;
        if example.is_endpoint {
            doctor::check(xtask, &example.start(&SETTINGS)?).context(example.name)?;
        }
        if example.has_deadline {
            stalling::check(example).context(example.name)?;
        }
        step.done("");
    }
    let names: Vec<_> = examples.iter().map(|example| example.name).collect();
    Ok(names.join(", "))
}

/// The tests that examples/python-host has of its own.
fn of_python(xtask: &Xtask) -> Result<()> {
    let mut tests = xtask.python()?;
    tests
        .args(["-m", "unittest", "test_receiver"])
        .current_dir(xtask.workspace.path("examples/python-host"));
    xtask
        .console
        .run("examples/python-host: its tests", &mut tests)?;
    Ok(())
}

/// Without a secret there is nothing to verify with, and without a URL the headers are not proven. A receiver that starts
/// all the same would refuse everything or, worse, accept everything.
fn refuses_to_start(example: &Example, setting: (&str, &str), missing: &str) -> Result<()> {
    let what = format!("{} without a {missing}", example.name);
    let (status, words) = example.start_and_fail(&[setting]).context(what.clone())?;
    ensure!(!status.success(), "{what} ended well:\n{words}");
    ensure!(
        words.to_lowercase().contains(missing),
        "{what} does not say so:\n{words}"
    );
    Ok(())
}

/// An example that starts without a secret must not accept anything.
fn refuses_all(example: &Example) -> Result<()> {
    let [_, _, url] = SETTINGS;
    let running = Running::start(example, &[url])?;
    for trial in genuine() {
        running.expect(&trial, Expected::Refusal(Code::InvalidConfig))?;
    }
    Ok(())
}

fn serves(example: &Example) -> Result<()> {
    let running = Running::start(example, &SETTINGS)?;
    let status = running.send(&Delivery::visit())?.status;
    ensure!((400..500).contains(&status), "it answers GET with {status}");
    // Genuine deliveries come after the forged ones, so that a forgery which breaks the receiver is seen.
    for trial in forged().into_iter().chain(genuine()) {
        running.expect(&trial, trial.expected)?;
    }
    let reaction = Reaction::of(running.send(&marked())?);
    let keeps_id = matches!(&reaction, Reaction::Accepted { id: Some(id), .. } if id == MARKED_ID);
    ensure!(keeps_id, "the id is {MARKED_ID:?}, but {reaction:?}");
    if example.is_idempotent {
        for trial in genuine() {
            running.expect(&trial, Expected::Duplicate)?;
        }
    }
    Ok(())
}

/// An example that was started, and a client.
struct Running {
    receiver: Receiver,
    sender: Sender,
}

impl Running {
    fn start(example: &Example, settings: &[(&str, &str)]) -> Result<Self> {
        Ok(Self {
            receiver: example.start(settings)?,
            sender: Sender::default(),
        })
    }

    fn send(&self, delivery: &Delivery) -> Result<docutray_webhook_deliveries::Response> {
        self.sender.send(self.receiver.address(), delivery)
    }

    fn expect(&self, trial: &Trial, expected: Expected) -> Result<()> {
        let reaction = Reaction::of(self.send(&trial.delivery).context(trial.title)?);
        ensure!(
            reaction.is(expected),
            "`{}`: expected {expected:?}, got {reaction:?}",
            trial.title
        );
        Ok(())
    }
}
