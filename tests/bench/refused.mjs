/** Verifies a delivery whose body has another body's signature. It is hashed whole and not parsed. */
export function refused(verifier, headers, body) {
  try {
    verifier.verify(headers, body);
  } catch (error) {
    if (error.code === "signature_mismatch") {
      return;
    }
    throw error;
  }
  throw new Error("a delivery with another's signature was accepted");
}
