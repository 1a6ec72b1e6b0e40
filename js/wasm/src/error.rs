//! The core's error as the fields of which the package makes its `WebhookError`.

use alloc::{string::ToString as _, vec};

use docutray_webhook::{Code, Error};

use crate::{options, told::Told};

/// The fields' tags, as `js/src/module/failure.ts` has them.
const CODE: u8 = 0;
/// The header, the payload's field or the option at fault, where there is one.
const FIELD: u8 = 1;
const STATUS: u8 = 2;
/// For the operator.
const MESSAGE: u8 = 3;
/// For the sender.
const FINDING: u8 = 4;
/// The delivery is authentic, and its payload does not fit: there or not.
const UNFIT: u8 = 5;
/// Of a configuration, everything that is wrong: an option's name, and what is wrong with it.
const OPTION: u8 = 6;
const PROBLEM: u8 = 7;

/// What is told for every verdict but a good one.
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
