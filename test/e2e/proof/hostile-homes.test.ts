import { describe, expect, it } from 'vitest';
import { FULL_HOMES, HOSTILE_HOMES } from './hostile-homes.js';
import {
  decidingLayer,
  expectNoTrace,
  expectSameProgram,
  observe,
  type Scene,
  seenOutside,
} from './observe.js';
import { usePrograms } from './programs.js';

usePrograms();

const HOSTILE = Object.entries(HOSTILE_HOMES);
const FULL = Object.entries(FULL_HOMES);

describe.concurrent('a home in which nothing can be kept', () => {
  it.each([...HOSTILE, ...FULL])('%s: without a yes, no trace is left', async (_, scene) => {
    expectNoTrace(await observe(scene));
  });

  it.each(HOSTILE)('%s: a yes counts for nothing, and nothing is even tried', async (_, scene) => {
    const aftermath = await observe(withYes(scene));
    expectNoTrace(aftermath);
    expect(decidingLayer(aftermath)).toMatch(/^(store_unusable|consent_file_unreadable)$/);
  });

  it.each(FULL)('%s: a yes counts until it turns out, and no event leaves', async (_, scene) => {
    const aftermath = await observe(withYes(scene));
    expectSameProgram(aftermath);
    expect(seenOutside(aftermath).requests).not.toContain('POST /batch/');
    expect(decidingLayer(aftermath)).toBe('store_unusable');
  });
});

const withYes = (scene: Scene): Scene => ({
  ...scene,
  inWorld: (world) => {
    const more = scene.inWorld?.(world);
    return { ...more, env: { ...more?.env, [`${world.prefix}_TELEMETRY_ENABLED`]: 'true' } };
  },
});
