/** Loaded with `node --import`: writes the address of every module that is imported to the file `IMPORT_LOG` names. */
import { register } from 'node:module';

register('./log-imports-hooks.mjs', import.meta.url);
