import { X509Certificate } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createAuthority } from '../../../../src/testing/capture/certificate.js';
import { decodeBody } from '../../../../src/testing/capture/decode-body.js';
import { toPem } from '../../../../src/testing/capture/der.js';
import { readQuestion, toAnswer } from '../../../../src/testing/capture/name-server.js';
import { addressOfName, countRefused, renameAccount } from '../../../../src/testing/capture/seal.js';
import { withoutProbes } from '../../../../src/testing/capture/without-probes.js';

const TEXT = Buffer.from('{"event":"report_made"}');

describe('a body', () => {
  it.each([
    ['gzip', gzipSync(TEXT)],
    ['x-gzip', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['Deflate', deflateRawSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
    ['identity', TEXT],
    [undefined, TEXT],
    [undefined, gzipSync(TEXT)],
  ])('is unpacked: %s', (encoding, body) => {
    expect(decodeBody(body, encoding)?.toString()).toBe(TEXT.toString());
  });

  it.each([
    ['zstd', TEXT],
    ['gzip', TEXT],
    ['br, unheard-of', brotliCompressSync(TEXT)],
  ])('that cannot be unpacked is none: %s', (encoding, body) => {
    expect(decodeBody(body, encoding)).toBeUndefined();
  });
});

describe('an authority', () => {
  const authority = createAuthority('Sotto capture');

  it.each([
    ['eu.i.posthog.com', 'DNS:eu.i.posthog.com'],
    ['203.0.113.9', 'IP Address:203.0.113.9'],
    ['2001:db8::9', 'IP Address:2001:DB8:0:0:0:0:0:9'],
    [`${'long-'.repeat(12)}name.example.org`, `DNS:${'long-'.repeat(12)}name.example.org`],
  ])('vouches for %s, for a day', (name, expected) => {
    const issued = new X509Certificate(authority.issue(name).cert);
    const own = new X509Certificate(authority.cert);

    expect(issued.subjectAltName).toBe(expected);
    expect(issued.checkIssued(own)).toBe(true);
    expect(issued.verify(own.publicKey)).toBe(true);
    expect([own.ca, issued.ca]).toEqual([true, false]);
  });

  it('gives each name one certificate, and no two the same number', () => {
    const [first, again, other] = ['a.example', 'a.example', 'b.example'].map((name) =>
      authority.issue(name),
    );

    expect(again).toBe(first);
    expect(new X509Certificate(first?.cert ?? '').serialNumber).not.toBe(
      new X509Certificate(other?.cert ?? '').serialNumber,
    );
  });
});

describe('connections of our own', () => {
  it('are left out, and none of a program that came from the same port before, or went elsewhere', () => {
    const of = (fromPort: number, target: string) => ({ fromPort, target });
    const probes = [of(40_000, '127.0.0.1:443'), of(40_002, '127.0.0.1:80')];
    const before = [of(40_000, 'telemetry.sotto.test:443'), of(40_002, '127.0.0.1:80')];
    const others = [of(40_000, 'telemetry.sotto.test:443'), of(40_004, '127.0.0.1:443')];
    const records = [...before, probes[1], ...others, probes[0]].flatMap((record) => record ?? []);

    expect(withoutProbes(records, before.length, probes)).toEqual([...before, ...others]);
  });
});

describe('a certificate as files hold it', () => {
  it('has full lines and no empty one, however long it is', () => {
    for (let length = 1; length <= 200; length += 1) {
      const bytes = Buffer.alloc(length, length);
      const lines = toPem(bytes).trimEnd().split('\n').slice(1, -1);
      expect(lines.slice(0, -1).every((line) => line.length === 64)).toBe(true);
      expect(lines.at(-1)).not.toBe('');
      expect(Buffer.from(lines.join(''), 'base64')).toEqual(bytes);
    }
  });
});

describe('the name server', () => {
  const toQuery = (name: string, type: number) =>
    Buffer.concat([
      Buffer.from([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
      ...name.split('.').map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)])),
      Buffer.from([0, 0, type, 0, 1]),
    ]);

  it('reads what is asked for', () => {
    expect(readQuestion(toQuery('eu.i.posthog.com', 1))).toMatchObject({ name: 'eu.i.posthog.com', type: 1 });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a short piece', toQuery('eu.example', 1).subarray(0, 15)],
    ['labels without an end', Buffer.alloc(2_000, 60)],
  ])('makes nothing of %s', (_, query) => {
    expect(readQuestion(query)).toBeUndefined();
  });

  it.each([
    ['an address', 1, 1],
    ['an address of the other family', 28, 0],
  ])('answers a question about %s', (_, type, count) => {
    const query = toQuery('eu.example', type);
    const answer = toAnswer(query, { name: 'eu.example', type, end: query.length }, [198, 18, 0, 2]);

    expect(answer.subarray(0, 2)).toEqual(query.subarray(0, 2));
    expect(answer.readUInt16BE(6)).toBe(count);
    if (count === 1) expect([...answer.subarray(-4)]).toEqual([198, 18, 0, 2]);
  });

  it('gives every name an address of its own, in the range for tests', () => {
    const addresses = Array.from({ length: 70_000 }, (_, at) => addressOfName(at));

    expect(new Set(addresses.map(String)).size).toBe(70_000);
    expect(addresses.every(([first, second]) => first === 198 && (second === 18 || second === 19))).toBe(
      true,
    );
  });
});

describe('a network of its own', () => {
  it('knows by the kernel’s counters what found no way', () => {
    const files = `Ip: Forwarding InReceives OutNoRoutes Last\nIp: 1 20 3 9\nIcmp: A\nIcmp: 1\nIp6OutRequests    8\nIp6OutNoRoutes    4\n`;

    expect(countRefused(files)).toBe(7);
    expect(countRefused('')).toBe(0);
  });

  it('calls the account otherwise, and no other one', () => {
    const accounts = 'root:x:0:0:root:/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\n';

    expect(renameAccount(accounts, 1000, 'canary')).toBe(
      'root:x:0:0:root:/root:/bin/sh\ncanary:x:1000:1000::/home/ada:/bin/sh\n',
    );
  });
});
