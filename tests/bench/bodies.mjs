// Bodies of CONVERSION_COMPLETED with an exact size, in three kinds, since the cost of reading a payload depends on its content.

const ENGLISH =
  "The supplier delivers the goods listed above within thirty days of the order. Payment is due within sixty days of " +
  "the date of this invoice, without deduction, to the account named below; a discount of two per cent is granted for " +
  "payment within ten days. Claims have to be made in writing within eight days of the receipt of the goods, or they " +
  "are forfeited. The goods remain the property of the supplier until they are paid in full.";
const SPANISH =
  "Café molido «Altura», envío exprés a São Paulo — seguro incluido. Servicio técnico, módulo B (año 2024): " +
  "instalación, señalización y tramitación según condición nº 7; garantía de 24 meses. ";
const JAPANESE = "請求書の用紙は、納品の日から三十日以内に、下記の口座へお支払いください。";

/** The lines of the document, by the kind of payload. */
const LINES = {
  // Numbers and short strings: the most values for the size.
  dense: (index) => ({
    position: index + 1,
    code: `A-${1000 + (index % 500)}`,
    quantity: (index % 7) + 1,
    unit_price: ((index * 37) % 1000) / 8,
    tax: { rate: 0.19, amount: ((index * 53) % 4096) / 64, exempt: index % 11 === 0 },
    box: [0.0625, (index % 40) / 40, 0.9375, ((index % 40) + 1) / 40],
    remark: null,
  }),
  prose: (index) => ({ position: index + 1, text: ENGLISH }),
  "non-ASCII": (index) => ({ position: index + 1, text: index % 2 === 0 ? SPANISH : JAPANESE }),
};

/** Returns a body with exactly `size` bytes. */
export function bodyOf(kind, size) {
  const lines = [];
  // Counts a comma for each line; the first line needs none.
  let room = size - encoded(payload(lines, "")).length + 1;
  for (let next = LINES[kind](0); room > encoded(next).length; next = LINES[kind](lines.length)) {
    lines.push(next);
    room -= encoded(next).length + 1;
  }
  const note = ".".repeat(size - encoded(payload(lines, "")).length);
  return encoded(payload(lines, note));
}

function payload(lines, note) {
  return {
    conversion_id: "conv_01HM5Z3V9K",
    status: "SUCCESS",
    request_timestamp: "2024-01-15T10:29:30.000Z",
    response_timestamp: "2024-01-15T10:30:00.000Z",
    document_type_code: "invoice",
    data: { number: "F-2024-000117", lines, note },
  };
}

function encoded(value) {
  return Buffer.from(JSON.stringify(value));
}
