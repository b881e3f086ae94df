import { groupBy, LIBRARY_NAME, LIBRARY_VERSION } from '../../internal/index.js';
import type { JsonObject, SanitizedEvent } from '../../privacy/index.js';
import type { OtlpProtocol } from '../../settings/index.js';
import { joinMetrics } from './join-metrics.js';
import { joinJson, joinProtobuf } from './join-requests.js';
import { loadSerializers, type Serializers } from './serializers.js';
import type { Metric } from './to-metric.js';
import { type OtlpRecord, type OtlpSignal, type OtlpSource, toOtlp } from './to-otlp.js';

/** The body of one request. */
export interface EncodedBatch {
  readonly signal: OtlpSignal;
  readonly body: Uint8Array | string;
}

/** Turns events into the bytes of OTLP. Loaded late, and OpenTelemetry's package with it. */
export interface OtlpEncoder {
  /** The events by the requests they take, one for each signal; in order. */
  partsOf(batch: readonly SanitizedEvent[]): readonly (readonly SanitizedEvent[])[];
  /** @param part - one of {@link partsOf}. The same events always give the same bytes. */
  encode(part: readonly SanitizedEvent[]): EncodedBatch;
}

/** @throws when OpenTelemetry's package is not installed, or is none of the versions known here */
export async function createOtlpEncoder(source: OtlpSource, protocol: OtlpProtocol): Promise<OtlpEncoder> {
  const serializers = await loadSerializers(protocol);
  const join = protocol === 'http/json' ? joinJson : joinProtobuf;
  return {
    partsOf: (batch) => [...groupBy(batch, (event) => toOtlp(event, source).signal).values()],
    encode(part) {
      const records = part.map((event) => toOtlp(event, source));
      const ofResources = [...groupBy(records, ({ resource }) => JSON.stringify(resource)).values()];
      const requests = ofResources.map((ofOne) => serialize(ofOne, serializers));
      return { signal: records[0]?.signal ?? 'logs', body: join(requests) };
    },
  };
}

const SCOPE = { name: LIBRARY_NAME, version: LIBRARY_VERSION };

/** @param records - of one signal and one resource */
function serialize(records: readonly OtlpRecord[], serializers: Serializers): Uint8Array {
  const resource = { attributes: (records[0] as OtlpRecord).resource };
  const recordsOf = <Signal extends OtlpSignal>(signal: Signal) =>
    records.flatMap((one) => (one.signal === signal ? [one.record as RecordOf<Signal>] : []));
  const withOrigin = <Shape extends object>(record: Shape) => ({
    ...record,
    resource,
    instrumentationScope: SCOPE,
  });
  switch (records[0]?.signal) {
    case 'traces':
      return run(serializers.traces, recordsOf('traces').map(withOrigin));
    case 'metrics':
      return run(serializers.metrics, toResourceMetrics(resource, recordsOf('metrics')));
    default:
      return run(serializers.logs, recordsOf('logs').map(withOrigin));
  }
}

type RecordOf<Signal> = Extract<OtlpRecord, { readonly signal: Signal }>['record'];

const toResourceMetrics = (resource: { readonly attributes: JsonObject }, metrics: readonly Metric[]) => ({
  resource,
  scopeMetrics: [{ scope: SCOPE, metrics: joinMetrics(metrics) }],
});

/**
 * The declared types are those of the SDK's objects, with methods that no serializer calls. What is read of them is what the
 * records here have; the tests decode it.
 */
function run(serializer: { serializeRequest(request: never): Uint8Array | undefined }, request: object) {
  const bytes = serializer.serializeRequest(request as never);
  if (bytes === undefined) throw new TypeError('The serializer made nothing of it.');
  return bytes;
}
