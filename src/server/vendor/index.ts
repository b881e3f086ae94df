/** The vendor service: knows the licences, and takes in what collectors report. Loads prom-client: import it when it is needed. */
export { createVendorApp } from './app.js';
export { createVendor, type Vendor, type VendorServiceOptions } from './create-vendor.js';
export type { VendorOptions } from './options.js';
