import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Answer, type LocalApi, openLocalApi } from './support.js';

function expectNoPlace({ directory }: LocalApi, { status, json }: Answer, code: string): void {
  expect([status, json.code]).toEqual([507, code]);
  expect(json.detail).not.toMatch(/[/\\~]|telemetry_config|local-api-token/);
  for (const place of [directory, homedir()]) expect(JSON.stringify(json)).not.toContain(place);
}

describe('what is said of a failure', () => {
  it('names no place: an answer that cannot be kept', async () => {
    const api = await openLocalApi();
    const answerFile = join(api.directory, 'telemetry_config.json');
    rmSync(answerFile, { force: true });
    mkdirSync(answerFile);
    const answer = await api.post('/settings', { telemetry_opt_in: false });
    expectNoPlace(api, answer, 'CONSENT_NOT_STORED');
    expect(answer.json.detail).toContain('decide again');
  });

  it('names no place: a bundle that cannot be made', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { diagnostics: true });
    writeFileSync(join(api.directory, 'diagnostics'), 'a file in the place of the folder');
    expectNoPlace(api, await api.call('/diagnostics'), 'STORE_NOT_WRITABLE');
  });
});
