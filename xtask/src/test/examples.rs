//! The examples, started as a user starts them.

mod raw;

use anyhow::{Context as _, Result, ensure};

use docutray_webhook::Code;

use crate::{
    Xtask,
    demo::{
        answer::Sender,
        deliveries::{Delivery, Expected, SETTINGS, forged, genuine},
        now,
    },
    receivers::{Example, Receiver, WithoutSecret},
};

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let examples = xtask.examples()?;
    for example in &examples {
        match example.without_secret {
            WithoutSecret::Ends => xtask.refuses_to_start(example)?,
            WithoutSecret::Refuses => refuses_all(example).context(example.name)?,
        }
        let step = xtask.console.step(example.name);
        serves(example).context(example.name)?;
        if example.has_deadline {
            raw::check(example).context(example.name)?;
        }
        step.done("");
    }
    let names: Vec<_> = examples.iter().map(|example| example.name).collect();
    Ok(names.join(", "))
}

impl Xtask {
    /// Without a secret there is nothing to verify with; a receiver that starts all the same would refuse or, worse,
    /// accept everything.
    fn refuses_to_start(&self, example: &Example) -> Result<()> {
        let step = self
            .console
            .step(format!("{} without a secret", example.name));
        let (status, output) = self
            .console
            .finish(&step, example.command().env("DOCUTRAY_URL", SETTINGS.url))?;
        let words = output.said;
        ensure!(
            !status.success(),
            "{} ended well without a secret:\n{words}",
            example.name
        );
        ensure!(
            words.to_lowercase().contains("secret"),
            "{} does not say what is missing:\n{words}",
            example.name
        );
        Ok(())
    }
}

/// A page is there without a secret, and must not take anything.
fn refuses_all(example: &Example) -> Result<()> {
    let receiver = example.start_without_secret(SETTINGS)?;
    let sender = Sender::new();
    for delivery in genuine(now()?) {
        let answer = sender.send(&receiver.address, &delivery)?;
        ensure!(
            answer.is(Expected::Refusal(Code::InvalidConfig)),
            "without a secret it says {answer:?}"
        );
    }
    Ok(())
}

fn serves(example: &Example) -> Result<()> {
    let receiver = example.start(SETTINGS)?;
    let sender = Sender::new();
    let status = sender.get(&receiver.address)?;
    ensure!((400..500).contains(&status), "it answers GET with {status}");
    // The good after the bad: nothing that was refused may spoil what follows.
    for delivery in forged(now()?).into_iter().chain(genuine(now()?)) {
        expect(&sender, &receiver, &delivery, delivery.expected)?;
    }
    if example.is_idempotent {
        for delivery in genuine(now()?) {
            expect(&sender, &receiver, &delivery, Expected::Duplicate)?;
        }
    }
    Ok(())
}

fn expect(
    sender: &Sender,
    receiver: &Receiver,
    delivery: &Delivery,
    expected: Expected,
) -> Result<()> {
    let answer = sender.send(&receiver.address, delivery)?;
    ensure!(
        answer.is(expected),
        "`{}`: expected {expected:?}, got {answer:?}",
        delivery.title
    );
    Ok(())
}
