import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  changedFiles,
  decidingLayer,
  expectNoTrace,
  expectNothingOutside,
  expectSameProgram,
  observe,
  type Scene,
} from './observe.js';
import { NO_YES, OPT_OUTS, UNDECIDED } from './opt-outs.js';
import { usePrograms } from './programs.js';
import { agree, writeInto } from './world.js';

usePrograms();

describe.concurrent('off, seen from outside: no file, no packet, no word, no other exit code', () => {
  // Without the no, telemetry would be on: nothing else keeps it off.
  it.each(Object.entries(OPT_OUTS))('%s, against a stored yes', async (_, { layer, ...scene }) => {
    const aftermath = await observe(onceAgreed(scene));
    expectNoTrace(aftermath);
    expect(decidingLayer(aftermath)).toBe(layer);
  });

  it.each(Object.entries({ ...UNDECIDED, ...NO_YES }))('%s', async (_, { layer, ...scene }) => {
    const aftermath = await observe(scene);
    expectNoTrace(aftermath);
    expect(decidingLayer(aftermath)).toBe(layer);
  });
});

/** The person lets it record, for themselves to see. */
const LOCAL: Readonly<Record<string, Scene>> = {
  'a dry run by a variable': {
    inWorld: ({ prefix }) => ({ env: { [`${prefix}__TELEMETRY__DRY_RUN`]: '1' } }),
  },
  'a dry run in code': { options: { dryRun: true } },
  'a dry run in the consent file': { prepare: (world) => agree(world, { dry_run: true }) },
  'a dry run of the project': {
    prepare: ({ cwd }) => writeInto(join(cwd, '.sotto', 'telemetry.toml'), 'dry_run = true\n'),
  },
};

describe.concurrent('local, seen from outside: no packet, no word, no other exit code', () => {
  it.each(Object.entries(LOCAL))('%s, against a stored yes', async (_, scene) => {
    const aftermath = await observe(onceAgreed(scene));
    expectSameProgram(aftermath);
    expectNothingOutside(aftermath);
    const changed = changedFiles(aftermath);
    expect(changed).toEqual(expect.arrayContaining([expect.stringMatching(/\/ledger\/.*ndjson$/)]));
    for (const name of changed)
      expect(name).toMatch(/\/\.local\/share\/sample-\w+\/telemetry(\/ledger(\/|$)|$)/);
  });
});

/** Against a yes: nothing but what is done in the scene narrows it. */
function onceAgreed(scene: Scene): Scene {
  return {
    ...scene,
    prepare: (world) => {
      agree(world);
      scene.prepare?.(world);
    },
  };
}
