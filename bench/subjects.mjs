import { measureCapture } from './measurements/capture.mjs';
import { measureColdStart } from './measurements/cold-start.mjs';
import { measureCollector } from './measurements/collector.mjs';
import { measureDelivery } from './measurements/delivery.mjs';
import { measureExit } from './measurements/exit.mjs';
import { measureHashing } from './measurements/hashing.mjs';
import { measureIngest } from './measurements/ingest.mjs';
import { measureMemory } from './measurements/memory.mjs';
import { measureScrubber } from './measurements/scrubber.mjs';
import { measureSerialization } from './measurements/serialization.mjs';
import { measureServices } from './measurements/services.mjs';
import { measureSize } from './measurements/size.mjs';
import { measureUsage } from './measurements/usage.mjs';

/**
 * What is measured, in the order in which it is.
 *
 * @typedef {{ dist: string, isQuick: boolean }} Options `dist` is what to import
 * @type {Record<string, { title: string, measure: (options: Options) => AsyncIterable<import('./lib/figure.mjs').Figure> }>}
 */
export const SUBJECTS = {
  'cold-start': {
    title: 'A process that starts a client, from its first to its last moment',
    measure: measureColdStart,
  },
  capture: {
    title: 'What recording an event of fifteen properties costs the caller',
    measure: measureCapture,
  },
  serialization: { title: 'From an object to what may leave of it', measure: measureSerialization },
  hashing: { title: 'The keyed hash of a short text', measure: measureHashing },
  scrubber: { title: 'What tells of a person, taken out of free text', measure: measureScrubber },
  delivery: { title: 'A burst of events to an acknowledging server', measure: measureDelivery },
  memory: { title: 'A service that goes on recording while its server is down', measure: measureMemory },
  exit: { title: 'The end of a tool that has recorded one event', measure: measureExit },
  size: { title: 'What a package brings with it', measure: measureSize },
  usage: { title: 'Counting a feature', measure: measureUsage },
  services: { title: "An organisation's settings and a person's own page", measure: measureServices },
  ingest: { title: 'Events received over HTTP until they are stored', measure: measureIngest },
  collector: { title: 'Reports over tables of many runs', measure: measureCollector },
};
