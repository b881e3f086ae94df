import type {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import type { OtlpProtocol } from '../../settings/index.js';

/** OpenTelemetry's own, for one protocol. */
export interface Serializers {
  readonly logs: typeof JsonLogsSerializer;
  readonly traces: typeof JsonTraceSerializer;
  readonly metrics: typeof JsonMetricsSerializer;
}

/** The package as it is found: any version. */
type Transformer = typeof import('@opentelemetry/otlp-transformer');

/**
 * The serializers of OpenTelemetry's package, and nothing else of it: no exporter, nothing that reads a variable.
 *
 * @throws when the package is not installed, or is a version that has them no more
 */
export async function loadSerializers(protocol: OtlpProtocol): Promise<Serializers> {
  const found = toSerializers(await import('@opentelemetry/otlp-transformer'), protocol);
  for (const { serializeRequest } of Object.values(found))
    if (typeof serializeRequest !== 'function') throw new TypeError('It is none of the versions known here.');
  return found;
}

function toSerializers(transformer: Transformer, protocol: OtlpProtocol): Serializers {
  switch (protocol) {
    case 'http/json':
      return {
        logs: transformer.JsonLogsSerializer,
        traces: transformer.JsonTraceSerializer,
        metrics: transformer.JsonMetricsSerializer,
      };
    case 'http/protobuf':
      return {
        logs: transformer.ProtobufLogsSerializer,
        traces: transformer.ProtobufTraceSerializer,
        metrics: transformer.ProtobufMetricsSerializer,
      };
    default:
      return protocol satisfies never;
  }
}
