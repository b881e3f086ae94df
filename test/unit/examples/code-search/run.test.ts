import { expect, it } from 'vitest';
import { run } from '../../../../examples/code-search/run.js';
import { createFolder } from './temporary-folder.js';

async function runWith(args: readonly string[], signal = new AbortController().signal) {
  const printed = { out: '', err: '' };
  const status = await run(args, {
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    signal,
  });
  return { status, ...printed };
}

it('prints matches to one stream and what surrounds them to the other', async () => {
  const root = await createFolder({ 'a.ts': 'function alpha() {}' });
  const { status, out, err } = await runWith([root, 'alpha missing']);
  expect(status).toBe(0);
  expect(out).toMatch(/^a\.ts:1 {2}0\.\d\d {2}definition {2}function alpha\(\) \{\}\n$/);
  expect(err).toBe('1 match in 1 file, chosen from 1 candidate.\nFound nowhere: missing.\n');
});

it('prints nothing to the first stream and succeeds when nothing is found', async () => {
  const root = await createFolder({ 'a.ts': 'alpha' });
  expect(await runWith([root, 'beta'])).toMatchObject({ status: 0, out: '' });
});

it.each([
  ['no arguments', []],
  ['a missing folder', ['/missing/folder', 'alpha']],
  ['an empty query', ['.', '']],
  ['an unknown option', ['.', 'alpha', '--unknown']],
])('answers %s with the usage on the second stream and status 2', async (_, args) => {
  const { status, out, err } = await runWith(args);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toMatch(/^\S.+\n\nUsage: /);
});

it('prints help to the first stream', async () => {
  expect(await runWith(['--help'])).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^Usage: .*\n$/s),
    err: '',
  });
});

it('ends quietly with status 130 when it is interrupted', async () => {
  const root = await createFolder({ 'a.ts': 'alpha' });
  expect(await runWith([root, 'alpha'], AbortSignal.abort())).toEqual({ status: 130, out: '', err: '' });
});
