/** What is imported dynamically, by what the source says: files of their own in `dist`, each complete. */
export const OWN_FILES = {
  './quiet-posthog.js': { name: 'quiet-posthog', source: 'src/delivery/posthog/quiet-posthog.ts' },
  './http-exchange.js': { name: 'http-exchange', source: 'src/delivery/http/http-exchange.ts' },
  './otlp-encoder.js': { name: 'otlp-encoder', source: 'src/delivery/otlp/otlp-encoder.ts' },
  './dialogue/index.js': { name: 'dialogue', source: 'src/consent/dialogue/index.ts' },
} as const;
