/** A component. A component host reads it as a file; it cannot be imported. */
export {};
