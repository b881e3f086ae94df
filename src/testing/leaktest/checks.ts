import { basename } from 'node:path';
import { type CheckOutcome, failedFor, failedIf, failedWith, notChecked, PASSED } from '../report.js';
import { findLeaks, findOutgoing, headerSources, toFindings, withoutCanaries } from './leaks.js';
import type { Observation } from './observation.js';

/** A promise, and how it is judged by what was seen. */
export interface Check {
  readonly name: string;
  readonly promise: string;
  judge(observation: Observation): CheckOutcome;
}

const NOT_DECLARED =
  'Find the field or the call that puts it there, and give it a rule: a closed set, a count, or a keyed hash.';

/** All checks, in the order in which they are told. */
export const CHECKS: readonly Check[] = [
  {
    name: 'outgoing-bytes',
    promise: 'Nothing that was sent holds a canary: no address, no body, no other byte.',
    judge: ({ seen, search }) => failedWith(toFindings(findOutgoing(seen.connections, search), NOT_DECLARED)),
  },
  {
    name: 'headers',
    promise: 'No header of a request holds a canary.',
    judge: ({ seen, search }) =>
      failedWith(
        toFindings(
          findLeaks(headerSources(seen.connections, search), search),
          'Send no header that is made of what is known about the user or the machine.',
        ),
      ),
  },
  {
    name: 'dns-names',
    promise: 'No name that was looked up holds a canary.',
    judge({ seen: { lookups }, search }) {
      if (lookups === undefined) return notChecked(NO_LOOKUPS);
      const sources = lookups.map((bytes) => ({ place: 'a name that was looked up', bytes }));
      return failedWith(
        toFindings(
          findLeaks(sources, search),
          'Make no host name of anything but what is written in the code.',
        ),
      );
    },
  },
  {
    name: 'child-arguments',
    promise: 'No process that was started was told a canary, where all users of the machine can read it.',
    judge: judgeChildren,
  },
  {
    name: 'spool-and-ledger',
    promise:
      'No file that telemetry keeps holds a canary, and none is named after one, but for where a no of this person may stand.',
    judge({ state, search }) {
      const sources = state.flatMap(({ name, bytes }) => [
        { place: `the file ${withoutCanaries(name, search)} of the state directory`, bytes },
        { place: 'the name of a file of the state directory', bytes: name },
      ]);
      return failedWith(toFindings(findLeaks(sources, search), NOT_DECLARED));
    },
  },
  {
    name: 'readable-connections',
    promise: 'Everything that was sent could be read.',
    judge: judgeConnections,
  },
  {
    name: 'telemetry-ran',
    promise: 'Something was sent, so that there was something to look at.',
    judge: judgeSending,
  },
  {
    name: 'command-ended',
    promise: 'The command ended as it does by itself, so that all of it was looked at.',
    judge: judgeEnd,
  },
  {
    name: 'seeded-arguments',
    promise: 'An argument of the command was a canary.',
    judge: ({ seededFrom }) => (seededFrom === undefined ? notChecked(NO_ARGUMENT) : PASSED),
  },
  {
    name: 'seeded-names',
    promise: 'The system told the program names of the user and the host that are canaries.',
    judge: ({ areNamesSeeded }) => (areNamesSeeded ? PASSED : notChecked(NO_NAMES)),
  },
];

const NO_NAMES =
  'Only variables name the user and the host that were made up: on Linux, as root or with user namespaces, the system does too.';

const NO_LOOKUPS =
  'Names that are looked up can be seen on a network of its own only: on Linux, as root or with user namespaces, and where no other ' +
  'service of the machine looks them up.';

const NO_ARGUMENT =
  'No argument of the command holds {canary}. Type it where a person would name a file or ask something.';

function judgeChildren({
  result: { children },
  search,
  allowedChildren,
  command,
  seededFrom,
}: Observation): CheckOutcome {
  if (children === undefined) return notChecked('The processes that a command starts cannot be seen here.');
  const handedOn = seededFrom === undefined ? [] : command.slice(seededFrom);
  const sources = children
    .map(({ args }) => ({ name: basename(args[0] ?? ''), args: withoutEnd(args, handedOn) }))
    .filter(({ name }) => !allowedChildren.includes(name.replace(/\.exe$/i, '')))
    .map(({ name, args }) => ({
      place: `the arguments of ${withoutCanaries(name, search)}`,
      bytes: args.join('\0'),
    }));
  const advice =
    'Hand it over by standard input, or by a variable. If it is the work of the command, name the program with --allow-children.';
  return failedWith(toFindings(findLeaks(sources, search), advice));
}

/** A program that only starts another one hands on what was typed, which is no doing of telemetry. */
function withoutEnd(args: readonly string[], end: readonly string[]): readonly string[] {
  const isThere = end.length > 0 && end.every((text, at) => args.at(at - end.length) === text);
  return isThere ? args.slice(0, -end.length) : args;
}

function judgeConnections({ seen: { connections }, search, isSealed }: Observation): CheckOutcome {
  const targets = connections.filter(({ isReadable }) => !isReadable).map(({ target }) => target);
  if (targets.length === 0) return isSealed ? PASSED : notChecked(ONLY_PROXIED);
  return failedFor(
    [...new Set(targets)].map(
      (target) =>
        `Something was sent to ${withoutCanaries(target, search)} that nobody could read (${count(targets, target)} times).`,
    ),
    'Have the program trust the certificates that the environment names, and send its telemetry over HTTPS, port 443; or leave it out of the command.',
  );
}

const count = (targets: readonly string[], target: string) =>
  targets.filter((other) => other === target).length;

const ONLY_PROXIED =
  'Only what listens to the variables of a proxy, or goes to where telemetry is told to go, was seen. On Linux, as root or with user ' +
  'namespaces, everything is.';

/** What asks for something, and tells nothing. */
const QUESTION = /^(?:GET|HEAD|CONNECT|OPTIONS) |\/(?:flags|decide)\/?(?:\?|$)/;

function judgeSending({ seen: { connections }, result, expectsNothing }: Observation): CheckOutcome {
  const requests = connections.flatMap((connection) => connection.requests);
  const hasSent = requests.some(({ line, rawBody }) => rawBody.length > 0 && !QUESTION.test(line));
  if (hasSent || expectsNothing) return PASSED;
  return failedIf(
    `No event arrived, so that this run proves nothing. The command ${describeEnd(result)}.`,
    'Name a command that records an event, and the right app with --app; its key for PostHog has to be in its code. If it sends nothing on purpose, say --expect-nothing.',
  );
}

/** Of a command that failed before it came to anything, nothing can be shown. */
function judgeEnd({ result, exitCode }: Observation): CheckOutcome {
  if (!result.hasTimedOut && result.status === exitCode) return PASSED;
  return failedIf(
    `The command ${describeEnd(result)}, and not with status ${exitCode}.`,
    'Run it by hand in an empty project: files that it needs have to be among its arguments. If that is how it ends, say so: --exit-code <n>.',
  );
}

function describeEnd({ hasTimedOut, status, signal }: Observation['result']): string {
  if (hasTimedOut) return 'took too long, and was killed';
  return status === null ? `was ended by ${signal}` : `ended with status ${status}`;
}
