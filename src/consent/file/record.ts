import type { ConsentSwitch } from '../../settings/index.js';

/**
 * What a person has decided, as the consent file keeps it. Undefined is undecided, or not there. Times are ISO 8601.
 *
 * Can this identify someone? Both ids are random UUIDs, made of nothing. Sotto sends `installId` only where the maker
 * chose `distinctId: 'installation'`, and `userId` nowhere: it is there for programs that read it in the file.
 */
export interface ConsentRecord extends Readonly<Record<ConsentSwitch, boolean | undefined>> {
  readonly telemetryEnabled: boolean | undefined;
  /** Whether events are recorded for the person to see and never sent. */
  readonly dryRun: boolean | undefined;
  readonly userId: string | undefined;
  readonly installId: string | undefined;
  readonly consentTimestamp: string | undefined;
  readonly optOutTimestamp: string | undefined;
  /** When the notice of `consent: 'opt-out'` was last shown. */
  readonly noticeTimestamp: string | undefined;
  /** Of what was collected when the person agreed. */
  readonly catalogueVersion: string | undefined;
  /**
   * What they agreed to, as JSON data that nobody has looked into yet; its digest where it is too large to keep. Something that
   * is neither is kept as `unreadable`.
   */
  readonly catalogue: object | string | undefined;
  /** The digest of a later scope that they were asked about, and did not agree to. */
  readonly declinedCatalogueVersion: string | undefined;
  /** The digest of a later scope that a notice was shown about, and when it first was. */
  readonly noticedCatalogueVersion: string | undefined;
  readonly noticedCatalogueTimestamp: string | undefined;
}

/** A record, and what else stands in its file: members of other programs or later versions, as JSON text. */
export interface ConsentFileText {
  readonly record: ConsentRecord;
  readonly others: readonly string[];
}

/** The key of each part, in the order of the file. */
export const CONSENT_KEYS: Readonly<Record<keyof ConsentRecord, string>> = {
  telemetryEnabled: 'telemetry_enabled',
  errorReporting: 'error_reporting_enabled',
  usageAnalytics: 'usage_analytics_enabled',
  crashReporting: 'crash_reporting_enabled',
  diagnostics: 'diagnostics_enabled',
  toolsOverPrivacy: 'tools_over_privacy',
  dryRun: 'dry_run',
  userId: 'user_id',
  installId: 'install_id',
  consentTimestamp: 'consent_timestamp',
  optOutTimestamp: 'opt_out_timestamp',
  noticeTimestamp: 'notice_timestamp',
  catalogueVersion: 'catalogue_version',
  catalogue: 'catalogue',
  declinedCatalogueVersion: 'declined_catalogue_version',
  noticedCatalogueVersion: 'noticed_catalogue_version',
  noticedCatalogueTimestamp: 'noticed_catalogue_timestamp',
};

/** What stands for a catalogue that is none: something was agreed to, and nobody can tell what. */
export const UNREADABLE_CATALOGUE = 'unreadable';

const isBoolean = (value: unknown) => typeof value === 'boolean';
const isTextLike = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
const isDigest = isTextLike(/^[0-9a-f]{64}$/);
const isId = isTextLike(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
const isTime = isTextLike(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/);

/** What a value must be to count. */
const IS_VALID: Readonly<Record<keyof ConsentRecord, (value: unknown) => boolean>> = {
  telemetryEnabled: isBoolean,
  errorReporting: isBoolean,
  usageAnalytics: isBoolean,
  crashReporting: isBoolean,
  diagnostics: isBoolean,
  toolsOverPrivacy: isBoolean,
  dryRun: isBoolean,
  userId: isId,
  installId: isId,
  consentTimestamp: isTime,
  optOutTimestamp: isTime,
  noticeTimestamp: isTime,
  catalogueVersion: isTextLike(/^[\w.-]{1,64}$/),
  catalogue: (value) => value !== undefined && value !== null,
  declinedCatalogueVersion: isDigest,
  noticedCatalogueVersion: isDigest,
  noticedCatalogueTimestamp: isTime,
};

const NAMES = Object.keys(CONSENT_KEYS) as readonly (keyof ConsentRecord)[];
const KNOWN_KEYS = new Set(Object.values(CONSENT_KEYS));

/** Nothing decided. */
export const EMPTY_RECORD: ConsentRecord = toRecord(new Map());

/**
 * Read the text of a consent file.
 *
 * @returns undefined when it cannot be trusted: it is no JSON object, something stands for a decision that is no boolean
 *   and may be meant as a no, or a key of ours stands there twice, and one of them may be a no. An id, a time or a version that is none counts as absent,
 *   a catalogue that is none as one that cannot be read
 */
export function parseConsentFile(text: string): ConsentFileText | undefined {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
    const values = new Map<string, unknown>(Object.entries(json));
    if (NAMES.some((name) => isDoubtful(name, values.get(CONSENT_KEYS[name])))) return undefined;
    const keys = memberKeys(text).filter((key) => KNOWN_KEYS.has(key));
    if (new Set(keys).size < keys.length) return undefined;
    const others = [...values].filter(([key]) => !KNOWN_KEYS.has(key));
    return {
      record: toRecord(values),
      // Written down here, because what is nested too deeply cannot be: better known before the file is touched.
      others: others.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`),
    };
  } catch {
    return undefined;
  }
}

/** Left out while there is nothing to remember: most people who read the file look for their decisions. */
const IS_LEFT_OUT: readonly (keyof ConsentRecord)[] = [
  'catalogue',
  'declinedCatalogueVersion',
  'noticedCatalogueVersion',
  'noticedCatalogueTimestamp',
];

/**
 * Write the text of a consent file: a line for each member, the known ones first, null for what is undecided. What is
 * remembered of a catalogue is left out where there is nothing.
 */
export function formatConsentFile({ record, others }: ConsentFileText): string {
  const shown = NAMES.filter((name) => record[name] !== undefined || !IS_LEFT_OUT.includes(name));
  const members = shown.map((name) => `"${CONSENT_KEYS[name]}": ${JSON.stringify(record[name] ?? null)}`);
  return `{\n${[...members, ...others].map((member) => `  ${member}`).join(',\n')}\n}\n`;
}

function isDoubtful(name: keyof ConsentRecord, value: unknown): boolean {
  const isDecision = IS_VALID[name] === isBoolean;
  return isDecision && value !== undefined && value !== null && !isBoolean(value);
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"\s*:?|[{}[\]]/g;

/** The keys of the outermost object as they stand there, twice where they do: `JSON.parse` keeps the last. @param text - JSON */
function memberKeys(text: string): readonly string[] {
  const keys: string[] = [];
  let depth = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (depth === 1 && token.endsWith(':')) keys.push(JSON.parse(token.slice(0, -1)));
  }
  return keys;
}

/** @param values - by key of the file */
function toRecord(values: ReadonlyMap<string, unknown>): ConsentRecord {
  const parts = NAMES.map((name) => {
    const value = values.get(CONSENT_KEYS[name]);
    if (!IS_VALID[name](value)) return [name, undefined];
    return [name, name === 'catalogue' ? toCatalogue(value) : value];
  });
  return Object.freeze(Object.fromEntries(parts));
}

/** What is there and cannot be understood was agreed to all the same, and is not taken for nothing. */
function toCatalogue(value: unknown): ConsentRecord['catalogue'] {
  if (typeof value !== 'object' || value === null)
    return isDigest(value) ? String(value) : UNREADABLE_CATALOGUE;
  // What is nested too deeply cannot be written again: better known before the file is touched.
  JSON.stringify(value);
  return value;
}
