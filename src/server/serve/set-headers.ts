import type { Answer } from './dispatch.js';

/** For programs, of which a browser must make no page. Pages say more than this themselves. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/** Give every answer the headers that it does not set itself. */
export function setHeaders(answer: Answer): Answer {
  return async (request, env) => {
    const response = await answer(request, env);
    const missing = Object.entries(HEADERS).filter(([name]) => !response.headers.has(name));
    if (missing.length === 0) return response;
    const headers = new Headers([...response.headers, ...missing]);
    const { status, statusText } = response;
    return new Response(response.body, { status, statusText, headers });
  };
}
