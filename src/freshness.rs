//! Step 3: `abs(now - timestamp) <= tolerance`, both ends inclusive. Docutray documents 300 seconds either way.

use crate::{error::Error, metadata::Authentic};

/// Metadata that passed step 2 and whose timestamp is within the tolerance.
#[derive(Debug)]
pub(crate) struct Fresh<S>(Authentic<S>);

impl<S> Fresh<S> {
    pub(crate) fn into_authentic(self) -> Authentic<S> {
        self.0
    }
}

/// Compares the delivery's timestamp with `now`. All numbers are in seconds.
pub(crate) fn check<S>(
    authentic: Authentic<S>,
    now: u64,
    tolerance: u64,
) -> Result<Fresh<S>, Error> {
    let timestamp = authentic.delivery.timestamp();
    if now.abs_diff(timestamp) <= tolerance {
        return Ok(Fresh(authentic));
    }
    Err(if timestamp < now {
        Error::TimestampTooOld {
            timestamp,
            now,
            tolerance,
        }
    } else {
        Error::TimestampTooNew {
            timestamp,
            now,
            tolerance,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        error::{BodySignature, Code},
        header_names,
        headers::{DeliveryHeaders, Signature},
        metadata::{self, Urls},
        secret_hints::SecretHints,
        secrets::{Key, Secrets},
    };

    fn checked(timestamp: &str, now: u64, tolerance: u64) -> Result<(), Code> {
        let headers = [
            (header_names::TIMESTAMP, timestamp),
            (
                header_names::REQUEST_ID,
                "550e8400-e29b-41d4-a716-446655440000",
            ),
            (header_names::EVENT, "STEP_STARTED"),
        ];
        let headers = DeliveryHeaders::<Option<Signature>>::read(headers, false).unwrap();
        let secrets = Secrets::new([Key::new(b"k")].into(), SecretHints::default());
        let authentic = metadata::authenticate(headers, &secrets, &Urls::BodyOnly, |_| {
            BodySignature::Unknown
        })
        .unwrap();
        check(authentic, now, tolerance)
            .map(drop)
            .map_err(|error| error.code())
    }

    #[test]
    fn the_tolerance_is_inclusive_at_both_ends() {
        assert_eq!(checked("1000", 1300, 300), Ok(()));
        assert_eq!(checked("1000", 1301, 300), Err(Code::TimestampTooOld));
        assert_eq!(checked("1000", 700, 300), Ok(()));
        assert_eq!(checked("1000", 699, 300), Err(Code::TimestampTooNew));
    }

    #[test]
    fn extreme_clocks_and_timestamps_do_not_overflow() {
        assert_eq!(checked("0", u64::MAX, 86_400), Err(Code::TimestampTooOld));
        assert_eq!(
            checked("999999999999", 0, 86_400),
            Err(Code::TimestampTooNew)
        );
        assert_eq!(checked("0", 0, 1), Ok(()));
    }
}
