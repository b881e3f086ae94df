import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { count, defineEvent, FeatureUsed } from 'sotto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exportData } from '../../../../src/store/index.js';
import { answerWith } from '../../../support/recording-server.js';
import { openWiring } from '../../../support/wiring.js';
import { openLocalApi } from './support.js';

const TODAY = () => new Date().toISOString().slice(0, 10);

describe('GET /ledger', () => {
  it('shows the very bytes that left, newest first', async () => {
    const api = await openLocalApi();
    api.telemetry.recordEvent('first.event', { n: 1, 2: 'b', 'quote"': true, ünïcode: 'ø' });
    api.telemetry.recordEvent('second.event', { __proto__x: 1, author: 'someone@example.com' });
    await api.telemetry.flush();
    const { json, status } = await api.call('/ledger');
    expect([status, json.feature_flag]).toEqual([200, true]);
    expect(json.events.map(({ event, state }: { event: string; state: string }) => [event, state])).toEqual([
      ['second.event', 'sent'],
      ['first.event', 'sent'],
    ]);
    const wire = api.server.requests.map(({ text }) => text).join('');
    for (const { properties, uuid } of json.events) {
      expect(wire).toContain(`"properties":${properties}`);
      expect(wire).toContain(uuid);
    }
  });

  it('tells what only stays here from what waits, and from what will not be sent', async () => {
    const api = await openLocalApi();
    const states = async () =>
      (await api.call('/ledger')).json.events.map(({ state }: { state: string }) => state);
    api.telemetry.recordEvent('waits.here', {});
    await expect.poll(states).toEqual(['waiting']);
    api.server.answer = answerWith(400);
    await api.telemetry.flush();
    await expect.poll(states).toEqual(['dropped']);
    await api.post('/settings', { dry_run: true });
    api.telemetry.recordEvent('stays.here', {});
    await expect.poll(states).toEqual(['recorded', 'dropped']);
  });

  it('has the last of all processes, and as many as are asked for', async () => {
    const api = await openLocalApi();
    const other = await openWiring({ store: { directory: api.directory } });
    onTestFinished(() => other[Symbol.asyncDispose]());
    for (let n = 1; n <= 30; n += 1) {
      (n % 2 ? api : other).telemetry.recordEvent('counted.event', { n });
      await (n % 2 ? api : other).telemetry.flush();
    }
    const numbers = async (limit: string) =>
      (await api.call(`/ledger${limit}`)).json.events.map(
        ({ properties }: { properties: string }) => JSON.parse(properties).n,
      );
    expect(await numbers('?limit=5')).toEqual([30, 29, 28, 27, 26]);
    expect(await numbers('')).toHaveLength(30);
  });

  it.each(['0', '201', '-1', 'x', '1.5', '', '1e1'])(
    'cannot be asked for with the limit %j',
    async (limit) => {
      const api = await openLocalApi();
      expect((await api.call(`/ledger?limit=${limit}`)).status).toBe(422);
    },
  );
});

describe('GET /counts', () => {
  it('has every day up to today, also those without events', async () => {
    const api = await openLocalApi();
    for (let n = 0; n < 3; n += 1) api.telemetry.recordEvent('counted.event', { n });
    await api.telemetry.flush();
    const { json } = await api.call('/counts');
    expect(json.days).toHaveLength(30);
    expect(json.days.at(-1)).toEqual({ day: TODAY(), recorded: 3, sent: 3 });
    expect(json.days[0]).toMatchObject({ recorded: 0, sent: 0 });
    expect(json.last_sent_at).toMatch(new RegExp(`^${TODAY()}T.*Z$`));
    api.telemetry.recordEvent('counted.event', {});
    await expect
      .poll(async () => (await api.call('/counts?days=1')).json.days)
      .toEqual([{ day: TODAY(), recorded: 4, sent: 3 }]);
    await api.call('/data', { method: 'DELETE' });
    expect((await api.call('/counts?days=1')).json).toMatchObject({
      days: [{ day: TODAY(), recorded: 0, sent: 0 }],
      last_sent_at: null,
    });
  });

  it.each(['0', '91', 'x'])('cannot be asked for %s days', async (days) => {
    const api = await openLocalApi();
    expect((await api.call(`/counts?days=${days}`)).status).toBe(422);
  });
});

