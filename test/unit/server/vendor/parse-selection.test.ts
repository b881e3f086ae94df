import { describe, expect, it } from 'vitest';
import { parseSelection } from '../../../../src/server/vendor/reading/parse-selection.js';

const NOW_MS = Date.parse('2026-03-10T12:00:00.000Z');
const parse = (query: string) => parseSelection(new URLSearchParams(query), NOW_MS);

describe('what a query asks for', () => {
  it.each([
    ['', { from: '2026-02-08', to: '2026-03-09', customerId: undefined }],
    ['to=2026-01-31', { from: '2026-01-02', to: '2026-01-31', customerId: undefined }],
    ['from=2026-03-01', { from: '2026-03-01', to: '2026-03-09', customerId: undefined }],
    ['from=2026-03-10&to=2026-03-10', { from: '2026-03-10', to: '2026-03-10', customerId: undefined }],
    ['from=2025-03-10&to=2026-03-10', { from: '2025-03-10', to: '2026-03-10', customerId: undefined }],
    ['customer=1-acme_', { from: '2026-02-08', to: '2026-03-09', customerId: '1-acme_' }],
  ])('%j', (query, expected) => {
    expect(parse(query)).toEqual(expected);
  });

  it.each([
    'from=2026-03-02&to=2026-03-01',
    'from=2025-03-09&to=2026-03-10',
    'from=2026-02-30',
    'from=2026-3-1',
    'from=0000-01-01&to=0000-01-02',
    'from=',
    'customer=',
    'customer=a%20b',
    'customer=-acme',
    `customer=${'a'.repeat(65)}`,
    'customer=a&customer=b',
    'to=2026-01-01&to=2026-01-01',
    'limit=1',
    '__proto__=1',
  ])('%j is refused, and not quoted', (query) => {
    expect(() => parse(query)).toThrow(expect.objectContaining({ code: 'REQUEST_UNPROCESSABLE' }));
  });
});
