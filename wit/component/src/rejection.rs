//! Converts the crate's rejection to `record rejection`. The body is moved, since it may take most of the memory.

use docutray_webhook::{Rejection, Unfit};

use crate::bindings::wit;

impl From<Rejection> for wit::Rejection {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Refused(error) => Self {
                error: error.into(),
                unfit: None,
            },
            Rejection::Unfit(unfit) => unfit_rejection(*unfit),
        }
    }
}

fn unfit_rejection(unfit: Unfit) -> wit::Rejection {
    let Unfit {
        error,
        delivery,
        body,
        ..
    } = unfit;
    wit::Rejection {
        error: error.into(),
        unfit: Some(wit::Unfit {
            delivery: (&delivery).into(),
            body,
        }),
    }
}
