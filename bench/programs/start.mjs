/**
 * What starting costs, in a fresh process: from before the library is imported until a client exists, or until it has
 * captured its first event. `side` is `ours`, `theirs`, or `none` for a process that does neither and is otherwise the same.
 */
import { finish, programArguments } from '../lib/child.mjs';
import { createOurs, createTheirs } from '../subject/clients.mjs';
import { eventClass } from '../subject/event-class.mjs';
import { createFields } from '../subject/fields.mjs';

const [{ side, dist, spelling, isEnabled, isZodLoaded, isCapturing }] = programArguments();
if (isZodLoaded) await import('zod');
const properties = createFields(0);

const starts = {
  ours: async () => {
    const sotto = await import(dist);
    const [Event] = [
      await eventClass(spelling, sotto, 'code_search'),
      await eventClass(spelling, sotto, 'code_open'),
      await eventClass(spelling, sotto, 'code_edit'),
    ];
    const client = createOurs(sotto, { enabled: isEnabled });
    if (isCapturing) client.capture(Event.create(properties));
    return client;
  },
  theirs: async () => {
    const client = createTheirs(await import('posthog-node'));
    if (isCapturing) client.capture({ distinctId: 'bench', event: 'code_search', properties });
    return client;
  },
  none: async () => {},
};

const startedMs = performance.now();
const client = await starts[side]();
if (isCapturing) await new Promise((resolve) => setImmediate(resolve));
const durationMs = performance.now() - startedMs;
if (side === 'ours' && client.enabled !== isEnabled)
  throw new Error('The client is not in the mode to measure.');
const { user, system } = process.cpuUsage();
finish({ durationMs, cpuMs: (user + system) / 1_000 });
