import { expect, it } from 'vitest';
import { toShownHost } from '../../../src/cli/shown-host.js';

it.each([
  ['https://us.i.posthog.com', 'https://us.i.posthog.com'],
  ['https://us.i.posthog.com/', 'https://us.i.posthog.com'],
  ['http://127.0.0.1:9', 'http://127.0.0.1:9'],
  ['https://relay.example:8443/t0ken', 'https://relay.example:8443/…'],
])('shows %s as %s', (host, expected) => {
  expect(toShownHost(host)).toBe(expected);
});
