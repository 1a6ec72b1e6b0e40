//! Writes the core's errors as fields, from which the package makes its `WebhookError`.

use alloc::{string::ToString as _, vec};

use docutray_webhook::{Code, Error};

use crate::{options, told::Told};

/// The fields' tags. `js/src/module/failure.ts` has the same.
const CODE: u8 = 0;
/// The header, the payload's field or the option at fault, if there is one.
const FIELD: u8 = 1;
const STATUS: u8 = 2;
/// The message for the operator.
const MESSAGE: u8 = 3;
/// The finding for the sender.
const FINDING: u8 = 4;
/// Present if the delivery is authentic and only its payload does not fit.
const UNFIT: u8 = 5;
/// Pairs for a wrong configuration: an option's name, and what is wrong with it.
const OPTION: u8 = 6;
const PROBLEM: u8 = 7;

/// Tells the package an error as fields.
pub(crate) fn tell(told: &mut Told, error: &Error) {
    let code = error.code();
    let status = code.status().to_string();
    let message = error.to_string();
    let finding = error.finding().to_string();
    let mut fields = vec![
        (CODE, code.as_str()),
        (STATUS, &status),
        (MESSAGE, &message),
        (FINDING, &finding),
    ];
    fields.extend(error.field().map(|field| match code {
        Code::InvalidConfig => (FIELD, options::js_name(field)),
        _ => (FIELD, field),
    }));
    if error.is_authentic() {
        fields.push((UNFIT, ""));
    }
    if let Error::InvalidConfig { problems, .. } = error {
        for problem in problems {
            let option = options::js_name(problem.option);
            fields.extend([(OPTION, option), (PROBLEM, problem.problem)]);
        }
    }
    told.fields(&fields);
}
