import { describe, expect, it } from 'vitest';
import { changedFiles, observe, type Scene, seenOutside } from './observe.js';
import { usePrograms } from './programs.js';
import { canSealOff } from './sealed.js';
import { agree } from './world.js';

usePrograms();

/** Without a proxy, so that the program has to look the server's name up itself, whatever the version of Node. */
const DIRECTLY = { HTTP_PROXY: undefined, HTTPS_PROXY: undefined, NODE_USE_ENV_PROXY: undefined };

const YES: readonly (readonly [string, Scene])[] = [
  [
    'a yes in the environment',
    { inWorld: ({ prefix }) => ({ env: { ...DIRECTLY, [`${prefix}_TELEMETRY_ENABLED`]: 'true' } }) },
  ],
  ['a stored yes', { env: DIRECTLY, prepare: (world) => agree(world) }],
];

describe.concurrent('the eyes that see nothing when telemetry is off see it when it is on', () => {
  it.each(YES)('%s: in the home, at the name server, at the server, in the runtime', async (_, scene) => {
    const aftermath = await observe(scene);
    expect(aftermath.sample.outcome).toEqual(aftermath.plain);
    expect(changedFiles(aftermath)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/\/ledger\/.*ndjson$/),
        expect.stringMatching(/\/flags\.json$/),
      ]),
    );
    expect(new Set(aftermath.questions)).toEqual(new Set(['telemetry.sotto.test']));
    expect(aftermath.connections).toBeGreaterThan(0);
    expect(aftermath.requests).toEqual(expect.arrayContaining(['POST /batch/']));
    const { opened } = seenOutside(aftermath);
    expect(opened).toEqual(expect.arrayContaining(['TCPCONNECTWRAP', 'QUERYWRAP']));
  });

  it('a proxy in the environment: at the proxy', async () => {
    const { requests, questions } = await observe({ prepare: (world) => agree(world) });
    expect(requests).toEqual(expect.arrayContaining(['POST /batch/']));
    // It is the proxy that looks up where the server is.
    expect(questions).toEqual([]);
  });

  it.runIf(canSealOff)('a network that leads nowhere: in the counters of the kernel', async () => {
    const { asked } = await observe({ prepare: (world) => agree(world) });
    expect(asked.packets).toBeGreaterThan(0);
  });
});
