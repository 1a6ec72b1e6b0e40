import type { Answer } from "../receiver/outcome.js";
import type { Receiver } from "../receiver/receiver.js";
import { isNodeRequest, isNodeResponse, member } from "../right-entry.js";
import { send, type NodeRequest, type NodeResponse } from "./http.js";

/**
 * Ends a call whose arguments are those of another entry, and logs the error. If the arguments include a response of Node, it is
 * answered 500, because Express 4 does not catch a rejected promise: the process would end.
 *
 * @returns The answer that was sent.
 * @throws The error, if there is no response of Node. The framework catches it.
 */
export function refuseCall(receiver: Receiver, error: TypeError, given: readonly unknown[]): Answer {
  const answer = receiver.notReceived(error);
  const [request, second] = given;
  // Express keeps the response in the request.
  const responses = [second, isNodeRequest(request) ? member(request, "res") : undefined];
  const response = responses.find(isNodeResponse);
  if (response === undefined) {
    throw error;
  }
  send(request as NodeRequest, response as NodeResponse, answer, (failure) => receiver.notSent(failure));
  return answer;
}
