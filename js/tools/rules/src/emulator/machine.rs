//! The emulator: commands in, effects out.

mod attempts;
mod registration;
mod triggering;

use alloc::string::String;

use super::{
    clock::Clock,
    command::Command,
    effects::{Changed, Effects, Reply},
    history::History,
    options::{Options, Settings},
    query::{Query, Shown, answer},
    random::Random,
    saved::State,
    scripts::Scripts,
    webhooks::Webhooks,
};
use crate::fault::Fault;

/// A local Docutray. It reads no clock and sends nothing: the caller gives the time with each command, and does what the
/// [`Effects`] ask for.
#[derive(Clone, Debug)]
pub struct Emulator {
    settings: Settings,
    state: State,
}

impl Emulator {
    /// Starts an emulator, or goes on with one that was saved. While it was not running, its clock went on.
    ///
    /// # Errors
    /// `invalid_seed`, `invalid_speed`, `invalid_limit`; of a state that was saved `unknown_state_version`, `broken_state`.
    pub fn new(options: Options) -> Result<Self, Fault> {
        let settings = Settings {
            retry_headers: options.retry_headers,
            failed_error: options.failed_error,
            allow_remote: options.allow_remote,
            limits: options.limits.check()?,
        };
        let state = match options.state {
            Some(saved) => {
                let mut state = State::restore(&saved)?;
                if let Some(speed) = options.speed {
                    state.clock.set_speed(speed)?;
                }
                state
            }
            None => State {
                random: Random::new(options.seed)?,
                clock: Clock::new(options.now_milliseconds, options.speed.unwrap_or(1))?,
                webhooks: Webhooks::default(),
                history: History::default(),
                scripts: Scripts::default(),
            },
        };
        Ok(Self { settings, state })
    }

    /// Lets the time pass until now, does what the command says, and then whatever is due. `now_milliseconds` is the caller's
    /// clock, in milliseconds since 1970; it may go back, and then no time has passed.
    pub fn step(&mut self, now_milliseconds: u64, command: Command) -> Effects {
        let mut effects = Effects::default();
        self.state.clock.tick(now_milliseconds);
        self.end_late_attempts(&mut effects);
        match self.run(command, &mut effects) {
            Ok(reply) => effects.reply = reply,
            Err(fault) => effects.error = Some(fault),
        }
        self.send_what_is_due(&mut effects);
        effects.wake_at = self.wake_at();
        effects
    }

    /// Answers a query. No time passes.
    ///
    /// # Errors
    /// `unknown_webhook`, `unknown_delivery`.
    pub fn query(&self, query: &Query) -> Result<Shown, Fault> {
        answer(query, &self.state, self.settings)
    }

    /// Returns all that the emulator remembers, for [`Options::state`]. It contains the secrets. Settings are not in it.
    #[must_use]
    pub fn save(&self) -> String {
        self.state.save()
    }

    fn run(&mut self, command: Command, effects: &mut Effects) -> Result<Option<Reply>, Fault> {
        match command {
            Command::CreateWebhook {
                url,
                events,
                enabled,
            } => {
                return self.create((url, events, enabled), effects).map(Some);
            }
            Command::UpdateWebhook {
                id,
                url,
                events,
                enabled,
            } => {
                return self.update(&id, (url, events, enabled), effects).map(Some);
            }
            Command::RegenerateSecret { id } => return self.regenerate(&id, effects).map(Some),
            Command::DeleteWebhook { id } => self.delete(&id, effects)?,
            Command::Trigger(trigger) => return self.trigger(trigger, effects).map(Some),
            Command::Answered { attempt, answer } => self.answered(&attempt, answer, effects)?,
            Command::Tick => {}
            Command::Advance { seconds } => {
                self.state.clock.advance(seconds);
                effects.change(Changed::Clock(true));
            }
            Command::SetSpeed { speed } => {
                self.state.clock.set_speed(speed)?;
                effects.change(Changed::Clock(true));
            }
            Command::Script { answers } => {
                self.state.scripts.add(answers)?;
                effects.save = true;
            }
            Command::Again {
                delivery,
                how,
                body,
            } => {
                return self.again(&delivery, how, body, effects).map(Some);
            }
            Command::Reset => self.reset(effects),
        }
        Ok(None)
    }

    fn reset(&mut self, effects: &mut Effects) {
        let State {
            clock,
            webhooks,
            history,
            scripts,
            ..
        } = &mut self.state;
        clock.reset();
        *webhooks = Webhooks::default();
        history.clear();
        *scripts = Scripts::default();
        effects.change(Changed::Everything(true));
    }
}
