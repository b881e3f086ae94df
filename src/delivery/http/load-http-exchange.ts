import type { HttpExchange } from './http-exchange.js';

/** Requests to one server, as `createHttpExchange` makes them. Loads what they need when it is called, and not before. */
export async function loadHttpExchange(proxyFor: (url: URL) => URL | undefined): Promise<HttpExchange> {
  const { createHttpExchange } = await import('./http-exchange.js');
  return createHttpExchange(proxyFor);
}
