import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SanitizedProperties } from '../../../../src/privacy/index.js';
import { toCounterName } from '../../../../src/privacy/index.js';
import { createUsageLog, readUsage, type UsageRecord } from '../../../../src/store/index.js';
import { createLogName } from '../../../../src/store/usage/file-name.js';
import { formatHeader, formatRecord } from '../../../../src/store/usage/lines.js';

/** 2026-11-21 08:30:00 UTC. */
export const STARTED_MS = Date.UTC(2026, 10, 21, 8, 30);
/** Larger than any that a system gives. */
export const DEAD_PID = 4_999_999;

export function nameOf(text: string) {
  const name = toCounterName(text);
  if (name === undefined) throw new Error(`${text} is no name.`);
  return name;
}

const payloadOf = (payload: object) => payload as SanitizedProperties;

export const featureOf = (name: string, variant?: string): UsageRecord => ({
  kind: 'feature',
  name: nameOf(name),
  variant: variant === undefined ? undefined : nameOf(variant),
});

export const eventOf = (name: string, payload: object = {}): UsageRecord => ({
  kind: 'event',
  name: nameOf(name),
  category: nameOf('custom'),
  payload: payloadOf(payload),
});

export const hookOf = (name: string, payload: object = {}): UsageRecord => ({
  kind: 'hook',
  name: nameOf(name),
  payload: payloadOf(payload),
});

/** Counters whose clock goes on by a millisecond at each record. */
export function openTestLog(directory: string) {
  let nowMs = STARTED_MS - 1;
  return createUsageLog(directory, {
    now: () => {
      nowMs += 1;
      return nowMs;
    },
  });
}

export interface PlantedLog {
  readonly id?: string;
  readonly pid?: number | undefined;
  readonly createdAtMs?: number;
}

/** A log as another process would have written it; of one that ended unless a pid is given. @returns its name */
export function plantLog(
  directory: string,
  records: readonly UsageRecord[],
  { id = crypto.randomUUID(), pid = DEAD_PID, createdAtMs = STARTED_MS }: PlantedLog = {},
): string {
  const name = createLogName(pid);
  const lines = records.map((record, at) => formatRecord(record, createdAtMs + at));
  plantFile(directory, name, formatHeader({ id, createdAtMs }) + lines.join(''));
  return name;
}

export function plantFile(directory: string, name: string, text: string): void {
  mkdirSync(join(directory, 'usage'), { recursive: true });
  writeFileSync(join(directory, 'usage', name), text);
}

export const usageNames = (directory: string): readonly string[] =>
  readdirSync(join(directory, 'usage')).sort();

export const totalOf = (directory: string, feature: string): number =>
  readUsage(directory).features.get(feature)?.total ?? 0;
