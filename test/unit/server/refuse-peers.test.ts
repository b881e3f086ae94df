import { describe, expect, it } from 'vitest';
import { refusePeers } from '../../../src/server/refuse-peers.js';

const RANGES = {
  hono: '^1.2.3',
  '@hono/node-server': '^4.5.6',
  '@hono/zod-openapi': '^7.8.9',
  zod: '^10.11.12',
};

function refusalOf(error: unknown): unknown {
  try {
    return refusePeers(error, () => RANGES);
  } catch (refusal) {
    return refusal;
  }
}

describe('a package that is not installed', () => {
  it.each(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])(
    'is told with the command that brings it: %s',
    (code) => {
      const error = Object.assign(new Error("Cannot find package 'hono' imported from /home/ada/app"), {
        code,
      });
      const refusal = refusalOf(error);
      expect(refusal).toMatchObject({
        code: 'PEER_MISSING',
        message: expect.stringContaining('`npm install hono @hono/node-server @hono/zod-openapi zod`'),
      });
      // It names places of this machine.
      expect(refusal).not.toHaveProperty('cause');
    },
  );
});

describe('a package of another version', () => {
  it('is told with the versions that fit, and with what was thrown', () => {
    const error = new TypeError('z.int is not a function');
    expect(refusalOf(error)).toMatchObject({
      code: 'PEER_UNSUITABLE',
      message: expect.stringContaining(
        '`npm install "hono@^1.2.3" "@hono/node-server@^4.5.6" "@hono/zod-openapi@^7.8.9" "zod@^10.11.12"`',
      ),
      cause: error,
    });
  });

  it('is told with the versions of package.json, unless others are given', () => {
    expect(() => refusePeers(new TypeError())).toThrow(/"zod@\^\d+\.\d+\.\d+"/);
  });
});
