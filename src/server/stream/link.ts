import type { NatsConnection } from '@nats-io/transport-node';
import { TelemetryError } from '../../internal/index.js';
import { atMost, type Pause } from '../work/index.js';
import type { Nats } from './load-nats.js';
import { toServerOptions } from './servers.js';

export interface LinkOptions {
  /** Of NATS servers; may hold passwords. */
  readonly addresses: readonly string[];
  readonly nats: Pick<Nats, 'connect' | 'AuthorizationError'>;
  readonly pause: Pause;
  /** Told once of each change. */
  readonly onChange?: ((change: LinkChange) => void) | undefined;
}

/**
 * - `up`: the servers are reached
 * - `lost`: they no longer are
 * - `no_answer`: none of them could be reached to begin with
 * - `not_admitted`: one of them did not let us in
 */
export type LinkChange = 'up' | 'lost' | 'no_answer' | 'not_admitted';

/** A connection to NATS that comes back by itself. */
export interface Link {
  /** Resolves when a first connection stands or has failed. */
  start(): Promise<void>;
  readonly isUp: boolean;
  /** @throws {TelemetryError} `STREAM_UNAVAILABLE` at once, while nobody answers: what is sent then would wait in memory */
  use(): NatsConnection;
  /** May be called twice. */
  stop(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 3_000;
const TRY_AGAIN_MS = 500;
const PING_EVERY_MS = 10_000;
const FLUSH_WITHIN_MS = 1_000;

export function createLink({ addresses, nats, pause, onChange = () => {} }: LinkOptions): Link {
  const end = new AbortController();
  let connection: NatsConnection | undefined;
  let isUp = false;
  /** Why there is no connection; undefined since one stood. */
  let failure: 'no_answer' | 'not_admitted' | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopping: Promise<void> | undefined;

  const become = (next: boolean) => {
    if (isUp === next) return;
    isUp = next;
    failure = undefined;
    // The end that was asked for is no news.
    if (!end.signal.aborted) onChange(next ? 'up' : 'lost');
  };
  const noteFailure = (error: unknown): undefined => {
    const next = error instanceof nats.AuthorizationError ? 'not_admitted' : 'no_answer';
    if (next !== failure && !end.signal.aborted) onChange(next);
    failure = next;
  };
  const connect = () =>
    nats.connect({
      ...toServerOptions(addresses),
      name: 'sotto',
      timeout: CONNECT_TIMEOUT_MS,
      maxReconnectAttempts: -1,
      reconnectTimeWait: TRY_AGAIN_MS,
      pingInterval: PING_EVERY_MS,
      maxPingOut: 2,
    });
  const watch = async (opened: NatsConnection) => {
    for await (const { type } of opened.status()) {
      if (type === 'disconnect' || type === 'staleConnection' || type === 'close') become(false);
      if (type === 'reconnect') become(true);
    }
  };
  const run = async (onTried: () => void) => {
    while (!end.signal.aborted) {
      connection = await connect().catch(noteFailure);
      if (connection === undefined) {
        onTried();
        await pause(TRY_AGAIN_MS, end.signal);
        continue;
      }
      if (end.signal.aborted) {
        onTried();
        return connection.close();
      }
      become(true);
      onTried();
      void watch(connection);
      // It tries again by itself; what ends it is a server that does not let us in any more.
      await connection.closed();
      become(false);
    }
  };

  const stop = async () => {
    end.abort();
    // What was handed over last, such as an acknowledgement, goes out first. Nothing answers over a line that is cut just now.
    if (isUp && connection)
      await atMost(
        FLUSH_WITHIN_MS,
        connection.flush().catch(() => {}),
        pause,
      );
    await connection?.close();
    await running;
  };

  return {
    start() {
      return new Promise((resolve) => {
        running = run(resolve);
      });
    },
    get isUp() {
      return isUp;
    },
    use() {
      if (isUp && connection !== undefined) return connection;
      throw streamUnavailable();
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

export const streamUnavailable = () =>
  new TelemetryError(
    'STREAM_UNAVAILABLE',
    'The events cannot be kept now. Send the same batch again later: what was kept of it counts once.',
  );
