import type { SeenConnection } from '../capture/index.js';
import { type CheckOutcome, failedFor, failedIf, notChecked } from '../report.js';
import type { Observation, Performance, Terms } from './observation.js';
import { toLine } from './observation.js';

const MAX_SHOWN = 5;

/** Nothing at all may go anywhere. Not even the command's own requests: who looks on from outside cannot tell them apart. */
export function judgeRequests({ performance: { seen } }: Observation): CheckOutcome {
  const advice =
    'Ask for the mode before anything connects. Where this is no telemetry but the work of the command, check a command that needs no network.';
  return failedFor(seen.connections.map(describe), advice);
}

function describe({ target, requests }: SeenConnection): string {
  const lines = requests.map(({ line }) => withoutQuery(line));
  const said = lines.length === 0 ? 'without a request' : lines.slice(0, MAX_SHOWN).join(', ');
  return `A connection to ${target} was opened: ${said}.`;
}

const withoutQuery = (line: string) => line.replace(/\?.*/, '?…');

export function judgeLookups({ performance: { seen } }: Observation): CheckOutcome {
  const { lookups } = seen;
  if (lookups === undefined)
    return notChecked(
      'Look-ups are seen only on a network of its own: on Linux, as root or with user namespaces.',
    );
  const message = lookups.length === 0 ? undefined : `Names were looked up: ${shown([...new Set(lookups)])}.`;
  return failedIf(message, 'Look no name up, and load nothing that does, before the mode is known to be on.');
}

export function judgeFiles({ performance }: Observation, { baseline }: Terms): CheckOutcome {
  const { changed, ownFiles } = performance;
  const own = ownFiles.length === 0 ? undefined : `Files of the telemetry were written: ${shown(ownFiles)}.`;
  const isExpected = (name: string) =>
    baseline.changed.includes(name) || baseline.restless.includes(parentOf(name)) || ownFiles.includes(name);
  const others = changed.filter((name) => !isExpected(name));
  const more =
    others.length === 0 ? undefined : `Other files were changed than without it: ${shown(others)}.`;
  const advice = 'Make no file, directory or id before the mode is known to be on.';
  return failedFor([own, more], advice);
}

export const parentOf = (name: string) => name.slice(0, name.lastIndexOf('/'));

export function judgeChildren({ performance }: Observation, { baseline }: Terms): CheckOutcome {
  const started = startedBy(performance);
  if (started === undefined)
    return notChecked('What the command starts cannot be seen here: it is no program on Node.js.');
  const more = started.filter((line) => !baseline.children.includes(line));
  const message = more.length === 0 ? undefined : `Processes were started: ${shown(more)}.`;
  return failedIf(message, 'Start no process before the mode is known to be on.');
}

/**
 * What a command started, as lines; undefined where that cannot be seen.
 *
 * @remarks Those that programs on Node.js noted, where they did: which of the others are seen is a matter of chance.
 */
export function startedBy({ outcomes: [{ children }] }: Performance): readonly string[] | undefined {
  if (children === undefined) return undefined;
  const noted = children.filter(({ isNoted }) => isNoted);
  return (noted.length > 0 ? noted : children).map(({ args }) => toLine(args));
}

function shown(names: readonly string[]): string {
  const rest = names.length > MAX_SHOWN ? `, and ${names.length - MAX_SHOWN} others` : '';
  return `${names.slice(0, MAX_SHOWN).join(', ')}${rest}`;
}
