/** What OTLP is encoded with. */
export const OTLP_PEER = '@opentelemetry/otlp-transformer';

/** What only some parts of this package need, and what is therefore installed beside it: its optional peers, by what needs them. */
export const PEERS = {
  server: ['hono', '@hono/node-server', '@hono/zod-openapi', 'zod'],
  database: ['drizzle-orm'],
  pglite: ['@electric-sql/pglite'],
  postgresql: ['pg'],
  copies: ['pg-copy-streams'],
  operation: ['pino', 'prom-client'],
  stream: ['@nats-io/transport-node', '@nats-io/jetstream'],
  otlp: [OTLP_PEER],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What brings the packages of these parts, as it is typed: `npm install hono …`, between backticks. */
export function installCommand(...parts: readonly (keyof typeof PEERS)[]): string {
  return `\`npm install ${parts.flatMap((part) => PEERS[part]).join(' ')}\``;
}
