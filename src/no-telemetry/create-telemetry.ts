import type { createTelemetry as RealCreate, getTelemetryClient as RealGet } from '../client/index.js';
import { createInertClient } from './inert-client.js';

/** The options are not looked at: there is nothing that they could set. */
export const createTelemetry: typeof RealCreate = () => createInertClient();

export const getTelemetryClient: typeof RealGet = () => createInertClient();
