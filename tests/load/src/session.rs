//! One of those who send to a server: what it keeps between its deliveries, and how it sends a genuine one.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use anyhow::{Result, bail};
use fastrand::Rng;
use tokio::time::sleep;

use crate::{
    answer::Answer,
    client::Client,
    event::Event,
    raw::Raw,
    target::{Taken, Target},
};

/// How often a delivery is sent that is answered 503, and the pause before it is sent again: for minutes, since a machine may be busy.
const TRIES: u32 = 1000;
const PAUSE: Duration = Duration::from_millis(200);
/// How many requests that were sent in part are kept open: so many that receivers give them up.
const HELD: usize = 40;

/// A sender. It does one thing after the other.
pub(crate) struct Session {
    pub(crate) target: Arc<Target>,
    pub(crate) rng: Rng,
    pub(crate) client: Client,
    /// The event that was taken last.
    pub(crate) last: Option<Event>,
    held: VecDeque<Raw>,
    /// Its ids begin with it.
    name: String,
    ids: u64,
}

impl Session {
    pub(crate) fn new(target: &Arc<Target>, name: String, rng: Rng) -> Self {
        Self {
            target: Arc::clone(target),
            rng,
            client: Client::new(Arc::clone(target)),
            last: None,
            held: VecDeque::new(),
            name,
            ids: 0,
        }
    }

    /// A new event.
    pub(crate) fn event(&mut self) -> Result<Event> {
        let id = self.id();
        Event::of(&id, &mut self.rng)
    }

    /// A new event whose body has this many bytes.
    pub(crate) fn event_of_size(&mut self, bytes: usize) -> Result<Event> {
        let id = self.id();
        Event::of_size(bytes, &id, &mut self.rng)
    }

    /// Delivers an event until it is taken.
    pub(crate) async fn deliver(&mut self, event: &Event) -> Result<()> {
        for _ in 0..TRIES {
            let delivery = event.signed(&mut self.rng);
            let (answer, latency) = self.client.send(&delivery, &mut self.rng).await?;
            match self.target.judge_genuine(answer.status)? {
                Taken::Now => return self.target.taken(&event.key, Some(latency), &answer.body),
                Taken::Later => self.wait().await?,
            }
        }
        bail!("a genuine delivery was answered 503 {TRIES} times");
    }

    /// Takes the answer to an event's first delivery. If that is 503, the event is delivered again.
    pub(crate) async fn take(&mut self, event: &Event, answer: &Answer) -> Result<()> {
        match self.target.judge_genuine(answer.status)? {
            Taken::Now => self.target.taken(&event.key, None, &answer.body),
            Taken::Later => {
                self.wait().await?;
                self.deliver(event).await
            }
        }
    }

    /// Takes the answers to events that were sent on one connection. A server may close it before it has answered all.
    pub(crate) async fn take_answers(
        &mut self,
        events: &[Event],
        answers: &[Answer],
    ) -> Result<()> {
        for (number, event) in events.iter().enumerate() {
            if let Some(answer) = answers.get(number) {
                self.take(event, answer).await?;
            } else {
                self.target.ledger.entries().unanswered += 1;
                self.deliver(event).await?;
            }
        }
        Ok(())
    }

    /// Keeps a request open that was sent in part, and closes the oldest of too many.
    pub(crate) fn hold(&mut self, raw: Raw) -> Result<()> {
        self.held.push_back(raw);
        match self.held.len() > HELD {
            true => self.release(),
            false => Ok(()),
        }
    }

    /// Writes down a fault. Its connection may be in any state.
    pub(crate) fn fault(&mut self, error: &anyhow::Error) {
        self.client.close();
        self.target.ledger.entries().fault(format!("{error:#}"));
    }

    /// Closes everything.
    pub(crate) fn close(&mut self) -> Result<()> {
        self.client.close();
        self.release_all()
    }

    /// Before a delivery is sent again. It makes room, as others do.
    async fn wait(&mut self) -> Result<()> {
        self.release_all()?;
        sleep(PAUSE).await;
        Ok(())
    }

    fn release_all(&mut self) -> Result<()> {
        while !self.held.is_empty() {
            self.release()?;
        }
        Ok(())
    }

    fn release(&mut self) -> Result<()> {
        let oldest = self.held.pop_front();
        oldest.map_or(Ok(()), |raw| self.target.judge_half(&raw.statuses()))
    }

    fn id(&mut self) -> String {
        self.ids += 1;
        format!("{}_{}", self.name, self.ids)
    }
}
