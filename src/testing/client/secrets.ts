import { ConfigError, typeName } from '../../internal/index.js';
import type { Canary } from '../canary/index.js';

/** What must not leave, by a name for it, or as a list. */
export type Secrets = Readonly<Record<string, string>> | readonly string[];

/** Shorter ones stand in any text by chance. */
const MIN_LENGTH = 6;

/** @throws {ConfigError} `OPTION_INVALID` for none at all, for what is no text, and for one too short to be looked for */
export function toNamedSecrets(secrets: Secrets): readonly Canary[] {
  const named = Object.entries(secrets).map(([name, value]) => ({ name: `secret ${name}`, value }));
  if (named.length === 0)
    throw new ConfigError('OPTION_INVALID', 'There is no secret to look for. Pass at least one.');
  for (const secret of named) assertFindable(secret);
  return named;
}

function assertFindable({ name, value }: Canary): void {
  if (typeof value === 'string' && value.length >= MIN_LENGTH) return;
  const received = typeof value === 'string' ? `${value.length} characters` : typeName(value);
  throw new ConfigError(
    'OPTION_INVALID',
    `${name} has to be a text of at least ${MIN_LENGTH} characters, because a shorter one stands anywhere by chance; received ${received}. Put a longer one in its place, which is used nowhere else.`,
  );
}
