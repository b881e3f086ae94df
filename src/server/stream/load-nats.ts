import { installCommand, loadOptional } from '../../internal/index.js';

/** The packages of NATS, which only a process with a stream loads. */
export type Nats = typeof import('@nats-io/transport-node') & typeof import('@nats-io/jetstream');

/** @throws {TelemetryError} `PEER_MISSING` */
export function loadNats(): Promise<Nats> {
  return loadOptional(
    importNats,
    `A stream needs packages that are not installed here. Run ${installCommand('stream')}, and try again.`,
  );
}

async function importNats(): Promise<Nats> {
  const [transport, jetstream] = await Promise.all([
    import('@nats-io/transport-node'),
    import('@nats-io/jetstream'),
  ]);
  return { ...transport, ...jetstream };
}
