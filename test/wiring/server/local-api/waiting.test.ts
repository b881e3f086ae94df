import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn } from './files-in.js';
import { type LocalApi, openLocalApi } from './support.js';

interface Waiting {
  readonly event: string;
  readonly uuid: string;
  readonly timestamp: string;
}

const waitingIn = async (api: LocalApi): Promise<readonly Waiting[]> =>
  (await api.call('/preview')).json.waiting;
const namesOf = (waiting: readonly Waiting[]) => waiting.map(({ event }) => event);

describe('GET /preview', () => {
  it('shows what was recorded a moment ago, before it stands on disk, as it leaves', async () => {
    const api = await openLocalApi();
    api.telemetry.recordEvent('first.event', { n: 1 });
    api.telemetry.recordEvent('second.event', { n: 2 });
    const waiting = await waitingIn(api);
    expect(namesOf(waiting)).toEqual(['first.event', 'second.event']);
    await api.telemetry.flush();
    const sent = api.server.messages.map(({ event, distinct_id, uuid, timestamp, properties }) => ({
      event,
      distinct_id,
      uuid,
      timestamp,
      properties,
    }));
    expect(JSON.stringify(waiting)).toBe(JSON.stringify(sent));
    expect(await waitingIn(api)).toEqual([]);
  });

  it('shows each event once, wherever it stands, and at most the last 200, oldest first', async () => {
    const api = await openLocalApi();
    for (let n = 0; n < 150; n += 1) api.telemetry.recordEvent(`early.${n}`, {});
    // What stands on disk is in memory too.
    await expect.poll(() => filesIn(api.directory).some((text) => text.includes('early.149'))).toBe(true);
    for (let n = 0; n < 100; n += 1) api.telemetry.recordEvent(`late.${n}`, {});
    const waiting = await waitingIn(api);
    expect(new Set(waiting.map(({ uuid }) => uuid)).size).toBe(200);
    expect(namesOf(waiting)).toEqual([
      ...Array.from({ length: 100 }, (_, at) => `early.${at + 50}`),
      ...Array.from({ length: 100 }, (_, at) => `late.${at}`),
    ]);
    const times = waiting.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort());
  });

  it('shows what another one left to be sent, and changes nothing on disk', async () => {
    const api = await openLocalApi();
    api.server.answer = (response) => response.writeHead(503).end('{}');
    await api.post('/events', { event: 'left.behind' });
    await api.telemetry.flush();
    const before = filesIn(api.directory);
    expect(namesOf(await waitingIn(api))).toEqual(['left.behind']);
    expect(filesIn(api.directory)).toEqual(before);
    // A note whose events are gone is not for who only looks to remove.
    const ledger = join(api.directory, 'ledger');
    for (const name of readdirSync(ledger)) rmSync(join(ledger, name));
    const orphaned = filesIn(api.directory);
    await waitingIn(api);
    expect(filesIn(api.directory)).toEqual(orphaned);
  });
});
