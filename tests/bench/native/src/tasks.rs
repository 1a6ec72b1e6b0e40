//! The tasks that are timed, by the names that the tables use.

use std::hint::black_box;

use anyhow::{Result, ensure};
use docutray_webhook::Verifier;
use docutray_webhook_wasmtime_driver::{Prepared, wit};
use hmac::Hmac;
use sha2::Sha256;

use crate::{
    by_hand::{self, Mac},
    component::{Engines, Ready},
    delivery::{Delivery, NOW, SECRET, URL},
};

pub(crate) const VERIFY: &str = "the crate: verify";
pub(crate) const CHECK: &str = "the crate: check, which builds no payload";
pub(crate) const BY_HAND_SHA2: &str = "by hand: hmac, sha2, serde_json";
pub(crate) const BY_HAND_RING: &str = "by hand: ring, serde_json";
pub(crate) const BY_HAND_AWS_LC: &str = "by hand: aws-lc-rs, serde_json";
pub(crate) const MAC_SHA2: &str = "hmac, sha2: what the crate uses";
pub(crate) const MAC_RING: &str = "ring";
pub(crate) const MAC_AWS_LC: &str = "aws-lc-rs";
pub(crate) const KEPT_INSTANCE: &str = "a kept instance";
pub(crate) const RESIDENT: &str = "a fresh instance, pooled, its memory left resident";
pub(crate) const POOLED: &str = "a fresh instance, pooled";
pub(crate) const UNPOOLED: &str = "a fresh instance, not pooled";

/// A call to time. It fails if the delivery is refused.
pub(crate) struct Task<'a> {
    pub(crate) name: &'static str,
    pub(crate) run: Box<dyn FnMut() -> Result<()> + 'a>,
}

/// Returns all tasks for this delivery. Each has run once.
pub(crate) fn all<'a>(delivery: &'a Delivery, engines: &'a Engines) -> Result<Vec<Task<'a>>> {
    let mut tasks = crate_alone(delivery)?;
    tasks.extend(by_mac::<Hmac<Sha256>>(BY_HAND_SHA2, MAC_SHA2, delivery)?);
    tasks.extend(by_mac::<ring::hmac::Key>(BY_HAND_RING, MAC_RING, delivery)?);
    tasks.extend(by_mac::<aws_lc_rs::hmac::Key>(
        BY_HAND_AWS_LC,
        MAC_AWS_LC,
        delivery,
    )?);
    tasks.push(kept_instance(delivery, &engines.resident)?);
    tasks.push(fresh_instance(RESIDENT, delivery, &engines.resident));
    tasks.push(fresh_instance(POOLED, delivery, &engines.pooled));
    tasks.push(fresh_instance(UNPOOLED, delivery, &engines.unpooled));
    for task in &mut tasks {
        (task.run)()?;
    }
    Ok(tasks)
}

impl<'a> Task<'a> {
    fn new<T>(name: &'static str, mut run: impl FnMut() -> Result<T> + 'a) -> Self {
        Self {
            name,
            run: Box::new(move || {
                black_box(run()?);
                Ok(())
            }),
        }
    }
}

fn crate_alone(delivery: &Delivery) -> Result<Vec<Task<'_>>> {
    let Delivery { headers, body } = delivery;
    let verifier = || Verifier::builder().secret(SECRET).url(URL).build();
    let (verifying, checking) = (verifier()?, verifier()?);
    let pairs = || headers.iter().map(|(name, value)| (name, value));
    Ok(vec![
        Task::new(VERIFY, move || Ok(verifying.verify(pairs(), body, NOW)?)),
        Task::new(CHECK, move || Ok(checking.check(pairs(), body, NOW)?)),
    ])
}

fn by_mac<'a, M: Mac + 'a>(
    whole: &'static str,
    alone: &'static str,
    delivery: &'a Delivery,
) -> Result<[Task<'a>; 2]> {
    let Delivery { headers, body } = delivery;
    let tag = by_hand::signature(headers, "x-docutray-signature")?;
    let (mac, mac_alone) = (M::new(SECRET), M::new(SECRET));
    Ok([
        Task::new(whole, move || {
            by_hand::verify(&mac, URL, headers, body, NOW)
        }),
        Task::new(alone, move || {
            ensure!(mac_alone.verifies(body, &tag), "the body is not signed");
            Ok(())
        }),
    ])
}

fn kept_instance<'a>(delivery: &'a Delivery, component: &Prepared) -> Result<Task<'a>> {
    let headers = wit_headers(delivery);
    let mut ready = Ready::new(component)?;
    Ok(Task::new(KEPT_INSTANCE, move || {
        ready.verify(&headers, &delivery.body)
    }))
}

/// Also times the end of the instance.
fn fresh_instance<'a>(
    name: &'static str,
    delivery: &'a Delivery,
    component: &'a Prepared,
) -> Task<'a> {
    let headers = wit_headers(delivery);
    Task::new(name, move || {
        Ready::new(component)?.verify(&headers, &delivery.body)
    })
}

fn wit_headers(delivery: &Delivery) -> Vec<wit::Header> {
    let headers = delivery.headers.iter().cloned();
    headers
        .map(|(name, value)| (name, value.into_bytes()))
        .collect()
}
