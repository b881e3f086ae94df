import { integer, oneOf, plain, routeTemplate } from '../../privacy/index.js';
import { declareLate } from '../declare-late.js';
import { milliseconds } from '../domains.js';
import { TelemetryEvent } from '../telemetry-event.js';
import { HTTP_METHODS, OTHER } from '../vocabulary.js';

/** `<app>.api.request`: a request was answered. */
export class ApiRequest extends TelemetryEvent {
  /** The template of the route, such as `/contacts/:id`; never the URL. */
  endpoint!: string;
  /** In capitals; one of {@link HTTP_METHODS}, or `other`. */
  method!: string;
  /** Of the answer, 100 to 599. */
  status!: number;
  duration_ms?: number | undefined;
}

declareLate(
  ApiRequest,
  'api.request',
  () => ({
    endpoint: plain(routeTemplate),
    method: plain(oneOf(...HTTP_METHODS).or(OTHER)),
    status: plain(integer({ min: 100, max: 599 })),
    duration_ms: plain(milliseconds),
  }),
  { isPrefixed: true, separator: '.', purpose: 'finding slow and failing requests' },
);
