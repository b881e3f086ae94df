import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFlagStore, eraseInstallation } from '../../../src/store/index.js';
import { createDirectory } from '../../support/directories.js';
import { always, createFakeServer, createHarness, type FakeServer } from './support.js';

const KEY = 'new_reranker';
const BY_SESSION = { version: 1, decide: (id: string) => `variant-${id}` };

/** Another process of the same installation, in a session of its own. */
function startProcess(server: FakeServer, directory: string, sessionId: string) {
  const harness = createHarness({ server, store: createFlagStore(directory) });
  harness.session.id = sessionId;
  return harness;
}

it('a variant, once assigned, is that of every later session', async () => {
  const directory = createDirectory();
  const server = createFakeServer({ [KEY]: BY_SESSION });
  expect(await startProcess(server, directory, 'one').flags.get(KEY)).toBe('variant-one');
  expect(await startProcess(server, directory, 'two').flags.get(KEY)).toBe('variant-one');
  expect(server.requests.map(({ distinctId }) => distinctId)).toEqual(['one', 'two']);
});

it('a variant is known to the next process before and without any answer', async () => {
  const directory = createDirectory();
  const server = createFakeServer({ [KEY]: BY_SESSION });
  await startProcess(server, directory, 'one').flags.get(KEY);
  server.isDown();
  const { flags } = startProcess(server, directory, 'two');
  expect(flags.values().get(KEY)).toBe('variant-one');
  expect(await flags.get(KEY)).toBe('variant-one');
});

it.each<[string, (server: FakeServer) => void]>([
  ['gives the same answer', () => {}],
  ['cannot be reached', (server) => server.isDown()],
])('a kept variant is told of in the next process, where the server %s', async (_what, trouble) => {
  const directory = createDirectory();
  const server = createFakeServer({ [KEY]: always('test') });
  await startProcess(server, directory, 'one').flags.get(KEY);
  trouble(server);
  const next = startProcess(server, directory, 'two');
  await next.flags.get(KEY);
  await next.flags.get(KEY);
  expect(next.changes).toEqual([{ [KEY]: 'test' }]);
});

it('a process that is already running adopts what another was assigned first', async () => {
  const directory = createDirectory();
  const server = createFakeServer({ [KEY]: BY_SESSION });
  const early = startProcess(server, directory, 'one');
  expect(early.flags.values().size).toBe(0);
  await startProcess(server, directory, 'two').flags.get(KEY);
  expect(await early.flags.get(KEY)).toBe('variant-two');
});

it('where processes disagree, what is on disk stands', async () => {
  const directory = createDirectory();
  const server = createFakeServer({ [KEY]: BY_SESSION });
  const { flags } = startProcess(server, directory, 'one');
  expect(await flags.get(KEY)).toBe('variant-one');
  createFlagStore(directory).write(new Map([[KEY, { value: 'variant-two', version: 1 }]]));
  await flags.refresh();
  expect(await flags.get(KEY)).toBe('variant-two');
});

it('processes that ask at once agree', async () => {
  const directory = createDirectory();
  const server = createFakeServer({ [KEY]: BY_SESSION });
  const processes = ['one', 'two', 'three'].map((id) => startProcess(server, directory, id));
  const variants = await Promise.all(processes.map(({ flags }) => flags.get(KEY)));
  expect(new Set(variants).size).toBe(1);
});

it('who is outside the rollout stays outside until the flag changes', async () => {
  const directory = createDirectory();
  const server = createFakeServer({ [KEY]: always(false, 1) });
  await startProcess(server, directory, 'one').flags.get(KEY);
  server.serve(KEY, always('test', 1));
  expect(await startProcess(server, directory, 'two').flags.get(KEY)).toBe(false);
  server.serve(KEY, always('test', 2));
  expect(await startProcess(server, directory, 'three').flags.get(KEY)).toBe('test');
});

it.each([
  ['removed', (server: FakeServer) => server.remove(KEY)],
  ['switched off', (server: FakeServer) => server.serve(KEY, { ...BY_SESSION, isSwitchedOff: true })],
])('a flag that is %s ends for everybody, and starts afresh when it returns', async (_, end) => {
  const directory = createDirectory();
  const server = createFakeServer({ [KEY]: BY_SESSION });
  const first = startProcess(server, directory, 'one');
  await first.flags.get(KEY);
  end(server);
  expect(await startProcess(server, directory, 'two').flags.get(KEY, 'fallback')).toBe('fallback');
  await first.flags.refresh();
  expect(await first.flags.get(KEY, 'fallback')).toBe('fallback');
  server.serve(KEY, BY_SESSION);
  expect(await startProcess(server, directory, 'three').flags.get(KEY)).toBe('variant-three');
});

it('a broken file costs the assignment, and nothing else', async () => {
  const directory = createDirectory();
  const server = createFakeServer({ [KEY]: BY_SESSION });
  await startProcess(server, directory, 'one').flags.get(KEY);
  writeFileSync(join(directory, 'flags.json'), '{"flags":{');
  expect(await startProcess(server, directory, 'two').flags.get(KEY)).toBe('variant-two');
  expect(await startProcess(server, directory, 'three').flags.get(KEY)).toBe('variant-two');
});

it('nothing is sticky once the installation is erased', async () => {
  const directory = createDirectory();
  const server = createFakeServer({ [KEY]: BY_SESSION });
  await startProcess(server, directory, 'one').flags.get(KEY);
  eraseInstallation(directory);
  expect(await startProcess(server, directory, 'two').flags.get(KEY)).toBe('variant-two');
});
