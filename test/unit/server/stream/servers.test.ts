import { describe, expect, it } from 'vitest';
import { toServerOptions } from '../../../../src/server/stream/servers.js';

describe('the addresses of NATS servers', () => {
  it.each([
    [['nats://host:4222'], { servers: ['host:4222'] }],
    [['nats://host', 'nats://[::1]:4333'], { servers: ['host', '[::1]:4333'] }],
    [['nats://me:a%2Fb@host'], { servers: ['host'], user: 'me', pass: 'a/b' }],
    [['nats://word@host'], { servers: ['host'], token: 'word' }],
    [['nats://host', 'nats://me:it@other'], { servers: ['host', 'other'], user: 'me', pass: 'it' }],
    [['nats://host', 'tls://other:4443'], { servers: ['host', 'other:4443'], tls: {} }],
  ])('%j', (addresses, expected) => {
    expect(toServerOptions(addresses)).toEqual(expected);
  });
});
