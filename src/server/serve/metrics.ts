import { Hono } from 'hono';
import { isTelemetryError } from '../../internal/index.js';
import { guardByToken, isProblemCode, problemOf, problemResponse } from '../http/index.js';
import type { Service } from '../observe/index.js';

/** `GET /metrics`, in Prometheus' text format: for who shows the token, or where there is none for programs of this machine. */
export function createMetricsApp(
  services: readonly Pick<Service, 'metrics'>[],
  token: string | undefined,
): Hono {
  const app = new Hono({ strict: false });
  app.onError((error) => {
    if (!isTelemetryError(error) || !isProblemCode(error.code)) throw error;
    return problemResponse(problemOf(error.code, error.message));
  });
  app.use(guardByToken(token, 'Reading'));
  app.get('/metrics', async (context) => {
    const texts = await Promise.all(services.map(({ metrics }) => metrics.metrics()));
    return context.body(texts.join('\n'), 200, {
      'content-type': services[0]?.metrics.contentType ?? 'text/plain; charset=utf-8',
    });
  });
  return app;
}
