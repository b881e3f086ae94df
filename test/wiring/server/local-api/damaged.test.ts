import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { DEAD_PID, plantFile, plantLog } from '../../../unit/store/usage/support.js';
import { openLocalApi } from './support.js';

const warningsOf = ({ json }: { json: { warnings: readonly { code: string }[] } }) =>
  json.warnings.map(({ code }) => code);

describe('counters that cannot be read', () => {
  it.each([
    '',
    'not JSON',
    '[]',
    '{"features":{"a":',
    '{"features":{"a":{"total":"many"}},"hooks":7}',
    '\u0000\u0001',
  ])('do not keep the server from counting, and its health tells of them: %j', async (text) => {
    const directory = createDirectory();
    mkdirSync(join(directory, 'usage'), { mode: 0o700 });
    writeFileSync(join(directory, 'usage', 'total.json'), text);
    const api = await openLocalApi({ store: { directory } });
    expect(warningsOf(await api.call('/health'))).toEqual(['COUNTERS_DAMAGED']);
    expect((await api.post('/features', { feature: 'toolkit.launch' })).json.recorded).toBe(true);
    await api.post('/opt_in', { diagnostics: true });
    const { status, json } = await api.call('/summary');
    expect([status, json.features['toolkit.launch'].total]).toEqual([200, 1]);
    for (const path of ['/events', '/hooks', '/diagnostics']) expect((await api.call(path)).status).toBe(200);
  });

  it('are kept aside when others are added up, and everything that can be read still counts', async () => {
    const directory = createDirectory();
    mkdirSync(join(directory, 'usage'), { mode: 0o700 });
    writeFileSync(join(directory, 'usage', 'total.json'), '{"features":{"a":');
    for (let n = 0; n < 12; n += 1)
      plantLog(directory, [{ kind: 'feature', name: 'toolkit.launch' as never }]);
    const api = await openLocalApi({ store: { directory } });
    await api.post('/features', { feature: 'toolkit.launch' });
    expect((await api.call('/summary')).json.features['toolkit.launch'].total).toBe(13);
    const names = readdirSync(join(directory, 'usage'));
    expect(names).toContain('total.json.broken-1');
    expect(readFileSync(join(directory, 'usage', 'total.json.broken-1'), 'utf8')).toBe('{"features":{"a":');
    expect(warningsOf(await api.call('/health'))).toEqual(['COUNTERS_DAMAGED']);

    await api.call('/data', { method: 'DELETE' });
    expect(warningsOf(await api.call('/health'))).toEqual([]);
  });

  it('of another kind than files are no reason to fail', async () => {
    const directory = createDirectory();
    mkdirSync(join(directory, 'usage', 'total.json'), { recursive: true, mode: 0o700 });
    const api = await openLocalApi({ store: { directory } });
    expect((await api.post('/features', { feature: 'toolkit.launch' })).json.recorded).toBe(true);
    expect((await api.call('/summary')).json.features['toolkit.launch'].total).toBe(1);
    expect(warningsOf(await api.call('/health'))).toEqual(['COUNTERS_DAMAGED']);
  });

  it.each(['no log at all\n', '{"id":"1","created_at":"never"}\n{}\n'])(
    'may be those of a process that has ended: %j',
    async (text) => {
      const directory = createDirectory();
      plantLog(directory, [{ kind: 'feature', name: 'toolkit.launch' as never }]);
      plantFile(directory, `usage_${DEAD_PID}_0123456789abcdef.ndjson`, text);
      const api = await openLocalApi({ store: { directory } });
      expect((await api.post('/features', { feature: 'toolkit.launch' })).json.recorded).toBe(true);
      expect((await api.call('/summary')).json.features['toolkit.launch'].total).toBe(2);
      expect(warningsOf(await api.call('/health'))).toEqual(['COUNTERS_DAMAGED']);
    },
  );
});
