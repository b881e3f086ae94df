import type { ArgumentDefinition } from '../../command.js';

export const LICENSE_ARGUMENT: ArgumentDefinition = {
  syntax: '<license-id>',
  description: 'its id, as `sotto license list` shows it',
};

/** Who has the whole key at hand may type that: its id is what stands before the dot. */
export const toLicenseId = ([typed = '']: readonly string[]): string => typed.split('.')[0] ?? '';
