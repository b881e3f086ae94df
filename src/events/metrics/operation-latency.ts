import { label, oneOf, plain, routeTemplate } from '../../privacy/index.js';
import { declareLate } from '../declare-late.js';
import { HTTP_METHODS, OTHER } from '../vocabulary.js';
import { MetricReport } from './metric-report.js';

/** The metric that {@link OperationLatency} reports. */
export const OPERATION_LATENCY = 'performance.latency';

/** `<app>.performance.latency`: how long operations of one kind took, as a histogram in milliseconds. */
export class OperationLatency extends MetricReport {
  override metric = OPERATION_LATENCY;
  /** The kind of operation, such as `api.list_contacts`. */
  operation_type!: string;
  /** Of a request: the template of its route. */
  endpoint?: string | undefined;
  method?: string | undefined;
}

declareLate(
  OperationLatency,
  OPERATION_LATENCY,
  () => ({
    operation_type: plain(label),
    endpoint: plain(routeTemplate),
    method: plain(oneOf(...HTTP_METHODS).or(OTHER)),
  }),
  { isPrefixed: true, separator: '.', purpose: 'finding what is slow', undeclared: 'plain' },
);
