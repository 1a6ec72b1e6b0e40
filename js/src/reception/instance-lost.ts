/** The WebAssembly instance ended in the middle of a call. The next call gets a fresh one. */
export class InstanceLost extends Error {}
