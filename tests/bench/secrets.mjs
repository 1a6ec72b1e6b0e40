// The secrets of all senders. It imports nothing, so that a new process loads only its own library.
export const SECRET = "whsec_4c1f0e7d9b3a";
export const URL = "https://example.com/hooks/docutray";
/** The key of Standard Webhooks, 24 bytes, and its form for the libraries. */
export const KEY_BASE64 = "YSBrZXkgb2YgdHdlbnR5LWZvdXIgQi4u";
export const SECRET_BASE64 = `whsec_${KEY_BASE64}`;
