import { isStateUsable } from '../../../../src/store/index.js';

// Prints for every directory it is given whether the ledger could be kept there, one per line.
for (const directory of process.argv.slice(2)) process.stdout.write(`${isStateUsable(directory)}\n`);
