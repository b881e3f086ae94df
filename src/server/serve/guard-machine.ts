import { isTelemetryError } from '../../internal/index.js';
import { assertHost, assertLocalAddress, callerOf, problemOf, problemResponse } from '../http/index.js';
import type { Answer } from './dispatch.js';

/** Answers nobody but this machine, by one of its own names: a page of the internet can make its name lead here (DNS rebinding). */
export function guardMachine(answer: Answer): Answer {
  return (request, env) => {
    try {
      assertLocalAddress(env);
      assertHost(callerOf(request).host, []);
    } catch (error) {
      if (!isTelemetryError(error)) throw error;
      return problemResponse(problemOf('REQUEST_FORBIDDEN', error.message));
    }
    return answer(request, env);
  };
}
