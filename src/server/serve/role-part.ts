import type { Collector } from '../collector/index.js';
import type { Database } from '../db/contract.js';
import type { Service } from '../observe/index.js';
import type { Door } from './dispatch.js';

/** What one role adds to a process. */
export interface RolePart {
  readonly doors: readonly Door[];
  /** Of a role that works by itself. */
  readonly service?: Service;
  /** Of the role `collector`. */
  readonly collector?: Collector;
  /** Where a product keeps its runs, of a role that counts them. */
  readonly runs?: Database['runs'];
}

/** What works by itself. */
export const servicesOf = (parts: readonly RolePart[]): readonly Service[] =>
  parts.map(({ service }) => service).filter((service) => service !== undefined);
