import type { Answer } from "../receiver/outcome.js";
import type { Receiver } from "../receiver/receiver.js";
import { isNodeRequest, isNodeResponse, member } from "../right-entry.js";
import { send, type NodeRequest, type NodeResponse } from "./http.js";

/**
 * Ends a call of a handler with what it cannot take. Where there is a response of Node's, it is answered 500: Express 4 catches
 * no rejected promise, and the process would end. The log is told in any case.
 *
 * @returns What was answered.
 * @throws The error, where there is no such response: it is the framework's to catch.
 */
export function refuseCall(receiver: Receiver, error: TypeError, given: readonly unknown[]): Answer {
  const answer = receiver.notReceived(error);
  const [request, second] = given;
  // Express has the response in its request.
  const responses = [second, isNodeRequest(request) ? member(request, "res") : undefined];
  const response = responses.find(isNodeResponse);
  if (response === undefined) {
    throw error;
  }
  send(request as NodeRequest, response as NodeResponse, answer);
  return answer;
}
