//! The examples, started as a user starts them.

mod raw;

use anyhow::{Context as _, Result, ensure};

use docutray_webhook::Code;

use crate::{
    Xtask,
    demo::{
        answer::{Answer, Sender},
        deliveries::{Delivery, Expected, MARKED_ID, SETTINGS, forged, genuine, marked},
        now,
    },
    receivers::{Example, Receiver, Settings, WithoutSecret},
};

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let examples = xtask.examples()?;
    for example in &examples {
        match example.without_secret {
            WithoutSecret::Ends => {
                let [secret, _, url] = SETTINGS;
                xtask.refuses_to_start(example, &[url], "secret")?;
                xtask.refuses_to_start(example, &[secret], "url")?;
            }
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
    /// Without a secret there is nothing to verify with, and without a URL the headers are not proven; a receiver that
    /// starts all the same would refuse or, worse, accept everything.
    fn refuses_to_start(
        &self,
        example: &Example,
        settings: Settings<'_>,
        missing: &str,
    ) -> Result<()> {
        let step = format!("{} without a {missing}", example.name);
        let _step = self.console.step(&step);
        let (status, words) = example.end(settings).context(step.clone())?;
        ensure!(!status.success(), "{step} ended well:\n{words}");
        ensure!(
            words.to_lowercase().contains(missing),
            "{step} does not say so:\n{words}"
        );
        Ok(())
    }
}

/// A page is there without a secret, and must not take anything.
fn refuses_all(example: &Example) -> Result<()> {
    let [_, _, url] = SETTINGS;
    let receiver = example.start(&[url])?;
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
    let receiver = example.start(&SETTINGS)?;
    let sender = Sender::new();
    let status = sender.get(&receiver.address)?;
    ensure!((400..500).contains(&status), "it answers GET with {status}");
    // The good after the bad: nothing that was refused may spoil what follows.
    for delivery in forged(now()?).into_iter().chain(genuine(now()?)) {
        expect(&sender, &receiver, &delivery, delivery.expected)?;
    }
    keeps_ids(&sender.send(&receiver.address, &marked(now()?))?)?;
    if example.is_idempotent {
        for delivery in genuine(now()?) {
            expect(&sender, &receiver, &delivery, Expected::Duplicate)?;
        }
    }
    Ok(())
}

/// As they came, to the last character.
fn keeps_ids(answer: &Answer) -> Result<()> {
    let is_kept = matches!(answer, Answer::Accepted { id: Some(id), .. } if id == MARKED_ID);
    ensure!(is_kept, "the id is {MARKED_ID:?}, but {answer:?}");
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
