/** A writer, as an operator runs it: what it needs is said by the environment. Prints a line when it is up. */
import { startServer } from '../../../../src/server/serve/index.js';

await startServer({ roles: ['writer'], port: 0 });
process.stdout.write('ready\n');
