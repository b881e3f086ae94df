import { describe, expect, it } from 'vitest';
import { withoutToken } from '../../../../src/server/local-api/guards/without-token.js';

describe('the token', () => {
  it('is missing: the answer names the command that prints it', () => {
    const { code, message } = withoutToken('acme telemetry');
    expect(code).toBe('REQUEST_UNAUTHORIZED');
    expect(message).toContain('acme telemetry token');
    expect(withoutToken(undefined).message).toContain('the command token of the app');
  });
});
