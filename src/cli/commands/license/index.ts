import type { ServiceCommandDefinition } from '../../command.js';
import { licenseCreate } from './create.js';
import { licenseList } from './list.js';
import { licenseRevoke } from './revoke.js';
import { licenseShow } from './show.js';

const HEADING = 'Commands for a vendor, about the licences of customers:';

/** What the vendor does about licences, in the order in which help shows it. */
export const LICENSE_COMMANDS: readonly ServiceCommandDefinition[] = [
  licenseCreate,
  licenseList,
  licenseShow,
  licenseRevoke,
].map((command) => ({ ...command, heading: HEADING }));
