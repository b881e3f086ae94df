/** The collector of an installation. Loads pino's and Prometheus' parts: import it when it is needed. */
export { type Collector, type CollectorOptions, createCollector } from './create-collector.js';
export { createVendorClient, type VendorClientOptions } from './create-vendor-client.js';
export type { License, LicenseKeeper, LicenseState } from './license/index.js';
export type { CorrectionResult, OnceResult, PreviewedReport, SendResult, SentDay } from './sending/index.js';
export type { VendorClient, VendorOutcome, VendorRequest } from './vendor-client.js';
