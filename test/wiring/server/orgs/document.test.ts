import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { ORG_COMMANDS } from '../../../../src/cli/commands/org/index.js';
import { get, useServedOrgs } from './support.js';

const DOCUMENT = readFileSync(new URL('../../../../docs/organisations.md', import.meta.url), 'utf8');
const blocksOf = (language: string): string[] =>
  [...DOCUMENT.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);

const run = promisify(execFile);
const served = useServedOrgs('postgresql');

it('names only commands and options that there are', () => {
  const typed = blocksOf('bash').flatMap((block) => block.match(/^sotto org .*$/gm) ?? []);
  expect(typed.length).toBeGreaterThan(5);
  for (const line of typed) {
    const command = ORG_COMMANDS.find(({ name }) => `${line} `.startsWith(`sotto ${name} `));
    const options = (command?.options ?? []).map(({ flags }) => flags.split(' ')[0]);
    expect(options).toEqual(expect.arrayContaining(line.match(/--[a-z-]+/g) ?? []));
    expect(command, line).toBeDefined();
  }
});

it('shows requests that are answered as it says', async () => {
  const token = await served.createToken({ orgId: 'extend', teamNodeId: 'team_abc123' });
  const script = blocksOf('bash').find((block) => block.includes('curl')) ?? '';
  const env = { ...process.env, SERVICE: served.url, TEAM_TOKEN: token };
  const { stdout } = await run('bash', ['-ec', script], { env });
  const [shown = ''] = blocksOf('json');
  const answers = stdout
    .replace('}{', '}\n{')
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(answers).toHaveLength(2);
  expect(answers[1]).toEqual({ ...JSON.parse(shown), updated_at: expect.stringMatching(/^20.*\.\d{6}Z$/) });
});

it('shows statements that do what it says', async () => {
  const token = await served.createToken({ orgId: 'extend' });
  const [off = '', on = '', check = ''] = (blocksOf('sql')[0] ?? '').split('\n\n');
  await served.query(off);
  expect((await get(served, token)).body).toMatchObject({ telemetry_enabled: false });
  await served.query(on);
  expect((await get(served, token)).body).toMatchObject({ telemetry_enabled: true });
  expect(await served.query(check)).toMatchObject([{ org_id: 'extend', telemetry_enabled: true }]);
});
