/**
 * An authorizer and a function handler for AWS Lambda.
 *
 * @packageDocumentation
 */
import "#core";

export type * from "./reception.js";
