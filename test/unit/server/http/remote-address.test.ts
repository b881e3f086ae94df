import { describe, expect, it } from 'vitest';
import { assertLocalAddress } from '../../../../src/server/http/guards/remote-address.js';

const from = (remoteAddress: string | undefined) => ({ incoming: { socket: { remoteAddress } } });

describe('the machine a request comes from', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('may have the address %s', (address) => {
    expect(() => assertLocalAddress(from(address))).not.toThrow();
  });

  it.each(['10.0.0.7', '192.168.1.2', '::ffff:10.0.0.7', 'fe80::1', '2001:db8::1', 'nonsense'])(
    'may not have the address %s',
    (address) => {
      const refused = expect.objectContaining({ code: 'REQUEST_FORBIDDEN' });
      expect(() => assertLocalAddress(from(address))).toThrow(refused);
      expect(() => assertLocalAddress({ server: from(address) })).toThrow(refused);
    },
  );

  it('is this one where there is no network between: a socket of the file system, or no connection at all', () => {
    for (const env of [from(undefined), {}, undefined, { incoming: {} }])
      expect(() => assertLocalAddress(env)).not.toThrow();
  });
});
