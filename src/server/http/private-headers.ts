import type { MiddlewareHandler } from 'hono';

/** Of an answer to a program: nothing of it is kept on its way, run as a page, shown in one, or read by one of another origin. */
export const PRIVATE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export const setPrivateHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  for (const [name, value] of Object.entries(PRIVATE_HEADERS)) context.res.headers.set(name, value);
};
