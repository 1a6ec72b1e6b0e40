/** A component, to be read as a file by a host of components: nothing to import. */
export {};
