// Loaded by NODE_OPTIONS: says that it was.
import { appendFileSync } from 'node:fs';

appendFileSync(process.env.LOADED_BY, `${process.pid}\n`);
