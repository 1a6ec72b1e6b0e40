// Deliveries that must be refused. All but two can be made from captured ones without the secret.

export const NOW = Math.floor(Date.now() / 1000);
const MINUTE = 60;
const YEAR = 365 * 24 * 60 * MINUTE;
const PAYLOAD = {
  conversion_id: "conv_1",
  status: "SUCCESS",
  request_timestamp: "2024-01-15T10:29:30.000Z",
  response_timestamp: "2024-01-15T10:30:00.000Z",
  document_type_code: "invoice",
  data: { name: "Compa\ufffd\ufffda", total: 1190.5 },
};
const BODY = Buffer.from(JSON.stringify(PAYLOAD));

/** Returns a delivery as the format's sender makes it. */
export function signed(format, { body = BODY, timestamp = NOW, event = "CONVERSION_COMPLETED" } = {}) {
  return { headers: format.headers({ body, timestamp, event }), body };
}

/** Each makes such a delivery, or nothing if the format has no place for the slip. */
export const SLIPS = [
  {
    name: "invalid UTF-8 where U+FFFD was signed",
    delivery(format) {
      const body = Buffer.from(BODY.toString("latin1").replace("\xef\xbf\xbd", "\xff"), "latin1");
      return { ...signed(format), body };
    },
  },
  {
    name: "a byte order mark put before the body",
    delivery: (format) => ({ ...signed(format), body: Buffer.concat([Buffer.from("\ufeff"), BODY]) }),
  },
  {
    name: "letters put after the timestamp",
    delivery: (format) => edited(signed(format), format.timestamp, (value) => value.replace(NOW, `${NOW}abc`)),
  },
  {
    name: "the timestamp's header twice, joined",
    delivery: (format) =>
      edited(signed(format), format.timestamp, (value) => `${value}, ${value.replace(NOW, NOW + MINUTE)}`),
  },
  {
    name: "a timestamp a year ahead",
    delivery: (format) => format.timestamp && signed(format, { timestamp: NOW + YEAR }),
  },
  {
    name: "a delivery of last year, its timestamp renewed",
    delivery(format) {
      const old = signed(format, { timestamp: NOW - YEAR });
      return format.timestamp ? edited(old, format.timestamp, (value) => value.replace(NOW - YEAR, NOW)) : old;
    },
  },
  {
    name: "another event's name in the header",
    delivery: (format) => edited(signed(format), format.event, () => "CONVERSION_FAILED"),
  },
  {
    name: "headers of one event, body of another",
    delivery(format) {
      const identification = signed(format, { event: "IDENTIFICATION_COMPLETED", body: Buffer.from("{}") });
      const conversion = signed(format, { timestamp: NOW - 1 });
      const signature = format.bodySignature;
      const spliced = { headers: identification.headers, body: conversion.body };
      return edited(spliced, signature, () => conversion.headers[signature]);
    },
  },
  {
    name: "a signed body that has its id twice",
    delivery: (format) =>
      signed(format, { body: Buffer.from(BODY.toString().replace("{", '{"conversion_id":"conv_0",')) }),
  },
  {
    name: "the parsed object in place of the body",
    delivery: (format) => ({ ...signed(format), body: PAYLOAD }),
  },
];

/** Returns the delivery with another value in one header, or nothing if the format has no such header. */
function edited({ headers, body }, name, edit) {
  return name && { headers: { ...headers, [name]: edit(headers[name]) }, body };
}
