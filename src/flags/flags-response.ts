import type { FlagScalar, RemoteFlag, RemoteFlags } from './assignment.js';
import { isFlagKey, isVariant } from './labels.js';

const MAX_FLAGS = 200;

/**
 * Read the body of PostHog's `/flags/?v=2`: `{ flags: { [key]: { enabled, variant, metadata: { version } } } }`.
 *
 * @param body - parsed JSON, or anything else
 * @returns at most 200 flags, the first by key; undefined when the body is no such answer or the project's quota is used
 *   up. A flag that failed, or whose variant is no label, has no value; a flag that is switched off is left out, as one
 *   that does not exist
 * @remarks Pure; never throws.
 */
export function parseFlagsResponse(body: unknown): RemoteFlags | undefined {
  if (!isRecord(body) || isQuotaUsedUp(body) || !isRecord(body.flags)) return undefined;
  const { flags } = body;
  const keys = Object.keys(flags).filter((key) => isFlagKey(key) && !isSwitchedOff(flags[key]));
  return new Map(
    keys
      .sort()
      .slice(0, MAX_FLAGS)
      .map((key) => [key, parseFlag(flags[key])]),
  );
}

function isQuotaUsedUp({ quotaLimited }: Json): boolean {
  return Array.isArray(quotaLimited) && quotaLimited.includes('feature_flags');
}

function isSwitchedOff(flag: unknown): boolean {
  return isRecord(flag) && isRecord(flag.reason) && flag.reason.code === 'flag_disabled';
}

function parseFlag(flag: unknown): RemoteFlag {
  if (!isRecord(flag)) return { value: undefined, version: undefined };
  const version = isRecord(flag.metadata) ? flag.metadata.version : undefined;
  return { value: parseValue(flag), version: isVersion(version) ? version : undefined };
}

function parseValue({ enabled, variant, failed }: Json): FlagScalar | undefined {
  if (failed === true || typeof enabled !== 'boolean') return undefined;
  if (!enabled) return false;
  if (variant === undefined || variant === null) return true;
  return isVariant(variant) ? variant : undefined;
}

function isVersion(version: unknown): version is number {
  return Number.isSafeInteger(version) && (version as number) >= 0;
}

type Json = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
