import { describe, expect, it } from 'vitest';
import { usePrograms } from './programs.js';
import { run } from './run.js';
import { createWorld } from './world.js';

usePrograms();

describe('several processes at once', () => {
  it.each([
    ['undecided', {}],
    ['with a no in the environment', { DISABLE_TELEMETRY: '1' }],
  ])('%s: leave no trace', async (_, env) => {
    await using world = await createWorld();
    const before = world.snapshot();
    const programs = Array.from({ length: 4 }, () => run('sample-app', world, { env }));
    const [plain, ...samples] = await Promise.all([run('plain-app', world, { env }), ...programs]);
    for (const { outcome, opened } of samples) {
      expect(outcome).toEqual(plain.outcome);
      expect(opened).toEqual([]);
    }
    expect(world.snapshot()).toEqual(before);
    expect(world.dns.questions).toEqual([]);
    expect(world.outside.connections()).toBe(0);
  });
});
