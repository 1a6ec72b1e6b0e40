// UTF-8 to and from text, for all modules: neither object keeps a state between calls.

export const encoder = new TextEncoder();

/** For bytes that the core has checked or written. It keeps a byte order mark, which the core refuses, instead of dropping it. */
export const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
