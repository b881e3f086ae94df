import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SanitizedEvent } from '../../../../src/privacy/index.js';
import { createReceipts } from '../../../../src/server/ingest/receipts.js';
import { proveLedger, settleWaiting } from '../../../../src/store/index.js';
import { buildEvent, MORNING, openTestLedger, STARTED_MS, toWire, uuidOf } from '../ledger/support.js';
import { FILE } from '../spool/support.js';

export const SIGNING_KEY = JSON.stringify(
  generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
);
export const receipts = createReceipts(SIGNING_KEY);

export const eventOf = (n: number, properties: object = { n }): SanitizedEvent =>
  buildEvent(uuidOf(n), properties);

/** What a server answers to a request with these events. */
export async function signedFor(events: readonly SanitizedEvent[], change: object = {}): Promise<string> {
  const received = events.map((event) => ({ ...toWire(event), ...change }));
  return (await receipts.sign(received, STARTED_MS)) ?? '';
}

/**
 * A ledger with every kind of line: a header, records, a request for flags, what was accepted with a receipt and without, what was
 * dropped, and what another process noted.
 *
 * @returns the path of its one file
 */
export async function plantLedger(directory: string): Promise<string> {
  const ledger = openTestLedger(directory);
  const events = [
    eventOf(1, { label: 'Jäger "*J" \\ 😀', n: 1, deep: { b: [1, 2.5, null], a: true } }),
    eventOf(2),
    eventOf(3),
    eventOf(4),
    eventOf(5),
  ] as const;
  for (const event of events.slice(0, 3)) ledger.record(event, MORNING);
  ledger.noteFlagsRequest(MORNING, MORNING);
  ledger.settle(events.slice(0, 2), 'sent', await signedFor(events.slice(0, 2)));
  ledger.settle([events[2]], 'sent');
  for (const event of events.slice(3)) ledger.record(event, MORNING);
  ledger.flush();
  ledger.settle([events[3]], 'too_large');
  ledger.flush();
  ledger.close();
  const receipt = await signedFor([events[4]]);
  settleWaiting(directory, FILE, [events[4].uuid], 'sent', STARTED_MS + 9, receipt);
  return join(directory, 'ledger', FILE);
}

/** What is found, as `code line`. */
export const findingsIn = (directory: string): readonly string[] =>
  proveLedger(directory).findings.map(({ code, line }) => (line === undefined ? code : `${code} ${line}`));

/** Change the lines of a file, which are given with their newlines. */
export function changeLines(path: string, change: (lines: string[]) => readonly string[]): void {
  const lines = readFileSync(path, 'utf8').split(/(?<=\n)/);
  writeFileSync(path, change(lines).join(''));
}

/** A copy of bytes with one bit turned over. */
export function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  const at = bit >> 3;
  flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}
