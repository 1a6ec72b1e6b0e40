//! Docutray's settings page.

use alloc::{string::String, vec::Vec};

use super::Emulator;
use crate::{
    emulator::{
        delivery::GivenUp,
        effects::{Effects, Reply},
        saved::State,
        target,
        webhooks::checked,
    },
    fault::Fault,
};

impl Emulator {
    pub(super) fn create(
        &mut self,
        given: (String, Vec<String>, bool),
        effects: &mut Effects,
    ) -> Result<Reply, Fault> {
        target::check(&given.0, self.settings.allow_remote)?;
        let State {
            webhooks,
            random,
            clock,
            ..
        } = &mut self.state;
        let webhook = webhooks.create(given, clock.emulated(), random)?;
        effects.change_webhook(&webhook.id);
        Ok(Reply::Created {
            webhook: webhook.into(),
            secret: webhook.secret.clone(),
        })
    }

    /// Changes all that is given, or nothing.
    pub(super) fn update(
        &mut self,
        id: &str,
        (url, events, enabled): (Option<String>, Option<Vec<String>>, Option<bool>),
        effects: &mut Effects,
    ) -> Result<Reply, Fault> {
        if let Some(url) = &url {
            target::check(url, self.settings.allow_remote)?;
        }
        let events = events.map(|events| checked(&events)).transpose()?;
        let webhook = self.state.webhooks.get_mut(id)?;
        webhook.url = url.unwrap_or_else(|| webhook.url.clone());
        webhook.events = events.unwrap_or_else(|| webhook.events.clone());
        if let Some(enabled) = enabled {
            webhook.switch(enabled);
        }
        let reply = Reply::Updated {
            webhook: (&*webhook).into(),
        };
        effects.change_webhook(id);
        if enabled == Some(false) {
            self.give_up(id, GivenUp::Disabled, effects);
        }
        Ok(reply)
    }

    pub(super) fn regenerate(&mut self, id: &str, effects: &mut Effects) -> Result<Reply, Fault> {
        let State {
            webhooks, random, ..
        } = &mut self.state;
        let webhook = webhooks.get_mut(id)?;
        webhook.secret = random.secret();
        effects.change_webhook(id);
        Ok(Reply::Regenerated {
            secret: webhook.secret.clone(),
        })
    }

    pub(super) fn delete(&mut self, id: &str, effects: &mut Effects) -> Result<(), Fault> {
        self.state.webhooks.delete(id)?;
        effects.change_webhook(id);
        self.give_up(id, GivenUp::Deleted, effects);
        Ok(())
    }

    /// Gives up the open deliveries of a webhook.
    pub(super) fn give_up(&mut self, webhook: &str, because: GivenUp, effects: &mut Effects) {
        for delivery in self.state.history.all_mut() {
            if delivery.webhook_id == webhook && delivery.is_open() {
                delivery.give_up(because);
                effects.change_delivery(&delivery.id);
            }
        }
    }
}
