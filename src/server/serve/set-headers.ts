import { PRIVATE_HEADERS } from '../http/index.js';
import type { Answer } from './dispatch.js';

/** Give every answer the headers of one to a program that it does not set itself: pages say more. */
export function setHeaders(answer: Answer): Answer {
  return async (request, env) => {
    const response = await answer(request, env);
    const missing = Object.entries(PRIVATE_HEADERS).filter(([name]) => !response.headers.has(name));
    if (missing.length === 0) return response;
    const headers = new Headers([...response.headers, ...missing]);
    const { status, statusText } = response;
    return new Response(response.body, { status, statusText, headers });
  };
}
