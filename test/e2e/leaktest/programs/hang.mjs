// Says that it is there, and never ends. `node hang.mjs <file>`
import { writeFileSync } from 'node:fs';

writeFileSync(process.argv[2], String(process.pid));
setInterval(() => {}, 1_000);
