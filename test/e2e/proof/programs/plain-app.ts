/** The tool without Sotto: what the same program prints and returns when there is no telemetry in it at all. */
import { countWords, report } from './count-words.js';

report(countWords(process.argv.slice(2)));
