import { expect, it } from 'vitest';
import { dataDirectory } from '../../../src/internal/platform-directories.js';

it.each([
  ['linux', '/home/ada', {}, '/home/ada/.local/share/acme'],
  ['linux', '/home/ada', { XDG_DATA_HOME: '/data' }, '/data/acme'],
  ['linux', '/home/ada', { XDG_DATA_HOME: 'data' }, '/home/ada/.local/share/acme'],
  ['linux', '/home/ada', { XDG_DATA_HOME: '' }, '/home/ada/.local/share/acme'],
  ['linux', '', { XDG_DATA_HOME: '/data' }, '/data/acme'],
  ['linux', '', {}, undefined],
  ['linux', 'ada', {}, undefined],
  ['freebsd', '/home/ada', {}, '/home/ada/.local/share/acme'],
  ['darwin', '/Users/ada', { XDG_DATA_HOME: '/data' }, '/Users/ada/Library/Application Support/acme'],
  ['darwin', '', {}, undefined],
  ['win32', 'C:\\Users\\Ada', {}, 'C:\\Users\\Ada\\AppData\\Local\\acme\\Data'],
  ['win32', 'C:\\Users\\Ada', { LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local\\acme\\Data'],
  ['win32', '', {}, undefined],
] as const)('on %s, with the home %j and %j, is %j', (platform, home, env, expected) => {
  expect(dataDirectory('acme', { platform, home, env })).toBe(expected);
});
