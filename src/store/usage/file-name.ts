import { originalName, randomBytes } from '../../internal/index.js';

/** The folder of counters in the state directory. */
export const USAGE_FOLDER = 'usage';
/** What the finished logs add up to. */
export const TOTAL_FILE = 'total.json';

const LOG_PATTERN = /^usage_(?:(\d{1,10})_)?[0-9a-f]{16}\.ndjson$/;
const KEPT_ASIDE = /\.broken-\d+$/;

/**
 * The name of a log: `usage_4711_1b4e28ba2fa14d3e.ndjson` while the process of that pid writes it, without the pid once it
 * is finished. Another one at each call.
 */
export function createLogName(pid: number | undefined): string {
  const unique = Buffer.from(randomBytes(8)).toString('hex');
  return pid === undefined ? `usage_${unique}.ndjson` : `usage_${pid}_${unique}.ndjson`;
}

/** @returns whose log it is: undefined for nobody's any more. Undefined for another name */
export function parseLogName(name: string): { readonly pid: number | undefined } | undefined {
  const match = LOG_PATTERN.exec(name);
  return match ? { pid: match[1] === undefined ? undefined : Number(match[1]) } : undefined;
}

/** Is this a file of the counters, or one made of it: kept aside, or left over by a process that was killed? */
export function isUsageFileName(name: string): boolean {
  const original = originalName(name);
  return original === TOTAL_FILE || LOG_PATTERN.test(original);
}

/** Is this a file of the counters that could not be read? */
export const isKeptAside = (name: string): boolean => KEPT_ASIDE.test(name) && isUsageFileName(name);

/** @returns of a log */
export const isKeptLog = (name: string): boolean => isKeptAside(name) && originalName(name) !== TOTAL_FILE;

/** Is this what a process that was killed left of a total it was writing? */
export const isLeftOver = (name: string): boolean => name.endsWith('.tmp') && isUsageFileName(name);
