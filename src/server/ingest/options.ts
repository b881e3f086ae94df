import { ConfigError, typeName } from '../../internal/index.js';
import type { EventQueue, EventStore } from '../wire/index.js';
import { assertFlagDefinitions, type FlagDefinition } from './flag-definition.js';
import { createMemoryEventStore } from './memory-event-store.js';
import { createReceipts, type Receipts } from './receipts.js';
import type { BodyLimits } from './request-body.js';

/** How a receiving server is set up. Every member may be left out. */
export interface IngestOptions extends Partial<BodyLimits> {
  /** Where events go, and are read from; a store in memory when absent. Whoever made the store closes it. */
  readonly store?: EventStore;
  /** Where events go instead, to be stored by another process. Without `store` there is nothing to read then. */
  readonly queue?: EventQueue;
  /** Flags that `POST /flags/` evaluates; none when absent. */
  readonly flags?: readonly FlagDefinition[];
  /** The project keys that may send and evaluate; any non-empty key when absent. */
  readonly apiKeys?: readonly string[];
  /** What opens `/events` to callers of other machines: they show it as a bearer token. At least 16 characters. */
  readonly readKey?: string;
  /**
   * What signs receipts for received events: an Ed25519 private key, a JWK as JSON or PKCS #8 as PEM. None are given when absent.
   */
  readonly receiptKey?: string;
  /** The clock for `receivedAtMs`: Unix time in milliseconds. */
  readonly now?: () => number;
  /** Told of failures that are answered with status 500 or more; nothing is logged without it. */
  readonly onFailure?: (error: unknown) => void;
}

export interface ResolvedIngestOptions extends BodyLimits {
  /** What is read from; undefined where nothing is. */
  readonly store: EventStore | undefined;
  readonly queue: EventQueue | undefined;
  readonly flags: readonly FlagDefinition[];
  readonly apiKeys: ReadonlySet<string> | undefined;
  readonly readKey: string | undefined;
  readonly receipts: Receipts;
  readonly now: () => number;
  readonly onFailure: (error: unknown) => void;
}

const DEFAULTS = { maxBodyBytes: 2 * 1024 * 1024, maxDecompressedBytes: 10 * 1024 * 1024 };

const NAMES = [
  'store',
  'queue',
  'flags',
  'apiKeys',
  'readKey',
  'receiptKey',
  'maxBodyBytes',
  'maxDecompressedBytes',
  'now',
  'onFailure',
];

/**
 * Complete and check the options of a receiving server. The caller's object is not kept.
 *
 * @throws {ConfigError} `OPTION_UNKNOWN`, `OPTION_INVALID` or `FLAG_DEFINITION_INVALID`
 */
export function resolveIngestOptions(options: IngestOptions): ResolvedIngestOptions {
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    throw new ConfigError('OPTION_UNKNOWN', `${unknown} is no option; the options are ${NAMES.join(', ')}.`);
  }
  const { flags = [], apiKeys, now = Date.now, onFailure = () => {} } = options;
  assertFlagDefinitions(flags);
  return Object.freeze({
    store: options.store ?? (options.queue === undefined ? createMemoryEventStore() : undefined),
    queue: options.queue,
    flags: structuredClone(flags),
    apiKeys: apiKeys === undefined ? undefined : resolveKeys(apiKeys),
    readKey: resolveReadKey(options.readKey),
    receipts: createReceipts(options.receiptKey),
    maxBodyBytes: resolveLimit('maxBodyBytes', options.maxBodyBytes),
    maxDecompressedBytes: resolveLimit('maxDecompressedBytes', options.maxDecompressedBytes),
    now,
    onFailure,
  });
}

function resolveLimit(name: keyof BodyLimits, value: number = DEFAULTS[name]): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new ConfigError('OPTION_INVALID', `${name} must be a whole number of bytes, at least 1.`);
}

function resolveKeys(keys: readonly string[]): ReadonlySet<string> {
  if (!Array.isArray(keys)) {
    throw new ConfigError('OPTION_INVALID', `apiKeys must be an array of strings, not ${typeName(keys)}.`);
  }
  if (keys.length > 0 && keys.every((key) => typeof key === 'string' && key !== '')) return new Set(keys);
  throw new ConfigError(
    'OPTION_INVALID',
    'apiKeys must hold at least one non-empty string; leave it out to accept any key.',
  );
}

function resolveReadKey(key: string | undefined): string | undefined {
  if (key === undefined || (typeof key === 'string' && /^\S{16,}$/.test(key))) return key;
  throw new ConfigError(
    'OPTION_INVALID',
    'readKey must have at least 16 characters, none of them white space.',
  );
}
