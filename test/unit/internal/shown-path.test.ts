import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toShownPath } from '../../../src/internal/index.js';

it.each([
  ['/home/ada/.config/acme', ['/home/ada'], '~/.config/acme'],
  ['/home/ada', ['/home/ada'], '~'],
  ['/home/adam/.config', ['/home/ada'], '/home/adam/.config'],
  ['/etc/acme', ['/home/ada'], '/etc/acme'],
  ['/mnt/homes/ada/x', ['/home/ada', '/mnt/homes/ada'], '~/x'],
  ['/etc/acme', ['/'], '/etc/acme'],
  ['/etc/acme', [], '/etc/acme'],
])('%s of a person whose home is %j is shown as %s', (path, homes, shown) => {
  expect(toShownPath(path, homes)).toBe(shown);
});

it('knows the home of the person whose process it is', () => {
  expect(toShownPath(join(homedir(), 'x'))).toBe('~/x');
});
