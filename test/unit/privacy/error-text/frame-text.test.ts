import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Frame, frameText, toFrameText } from '../../../../src/privacy/index.js';

/** Said in pieces, so that no scanner takes it for a live one. */
const TOKEN = `ghp_${'a1B2c3D4'.repeat(5)}`;

describe('the text of a frame', () => {
  it.each([
    'lodash@4.17.21:map:12',
    '@scope/name.js@1.0.0-beta.3:Class.#run:1',
    'node:fs:readFileSync',
    'node:internal/fs/promises:Object.<anonymous>',
    '<app>/dist/cli.js:<anonymous>:40',
    '<app>/src/projects/[id]/(group)/+page.server.js:load:9',
    '<external>',
    '<native>',
    '<unknown>',
  ])('may be %s', (text) => {
    expect(frameText.encode(text)).toBe(text);
  });

  it.each([
    '/home/ada/x.js:run:1',
    'lodash:map:12',
    'lodash@latest:map:12',
    'lodash@4.17.21+ada:map:12',
    'lodash@4.17.21-lovelace.1:map:12',
    'lodash@4.17.21-0:map:12',
    'lodash@20240131.1.0:map:12',
    'lodash@4.17.21-beta.20240131:map:12',
    'lodash@4.17.21:ada_lovelace_was_here:12',
    '<app>/plan.json:run:1',
    '<app>/.cache/x.js:run:1',
    '<app>/data/x.js:run:1',
    'node:ada:run',
    'node:internal/ada:run',
    'lodash@4.17.21:map',
    'lodash@4.17.21:two words:12',
    'lodash@4.17.21:Object.ada@acme.example:12',
    `lodash@4.17.21:${TOKEN}:12`,
    `<app>/${TOKEN}.js:run:1`,
    '<app>/../x.js:run:1',
    '<app>/dist/../../x.js:run:1',
    '<app>//x.js:run:1',
    '<app>/my file.js:run:1',
    '<app>/diary.txt:run:1',
    '<app>/diary:run:1',
    '<app>/x.js:run:1:2',
    'node:fs:readFileSync:1',
    'node:../ada:run',
    '<ada>',
    'at run (x.js:1:2)',
    '<external>\n<external>',
    `<app>/${'a/'.repeat(200)}x.js:run:1`,
    `<app>/${`${'a'.repeat(70)}/`.repeat(6)}x.js:run:1`,
    '',
    7,
    null,
  ])('may not be %j', (text) => {
    expect(frameText.encode(text)).toBeUndefined();
  });

  it('shows an example that leaves as it is', () => {
    expect(frameText.encode(frameText.example())).toBe(frameText.example());
  });
});

describe('a frame in words', () => {
  it('hides a function that was named out of data', () => {
    const frame = { kind: 'package', package: 'lodash', version: '4.17.21', line: 12 } as const;
    expect(toFrameText({ ...frame, function: 'map' })).toBe('lodash@4.17.21:map:12');
    expect(toFrameText({ ...frame, function: 'Object.ada@acme.example' })).toBe(
      'lodash@4.17.21:<anonymous>:12',
    );
    expect(toFrameText({ ...frame, function: 'h20240131' })).toBe('lodash@4.17.21:<anonymous>:12');
  });

  it.each([
    ['1.2.3', '1.2.3'],
    ['1.2.3-beta.4', '1.2.3-beta.4'],
    ['1.2.3-rc', '1.2.3-rc'],
    ['1.2.3+build.ada', '1.2.3'],
    ['1.2.3-beta.4+build.ada', '1.2.3-beta.4'],
    ['1.2.3-beta.4.ada', '1.2.3'],
    ['1.2.3-beta.20240131', '1.2.3'],
    ['1.2.3-betalovelace', '1.2.3'],
    ['1.2.3-0.20240131.ada', '1.2.3'],
    ['1.2.3-adalovelaces-branch', '1.2.3'],
  ])('has of the version %s the release %s', (version, told) => {
    const frame = { kind: 'package', package: 'lodash', function: 'map', line: 12 } as const;
    expect(toFrameText({ ...frame, version })).toBe(`lodash@${told}:map:12`);
  });

  it.each(['1.2.3.4', '1.2', 'latest', '', '20240131.1.0', '1.2.3ada'])(
    'is external when the version is no release: %j',
    (version) => {
      const frame = { kind: 'package', package: 'lodash', function: 'map', line: 12 } as const;
      expect(toFrameText({ ...frame, version })).toBe('<external>');
    },
  );

  it('is external when its place may not be told', () => {
    const frame = { kind: 'app', function: 'run', line: 1 } as const;
    expect(toFrameText({ ...frame, path: 'dist/my file.js' })).toBe('<external>');
    expect(toFrameText({ ...frame, path: '../x.js' })).toBe('<external>');
  });

  it('is always one that leaves', () => {
    const text = fc.string({ unit: 'grapheme' });
    const line = fc.integer();
    const frames: fc.Arbitrary<Frame> = fc.oneof(
      fc.record({ kind: fc.constant('package'), package: text, version: text, function: text, line }),
      fc.record({ kind: fc.constant('node'), module: text, function: text }),
      fc.record({ kind: fc.constant('app'), path: text, function: text, line }),
      fc.record({ kind: fc.constantFrom('external', 'native', 'unknown') }),
    );
    fc.assert(fc.property(frames, (frame) => frameText.encode(toFrameText(frame)) === toFrameText(frame)));
  });
});
