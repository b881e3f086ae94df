import { describe, expect, it } from 'vitest';
import { resolveLocalApiOptions } from '../../../../src/server/local-api/options.js';

describe('the options of the local API', () => {
  it('are all there when none is given', () => {
    expect(resolveLocalApiOptions({})).toMatchObject({
      basePath: '',
      allowedHosts: [],
      allowedOrigins: [],
      allowRemote: false,
      maxBodyBytes: 65_536,
      maxRequestsPerSecond: 300,
    });
    expect(resolveLocalApiOptions({ basePath: undefined } as never).basePath).toBe('');
  });

  it.each([
    ['basePath', 'api'],
    ['basePath', '/api/'],
    ['basePath', '/:all'],
    ['allowedHosts', ['localhost:8001']],
    ['allowedHosts', 'localhost'],
    ['allowedOrigins', ['http://localhost:5173/']],
    ['allowedOrigins', ['*']],
    ['allowedOrigins', ['null']],
    ['allowedOrigins', ['localhost:5173']],
    ['allowRemote', 1],
    ['maxBodyBytes', 0],
    ['maxRequestsPerSecond', 0.5],
    ['onFailure', true],
  ])('refuse %s %j, and do not say the value', (name, value) => {
    expect(() => resolveLocalApiOptions({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringMatching(`^${name} must be`) }),
    );
  });

  it('refuse one that is misspelt', () => {
    expect(() => resolveLocalApiOptions({ allowedOrigin: [] } as never)).toThrow(
      expect.objectContaining({ code: 'OPTION_UNKNOWN' }),
    );
  });
});
