import { expect, it } from 'vitest';
import { formatTable } from '../../../src/cli/format-table.js';

it('aligns texts to the left and numbers to the right, and leaves no space at the end', () => {
  const rows = [
    ['toolkit.launch', 12, 'yesterday'],
    ['  dark', 3],
    ['x', 1_000, 'now'],
  ];
  expect(formatTable(rows)).toBe(
    ['  toolkit.launch    12  yesterday', '    dark             3', '  x               1000  now'].join('\n'),
  );
});

it('keeps every row on one line, whatever stands in it', () => {
  expect(formatTable([['a\nb\u001b[31m', 1]])).toBe('  a b [31m  1');
});
