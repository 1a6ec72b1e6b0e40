//! An emulator for tests, which deliver its requests themselves.

use alloc::{collections::VecDeque, string::String, vec::Vec};

use docutray_webhook::EventKind;

use super::{
    answered::Answered,
    command::{Command, Trigger},
    effects::{Outgoing, Reply, Started},
    machine::Emulator,
    options::Options,
    query::{Filter, Query, Shown},
    view::DeliveryView,
};
use crate::{fault::Fault, secret::Secret};

/// An emulator that keeps the requests until the test has delivered them. Nothing happens by itself: time passes when
/// [`set_time`](Self::set_time) says so, and the emulator's own clock is turned by [`advance`](Self::advance).
///
/// ```
/// use docutray_webhook::Verifier;
/// use docutray_webhook_tools::emulator::{Answered, DeliveryState, InProcess, Options};
///
/// let now = 1_705_314_600;
/// let mut docutray = InProcess::new(Options::new("0a".repeat(32), now * 1000))?;
/// let url = "https://example.com/hooks";
/// let (_, secret) = docutray.create_webhook(url)?;
/// let verifier = Verifier::builder().secret(secret.expose()).url(url).build()?;
///
/// docutray.trigger("CONVERSION_COMPLETED")?;
/// let mut calls = 0;
/// let mut receiver = |request: &_| {
///     let docutray_webhook_tools::emulator::Outgoing { headers, body, .. } = request;
///     let headers = headers.iter().map(|(name, value)| (name, value));
///     verifier.verify(headers, &body.0, now).expect("an authentic delivery");
///     calls += 1;
///     Answered::status(if calls < 6 { 500 } else { 204 })
/// };
/// docutray.deliver(&mut receiver);
/// docutray.advance(4_890, &mut receiver);
///
/// let delivery = docutray.deliveries().pop().expect("one delivery");
/// assert_eq!((delivery.state, delivery.attempts.len()), (DeliveryState::Delivered, 6));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A receiver that is called with `await` takes the requests one by one:
///
/// ```
/// # use docutray_webhook_tools::emulator::{Answered, InProcess, Options};
/// # async fn call(request: &docutray_webhook_tools::emulator::Outgoing) -> u16 { 204 }
/// # async fn test(docutray: &mut InProcess) {
/// while let Some(request) = docutray.next_request() {
///     let status = call(&request).await;
///     docutray.answer(&request.attempt, Answered::status(status));
/// }
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct InProcess {
    emulator: Emulator,
    now: u64,
    requests: VecDeque<Outgoing>,
}

impl InProcess {
    /// # Errors
    /// Those of [`Emulator::new`].
    pub fn new(options: Options) -> Result<Self, Fault> {
        Ok(Self {
            now: options.now_milliseconds,
            emulator: Emulator::new(options)?,
            requests: VecDeque::new(),
        })
    }

    /// The emulator, for queries.
    #[must_use]
    pub const fn emulator(&self) -> &Emulator {
        &self.emulator
    }

    /// Registers an endpoint for all nine events. Returns the webhook's id and its secret.
    ///
    /// # Errors
    /// `invalid_url`, `url_not_allowed`, `too_many_webhooks`.
    pub fn create_webhook(&mut self, url: impl Into<String>) -> Result<(String, Secret), Fault> {
        let reply = self.tell(Command::CreateWebhook {
            url: url.into(),
            events: EventKind::KNOWN
                .iter()
                .map(|kind| kind.as_str().into())
                .collect(),
            enabled: true,
        })?;
        match reply {
            Some(Reply::Created { webhook, secret }) => Ok((webhook.id, secret)),
            other => unreachable!("{other:?}"),
        }
    }

    /// Lets an event happen, with its sample as payload. Returns the deliveries that were started.
    ///
    /// # Errors
    /// `unknown_event`, `history_full`.
    pub fn trigger(&mut self, event: impl Into<String>) -> Result<Vec<Started>, Fault> {
        let reply = self.tell(Command::Trigger(Trigger {
            event: Some(event.into()),
            ..Trigger::default()
        }))?;
        match reply {
            Some(Reply::Triggered { deliveries, .. }) => Ok(deliveries),
            _ => Ok(Vec::new()),
        }
    }

    /// Tells the emulator any command.
    ///
    /// # Errors
    /// Those of the command.
    pub fn tell(&mut self, command: Command) -> Result<Option<Reply>, Fault> {
        let effects = self.emulator.step(self.now, command);
        self.requests.extend(effects.send);
        match effects.error {
            Some(fault) => Err(fault),
            None => Ok(effects.reply),
        }
    }

    /// Sets the time of the receiver's clock, in milliseconds since 1970.
    pub fn set_time(&mut self, now_milliseconds: u64) {
        self.now = now_milliseconds;
        self.do_or_ignore(Command::Tick);
    }

    /// The next request that is to be delivered. [`answer`](Self::answer) says what came of it.
    pub fn next_request(&mut self) -> Option<Outgoing> {
        self.requests.pop_front()
    }

    /// Says what came of a request. An attempt that has ended already, by its time limit, is ignored.
    pub fn answer(&mut self, attempt: &str, answer: Answered) {
        self.do_or_ignore(Command::Answered {
            attempt: attempt.into(),
            answer,
        });
    }

    /// Delivers all requests, until there are none.
    pub fn deliver(&mut self, mut receiver: impl FnMut(&Outgoing) -> Answered) {
        while let Some(request) = self.next_request() {
            let answer = receiver(&request);
            self.answer(&request.attempt, answer);
        }
    }

    /// Turns the emulator's clock forward and delivers the requests that become due on the way.
    pub fn advance(&mut self, seconds: u32, receiver: impl FnMut(&Outgoing) -> Answered) {
        self.do_or_ignore(Command::Advance { seconds });
        self.deliver(receiver);
    }

    /// All deliveries that are kept, the oldest first.
    #[must_use]
    pub fn deliveries(&self) -> Vec<DeliveryView> {
        let all = Filter {
            limit: Some(usize::MAX),
            ..Filter::default()
        };
        match self.emulator.query(&Query::Deliveries(all)) {
            Ok(Shown::Deliveries { mut items, .. }) => {
                items.reverse();
                items
            }
            _ => Vec::new(),
        }
    }

    /// Tells a command that cannot fail, or whose fault does not matter.
    fn do_or_ignore(&mut self, command: Command) {
        let _fault = self.tell(command);
    }
}
