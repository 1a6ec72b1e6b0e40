//! The core's error as the fields of which the package makes its `WebhookError`.

use alloc::string::{String, ToString as _};

use docutray_webhook::{Code, Error};

use crate::{options, told::Told};

/// The fields' tags, in their order, as `js/src/module/failure.ts` has them.
#[derive(Clone, Copy)]
enum Tag {
    Code,
    /// The header, the payload's field or the option at fault, where there is one.
    Field,
    Status,
    /// For the operator.
    Message,
    /// For the sender.
    Finding,
    /// The delivery is authentic, and its payload does not fit: there or not.
    Unfit,
    /// Of a configuration, everything that is wrong: an option's name, and what is wrong with it.
    Option,
    Problem,
}

/// What is told for every verdict but a good one.
pub(crate) fn tell(told: &mut Told, error: &Error) {
    let code = error.code();
    let [status, message, finding]: [String; 3] = [
        code.status().to_string(),
        error.to_string(),
        error.finding().to_string(),
    ];
    let field = error.field().map(|field| match code {
        Code::InvalidConfig => options::js_name(field),
        _ => field,
    });
    let problems = match error {
        Error::InvalidConfig { problems, .. } => problems.as_slice(),
        _ => &[],
    };
    let fields = [(Tag::Code, code.as_str())]
        .into_iter()
        .chain(field.map(|field| (Tag::Field, field)))
        .chain([
            (Tag::Status, status.as_str()),
            (Tag::Message, &message),
            (Tag::Finding, &finding),
        ])
        .chain(error.is_authentic().then_some((Tag::Unfit, "")))
        .chain(problems.iter().flat_map(|problem| {
            let option = options::js_name(problem.option);
            [(Tag::Option, option), (Tag::Problem, problem.problem)]
        }));
    told.fields(fields.map(|(tag, value)| (tag as u8, value)));
}
