/** Writes crash reports into the state directory it is given, until it is killed. Says when the first one is there. */
import type { SanitizedEvent } from '../../../../src/privacy/index.js';
import { createCrashFiles } from '../../../../src/store/index.js';

const [directory = ''] = process.argv.slice(2);
const toWire = () => ({ notes: Array.from({ length: 2_000 }, (_, index) => `note ${index}`) });
const limits = { maxFiles: 20, maxBytes: 100_000_000, retentionDays: 30 };
const files = createCrashFiles(directory, limits, { toWire, now: Date.now });

const write = () => files.write({ timestampMs: Date.now() } as SanitizedEvent);
write();
process.stdout.write('ready\n');
for (;;) write();
