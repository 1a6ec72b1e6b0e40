/** Tells what a handler or a store threw, which nobody else would. */
export function report(what: string, error: unknown): void {
  console.error(`docutray-webhook: ${what}`, error);
}
