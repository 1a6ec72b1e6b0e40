// Payloads of a converted document, of an exact size: nested, with numbers, and text that is not all ASCII.

const DESCRIPTIONS = [
  "Café molido «Altura», 1 kg",
  "Envío exprés a São Paulo — seguro incluido",
  "Servicio técnico, módulo B (año 2024)",
  'Widget, "large", 10 × 20 cm',
  "請求書の用紙 A4",
];

/** A body of CONVERSION_COMPLETED with exactly `size` bytes. */
export function conversionCompleted(size) {
  const lines = [];
  // Each line with its comma; the first needs none.
  let room = size - encoded(payload(lines, "")).length + 1;
  for (let next = line(0); room > encoded(next).length; next = line(lines.length)) {
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
    original_filename: "factura_año_2024.pdf",
    document_metadata: { customer: { id: 4711, region: "Ñuble" }, tags: ["invoice", "urgent"] },
    document_type_code: "invoice",
    data: { number: "F-2024-000117", issuer: { name: "Compañía Ñandú S.A.", tax_id: "76.123.456-7" }, lines, note },
  };
}

function line(index) {
  return {
    position: index + 1,
    description: DESCRIPTIONS[index % DESCRIPTIONS.length],
    quantity: (index % 7) + 1,
    unit_price: ((index * 37) % 1000) / 8,
    tax: { rate: 0.19, amount: ((index * 53) % 4096) / 64, exempt: index % 11 === 0 },
    box: [0.0625, (index % 40) / 40, 0.9375, ((index % 40) + 1) / 40],
    remark: null,
  };
}

function encoded(value) {
  return Buffer.from(JSON.stringify(value));
}
