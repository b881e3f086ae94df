import { createHash, createHmac, getHashes } from 'node:crypto';
import { blake3 } from '@noble/hashes/blake3.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { type Canaries, findCanaries } from '../../../support/canaries.js';
import { filesIn } from './files-in.js';
import { type LocalApi, openLocalApi } from './support.js';

const HASH = /^blake3:[0-9a-f]{32}$/;

/** Of the documentation of the local API, and credentials. */
const IDENTIFYING = [
  ...['id', 'uuid', 'path', 'token', 'email', 'user', 'key', 'secret', 'serial', 'license', 'address'],
  ...['fingerprint', 'account', 'identifier', 'password', 'pass'],
];

const FAST = { maxRequestsPerSecond: 100_000 };

function spellingsOf(word: string): readonly string[] {
  const [upper, title] = [word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)];
  return [
    ...[word, upper, title],
    ...[`my_${word}`, `x-${word}`, `the.${word}.given`, `MY_${upper}`],
    ...[`${word}_given`, `${word}-given`, `${upper}_GIVEN`],
    ...[`my${title}`, `${word}Given`, `the${title}Given`, `${word}2`],
  ];
}

const payloadsOf = async (api: LocalApi): Promise<readonly Record<string, unknown>[]> =>
  (await api.call('/events?limit=200')).json.events.map(({ payload }: { payload: object }) => payload);

async function record(api: LocalApi, payload: object): Promise<Record<string, unknown>> {
  const { status, json } = await api.post('/events', { event: 'asset.saved', payload });
  expect([status, json.recorded]).toEqual([200, true]);
  return (await payloadsOf(api)).at(-1) ?? {};
}

/** Whatever can be looked at, and whatever stands on disk. */
async function everything(api: LocalApi): Promise<string> {
  const answers = await Promise.all(
    ['/events?limit=200', '/summary', '/hooks', '/preview', '/health', '/settings'].map((path) =>
      api.call(path),
    ),
  );
  return [...answers.map(({ bytes }) => bytes), ...filesIn(api.directory)].join('\n');
}

describe('a key that names something identifying', () => {
  it.each(IDENTIFYING)('is found in every spelling, and every value under it is hashed: %s', async (word) => {
    const api = await openLocalApi({}, FAST);
    const spellings = spellingsOf(word);
    for (const value of [
      ...['canary-7f3a', 'a text canary-7f3a in words', 48_151_623, 1.5, true, false],
      ...[['canary-7f3a'], [['canary-7f3a', [1]]], { x: 'canary-7f3a' }, { x: { y: ['canary-7f3a'] } }],
    ]) {
      const kept = await record(api, Object.fromEntries(spellings.map((key) => [key, value])));
      expect(Object.keys(kept)).toHaveLength(spellings.length);
      for (const [key, hash] of Object.entries(kept))
        expect([value, key, hash]).toEqual([value, key, expect.stringMatching(HASH)]);
    }
    const nested = await record(api, { list: [{ inner: { [word]: 'canary-7f3a' } }] });
    expect(nested).toEqual({ list: [{ inner: { [word]: expect.stringMatching(HASH) } }] });
    expect(await record(api, { [word]: null })).toEqual({ [word]: null });
    expect(await everything(api)).not.toMatch(/canary-7f3a|48151623/);
  });

  it('is a whole word: what only holds its letters stays as it is', async () => {
    const api = await openLocalApi();
    const payload = {
      video: 'mp3',
      keyboard: 'qwerty',
      useful: true,
      pathology: 'none',
      hidden: 3,
      token_count: 12,
    };
    expect(await record(api, payload)).toEqual(payload);
  });
});

