import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { NATS_SERVER } from '../../support/nats.js';
import { CHECKOUT } from '../support/checkout.js';
import { runProgram } from '../support/program.js';

const DEPLOY = join(CHECKOUT, 'deploy');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-nats-'));
  await copyFile(join(DEPLOY, 'nats', 'nats.conf'), join(folder, 'nats.conf'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** As the container is given it. */
async function variableOf(password: string): Promise<string> {
  const text = await readFile(join(DEPLOY, 'compose.vendor.yaml'), 'utf8');
  const { services } = parse(text, { merge: true }) as {
    services: { nats: { environment: Record<string, string> } };
  };
  return services.nats.environment.NATS_PASSWORD?.replace(/\$\{[^}]+\}/, password) ?? '';
}

const check = (config: string, password: string) =>
  runProgram(NATS_SERVER, ['-t', '--config', join(folder, config)], {
    cwd: folder,
    env: { PATH: process.env.PATH, NATS_PASSWORD: password },
  });

it.each(['a1b2c3', '12e456', '123456', '5k'])(
  'the configuration of the stream is valid with the password %s',
  async (password) => {
    expect(await check('nats.conf', await variableOf(password))).toMatchObject({ status: 0 });
  },
);

it('the configuration of the stream would be found out if it were none', async () => {
  const text = await readFile(join(folder, 'nats.conf'), 'utf8');
  await writeFile(join(folder, 'wrong.conf'), text.replace('max_file_store', 'max_files'));
  expect(await check('wrong.conf', await variableOf('a1b2c3'))).toMatchObject({ status: 1 });
});
