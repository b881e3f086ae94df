import type { ServiceCommandDefinition } from '../../command.js';
import { collectorCorrect } from './correct.js';
import { collectorGrants } from './grants.js';
import { collectorPreview } from './preview.js';
import { collectorRun } from './run.js';

const HEADING = 'Commands for who operates a collector:';

/** The collector of an installation, in the order in which help shows it. */
export const COLLECTOR_COMMANDS: readonly ServiceCommandDefinition[] = [
  collectorRun,
  collectorPreview,
  collectorCorrect,
  collectorGrants,
].map((command) => ({ ...command, heading: HEADING }));