describe('GET /catalog', () => {
  it('says what may be collected, from the classes, and that nothing else may be', async () => {
    const api = await openLocalApi({ events: [FeatureUsed] });
    const { json } = await api.call('/catalog');
    expect(json).toMatchObject({ is_complete: true, feature_flag: true, privacy_url: null });
    expect(json.catalogue.events.map(({ name }: { name: string }) => name)).toEqual([
      expect.stringMatching(/^app_\w+\.feature\.used$/),
    ]);
    expect(json.sections[0].title).toBe('What is collected');
    expect(JSON.stringify(json.details)).toContain('feature_name');
  });

  it('says why something is collected, who answers for it and until when, and nothing of what has ended', async () => {
    const told = { purpose: 'sizing the table', owner: 'table team', expires: '9999-01-31' };
    const Table = defineEvent('table', { rows: count(told), ended: count({ expires: '2020-01-31' }) }, told);
    const api = await openLocalApi({ events: [Table] });
    const { json } = await api.call('/catalog');
    expect(json.sections[0].items).toContain('table: rows (how many); for: sizing the table');
    const words = 'for: sizing the table; answered for by: table team; no longer from: 9999-01-31';
    expect(json.details[0].items).toEqual([
      ...words.split('; '),
      `rows: how many there are; such as 3; ${words}`,
    ]);
    expect(json.catalogue.events[0].fields[0]).toMatchObject(told);
  });

  it('says that it does not know everything where the classes are not known', async () => {
    const api = await openLocalApi();
    const { json } = await api.call('/catalog');
    expect(json.is_complete).toBe(false);
    expect(JSON.stringify(json.sections)).toContain('the program reports');
  });
});

describe('GET /why', () => {
  it('names what decided, and everything else that speaks', async () => {
    const api = await openLocalApi();
    expect((await api.call('/why')).json).toMatchObject({ mode: 'on', host: api.server.url });
    await api.post('/settings', { telemetry_opt_in: false });
    const { json } = await api.call('/why');
    expect(json).toMatchObject({ mode: 'off', host: null, why: { layer: 'consent_file' } });
    expect(json.switches.crashReporting.enabled).toBe(false);
    const kinds = json.layers.map(({ layer, kind }: { layer: string; kind: string }) => `${layer} ${kind}`);
    expect(kinds).toContain('consent_file off');
    expect(kinds).toContain('enabled_variable yes');
  });
});

describe('GET /export', () => {
  it('is everything that is kept, as the command writes it', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { dry_run: false });
    api.telemetry.recordEvent('some.event', { n: 1 });
    await api.telemetry.flush();
    await api.post('/features', { feature: 'a.b' });
    const answer = await api.call('/export');
    const config = JSON.parse(readFileSync(join(api.directory, 'telemetry_config.json'), 'utf8'));
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="[\w.-]+-telemetry-\d{8}\.json"$/,
    );
    expect(answer.bytes.toString()).toBe([...exportData(api.directory, config)].join(''));
    expect(answer.json.telemetry_files[0].data.events[0].event_type).toBe('some.event');
  });

  it('is sent in pieces, and can be given up', async () => {
    const api = await openLocalApi();
    const folder = join(api.directory, 'ledger');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const record = `${JSON.stringify({ recorded_at: 'x', uuid: 'x', event: 'e', distinct_id: 'x', timestamp: 'x', properties: { text: 'x'.repeat(900_000) } })}\n`;
    for (let n = 1; n <= 40; n += 1)
      writeFileSync(join(folder, `telemetry_20261121_083000_1b4e28ba.${n + 1}.ndjson`), record);
    const end = new AbortController();
    const response = await fetch(`${api.url}/export`, {
      headers: { authorization: `Bearer ${api.token}` },
      signal: end.signal,
    });
    const reader = response.body!.getReader();
    await reader.read();
    end.abort();
    await expect(reader.read()).rejects.toThrow();
    expect((await api.call('/health')).status).toBe(200);
  });
});
