import { isAbsolute } from 'node:path';
import type { ConfigPlace, ConsentBasis, ConsentSwitch, OtlpProtocol } from '../../settings/index.js';

/** What is known of a program whose events wait, wherever they go: who has to be asked before. */
interface AnyNote {
  readonly app: string;
  readonly basis: ConsentBasis;
  /** By which the person changes their mind. */
  readonly command: string | undefined;
  /** Of the consent under which they were recorded; under another one they never leave. */
  readonly epoch: string;
  /** The parts of telemetry under which they may have been recorded: once one of them is switched off they never leave. */
  readonly needs: readonly ConsentSwitch[];
  /** Whether fields may hold what they add for tools over privacy: without that yes they never leave. */
  readonly toolsOverPrivacy: boolean;
  /** The address of the server. */
  readonly host: string;
  /** Whether the host may be one without TLS. */
  readonly allowsHttp: boolean;
  readonly requestTimeoutMs: number;
  readonly compressionThresholdBytes: number | undefined;
  /** Where files may say no. Read only, never written. */
  readonly places: readonly ConfigPlace[];
  /** Whether the app stands under its umbrella flag, in the `app` file of the places. */
  readonly umbrellaFlag: boolean;
  /** Absolute: where a `.env` may say no. Undefined where the program stood in none. */
  readonly workingDirectory: string | undefined;
}

export interface PostHogNote extends AnyNote {
  readonly sink: 'posthog';
  readonly key: string;
}

export interface OtlpNote extends AnyNote {
  readonly sink: 'otlp';
  readonly protocol: OtlpProtocol;
  /** May hold credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the app. */
  readonly version: string | undefined;
  /** What the `distinct_id` of its events names. */
  readonly distinctId: 'session' | 'installation';
}

/** What is known of a program whose events wait: where they go, and who has to be asked before. */
export type SpoolNote = PostHogNote | OtlpNote;

/** A note that would be larger is not written, and what it stands for is sent by its own process only. */
export const MAX_NOTE_BYTES = 65_536;

const ANY_TEXT = /^/;
const FILLED_TEXT = /^./s;

/** What notes did not say while there was one sink, only events of use waited, and no app had a flag. */
const SAID_BEFORE = { sink: 'posthog', needs: ['usageAnalytics'], umbrellaFlag: false } as const;

export function formatNote(note: SpoolNote): string {
  return `${JSON.stringify(note)}\n`;
}

/**
 * Read what {@link formatNote} wrote, also of earlier versions.
 *
 * @returns undefined for anything else, also when a single thing is missing: nothing is sent on a guess. Never throws
 */
export function parseNote(text: string): SpoolNote | undefined {
  try {
    const found: { readonly sink: unknown } = { ...SAID_BEFORE, ...toObject(JSON.parse(text)) };
    return found.sink === 'otlp'
      ? { ...readMembers(ANY, found), ...readMembers(OTLP, found) }
      : { ...readMembers(ANY, found), ...readMembers(POSTHOG, found) };
  } catch {
    return undefined;
  }
}

/** How each member is read. A reader throws at what the member cannot be. */
type Readers<Note> = { readonly [Name in keyof Note]: (found: unknown) => Note[Name] };

function readMembers<Note>(readers: Readers<Note>, found: object): Note {
  const members = Object.entries<(found: unknown) => unknown>(readers).map(
    ([name, read]) => [name, read((found as Record<string, unknown>)[name])] as const,
  );
  return Object.fromEntries(members) as Note;
}

const ANY: Readers<AnyNote> = {
  app: matching(/^[a-z][a-z0-9_-]{0,39}$/),
  basis: oneOf('opt-in', 'opt-out', 'given'),
  command: optional(matching(ANY_TEXT)),
  epoch: matching(ANY_TEXT),
  needs: listOf(
    oneOf('usageAnalytics', 'errorReporting', 'crashReporting', 'diagnostics', 'toolsOverPrivacy'),
  ),
  toolsOverPrivacy: oneOf(true, false),
  host: matching(FILLED_TEXT),
  allowsHttp: oneOf(true, false),
  requestTimeoutMs: countFrom(1),
  compressionThresholdBytes: optional(countFrom(0)),
  places: listOf((found) =>
    readMembers<ConfigPlace>(
      {
        kind: oneOf('project', 'app', 'user', 'machine', 'marker'),
        path: absolutePath,
        shown: matching(ANY_TEXT),
      },
      toObject(found),
    ),
  ),
  umbrellaFlag: oneOf(true, false),
  workingDirectory: optional(absolutePath),
};

const POSTHOG: Readers<Omit<PostHogNote, keyof AnyNote>> = {
  sink: oneOf('posthog'),
  key: matching(FILLED_TEXT),
};

const OTLP: Readers<Omit<OtlpNote, keyof AnyNote>> = {
  sink: oneOf('otlp'),
  protocol: oneOf('http/protobuf', 'http/json'),
  headers: (found) => {
    const headers = Object.entries(toObject(found)).map(([name, value]) => [name, matching(ANY_TEXT)(value)]);
    return Object.fromEntries(headers);
  },
  version: optional(matching(ANY_TEXT)),
  distinctId: oneOf('session', 'installation'),
};

function toObject(found: unknown): object {
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : refuse();
}

function matching(pattern: RegExp): (found: unknown) => string {
  return (found) => (typeof found === 'string' && pattern.test(found) ? found : refuse());
}

function oneOf<const Value>(...values: readonly Value[]): (found: unknown) => Value {
  return (found) => values.find((value) => value === found) ?? refuse();
}

function countFrom(least: number): (found: unknown) => number {
  return (found) =>
    Number.isSafeInteger(found) && (found as number) >= least ? (found as number) : refuse();
}

function listOf<Value>(read: (found: unknown) => Value): (found: unknown) => readonly Value[] {
  return (found) => (Array.isArray(found) ? found.map(read) : refuse());
}

function optional<Value>(read: (found: unknown) => Value): (found: unknown) => Value | undefined {
  return (found) => (found === undefined ? undefined : read(found));
}

function absolutePath(found: unknown): string {
  return typeof found === 'string' && isAbsolute(found) ? found : refuse();
}

function refuse(): never {
  throw new TypeError('Not what a note holds here.');
}
