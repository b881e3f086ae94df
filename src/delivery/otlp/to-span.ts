import type { JsonObject, JsonValue, SanitizedEvent } from '../../privacy/index.js';
import { toAttributes } from './attributes.js';
import { SPAN } from './properties.js';
import { type HrTime, toHrTime } from './time.js';

/** What the serializers read of a span. */
export interface Span {
  readonly name: string;
  /** OpenTelemetry's API counts kinds from 0; on the wire this is 1. */
  readonly kind: 0;
  readonly spanContext: () => { readonly traceId: string; readonly spanId: string; readonly traceFlags: 1 };
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly status: { readonly code: number };
  readonly attributes: JsonObject;
  readonly links: [];
  readonly events: [];
  readonly droppedAttributesCount: 0;
  readonly droppedEventsCount: 0;
  readonly droppedLinksCount: 0;
}

const INTERNAL = 0;
const UNSET = 0;
const OK = 1;
const ERROR = 2;

/**
 * An event that was recorded at the end of an operation, as a span that stands alone. Its ids are the event's own, so that what is
 * sent twice is the same span.
 *
 * @param identity - who speaks: attributes that no property can change
 */
export function toSpan(
  { event, uuid, timestampMs }: SanitizedEvent,
  properties: JsonObject,
  identity: JsonObject,
): Span {
  const { [SPAN.name]: name, [SPAN.durationMs]: durationMs, [SPAN.succeeded]: succeeded } = properties;
  const traceId = uuid.replaceAll('-', '');
  const context = { traceId, spanId: traceId.slice(-16), traceFlags: 1 } as const;
  return {
    name: typeof name === 'string' ? name : event,
    kind: INTERNAL,
    spanContext: () => context,
    startTime: toHrTime(timestampMs - (typeof durationMs === 'number' ? durationMs : 0)),
    endTime: toHrTime(timestampMs),
    status: { code: toStatusCode(succeeded) },
    attributes: { ...toAttributes(properties, 'span'), ...identity },
    links: [],
    events: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function toStatusCode(succeeded: JsonValue | undefined): number {
  if (typeof succeeded !== 'boolean') return UNSET;
  return succeeded ? OK : ERROR;
}