// Written in parts, so that nobody takes them for real ones.
const SECRETS: Canaries = {
  email: 'ada.canary@corp-mail.example.org',
  unixPath: '/home/canarina/plans/salaries.xlsx',
  rootPath: '/opt/canary-7f3a/data',
  windowsPath: 'C:\\Users\\canarina\\plans.docx',
  share: '\\\\canary-box\\plans\\q3',
  ipv4: '203.0.113.77',
  ipv6: '2001:db8:85a3::8a2e:370:7334',
  bearer: `Bearer ${'q7W9e2R4t6Y8'.repeat(3)}`,
  jwt: `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiJjYW5hcnkifQ'}.${'dBjftJeZ4CVPmB92K27uhbUJU1p1r'}`,
  openAi: `sk-${'a1B2c3D4e5F6'.repeat(4)}`,
  gitHub: `ghp_${'a1B2c3D4e5F6'.repeat(3)}`,
  aws: `AKIA${'IOSFODNN7CANARY1'}`,
  userInfo: 'https://canarina:hunter2-canary@box.example.org/x',
  query: 'https://box.example.org/x?email=ada&session=canary-7f3a',
  fileUrl: 'file:///home/canarina/plans.txt',
  sentence: 'Ada Canarina is late for work',
};

describe('a value that tells of somebody', () => {
  it.each(Object.entries(SECRETS))(
    'is nowhere, whatever plain key it stands under: %s',
    async (_kind, value) => {
      const api = await openLocalApi({}, FAST);
      const texts = [value, `see ${value} for more`, `"${value}"`, `x=${value};`, ` ${value}\n`];
      for (const text of texts)
        await record(api, {
          note: text,
          author: text,
          url: text,
          title: text,
          list: [text, [text], { text }],
          pairs: [['note', text]],
        });
      await api.post('/settings', { diagnostics_opt_in: true });
      expect(findCanaries(await everything(api), { value })).toEqual([]);
      // A test that finds nothing could be blind.
      expect(findCanaries(JSON.stringify(texts), { value })).not.toEqual([]);
    },
  );

  it.each(Object.entries(SECRETS))('is nowhere when it is a key: %s', async (_kind, value) => {
    const api = await openLocalApi();
    await record(api, {
      [value]: 1,
      [`of ${value}`]: true,
      nested: { [value]: 'x' },
      list: [{ [value]: { [value]: 1 } }],
      size: 3,
    });
    expect((await payloadsOf(api)).at(-1)).toMatchObject({ size: 3 });
    expect(findCanaries(await everything(api), { value })).toEqual([]);
  });

  it('becomes the number of its characters, of which none is split', async () => {
    const api = await openLocalApi();
    const title = '🙂'.repeat(300);
    expect(await record(api, { title, list: [title] })).toEqual({ title: 300, list: [300] });
  });
});

describe('a hash', () => {
  it('is the same for the same value in two events, and another in another installation', async () => {
    const [api, other] = await Promise.all([openLocalApi(), openLocalApi()]);
    const first = await record(api, { asset_id: 'character.hero', n: 1 });
    const second = await record(api, { n: 2, deep: { Asset_ID: 'character.hero' } });
    expect(second).toMatchObject({ deep: { Asset_ID: first.asset_id } });
    expect((await record(api, { asset_id: 'character.villain' })).asset_id).not.toBe(first.asset_id);
    expect((await record(other, { asset_id: 'character.hero' })).asset_id).not.toBe(first.asset_id);
  });

  it('of a number of four digits is not found by trying all of them', async () => {
    const api = await openLocalApi();
    const kept = await record(api, { pin: '4711', user_id: 4711 });
    const digests = Object.values(kept).map((hash) => String(hash).slice('blake3:'.length));
    const names = getHashes().filter((name) =>
      /^(?:md5|sha1|sha256|sha512|sha3-256|blake2s256|blake2b512)$/.test(name),
    );
    expect(names.length).toBeGreaterThan(4);
    for (let pin = 0; pin < 10_000; pin += 1) {
      const text = String(pin).padStart(4, '0');
      const tries = [
        ...names.map((name) => createHash(name).update(text).digest('hex')),
        createHmac('sha256', '').update(text).digest('hex'),
        Buffer.from(blake3(utf8ToBytes(text))).toString('hex'),
        Buffer.from(blake3(utf8ToBytes(`pin${text}`))).toString('hex'),
      ];
      for (const digest of digests) if (tries.some((tried) => tried.startsWith(digest))) expect.fail(text);
    }
  });
});
