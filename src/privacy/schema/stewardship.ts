import { ConfigError, typeName } from '../../internal/index.js';

/** Why something is collected, who answers for it, and until when: what an event, or one field of it, may say of itself. */
export interface StewardshipOptions {
  /** What it is good for, in one line of at most 200 characters. Shown to the person. */
  readonly purpose?: string;
  /** Who answers for it: a team, an address of the project. One line of at most 100 characters. Shown to the person. */
  readonly owner?: string;
  /**
   * The first day on which it is no longer collected, UTC, as `2027-01-31`. From then on it leaves no more (`field_expired`,
   * `event_expired`), whatever version runs.
   */
  readonly expires?: string;
}

/** The same, complete. */
export interface Stewardship {
  readonly purpose: string | undefined;
  readonly owner: string | undefined;
  readonly expires: string | undefined;
}

const MAX_PURPOSE_LENGTH = 200;
const MAX_OWNER_LENGTH = 100;
const CALENDAR_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** @throws {ConfigError} `OPTION_INVALID` for a text that is none, empty, too long or of several lines, and for a day that is none */
export function toStewardship({ purpose, owner, expires }: StewardshipOptions): Stewardship {
  assertLine('purpose', purpose, MAX_PURPOSE_LENGTH);
  assertLine('owner', owner, MAX_OWNER_LENGTH);
  if (expires !== undefined && Number.isNaN(toExpiryMs(expires))) {
    throw new ConfigError('OPTION_INVALID', '`expires` is a day of the calendar such as 2027-01-31, UTC.');
  }
  return { purpose, owner, expires };
}

/**
 * When something is no longer collected, in milliseconds since 1970.
 *
 * @param expires - a day, as {@link StewardshipOptions} has it; undefined for never
 * @returns `Infinity` for never, `NaN` for what is no day
 */
export function toExpiryMs(expires: string | undefined): number {
  if (expires === undefined) return Number.POSITIVE_INFINITY;
  if (typeof expires !== 'string' || !CALENDAR_DAY.test(expires)) return Number.NaN;
  const startMs = Date.parse(`${expires}T00:00:00.000Z`);
  // Some engines take the 31st of February for a day of March.
  return new Date(startMs || 0).toISOString().startsWith(expires) ? startMs : Number.NaN;
}

/** What a subclass says goes before what its parent said, but for the expiry: the earlier one holds. */
export function inheritStewardship(child: Stewardship, parent: Stewardship): Stewardship {
  const isParentEarlier = toExpiryMs(parent.expires) < toExpiryMs(child.expires);
  return {
    purpose: child.purpose ?? parent.purpose,
    owner: child.owner ?? parent.owner,
    expires: isParentEarlier ? parent.expires : child.expires,
  };
}

function assertLine(option: string, text: unknown, maxLength: number): void {
  if (text === undefined) return;
  const isLine = typeof text === 'string' && text.trim() !== '' && !/\p{Cc}/u.test(text);
  if (isLine && text.length <= maxLength) return;
  throw new ConfigError(
    'OPTION_INVALID',
    `\`${option}\` is one line of at most ${maxLength} characters; received ${typeName(text)}.`,
  );
}
