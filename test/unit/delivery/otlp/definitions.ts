import { createRequire } from 'node:module';
import type { OtlpSignal } from '../../../../src/delivery/otlp/to-otlp.js';

/** A message type as protobuf.js generates it. */
interface MessageType {
  decode(bytes: Uint8Array): object;
  fromObject(json: object): object;
  toObject(message: object, options: object): object;
}

/** OpenTelemetry's own definitions: an older version of its package has them as generated code. */
const require = createRequire(import.meta.url);
const { collector } = require('opentelemetry-definitions/build/src/generated/root.js').opentelemetry.proto;

const REQUESTS: Readonly<Record<OtlpSignal, MessageType>> = {
  logs: collector.logs.v1.ExportLogsServiceRequest,
  traces: collector.trace.v1.ExportTraceServiceRequest,
  metrics: collector.metrics.v1.ExportMetricsServiceRequest,
};

/** Ids are hexadecimal in OTLP's JSON, where protobuf's has base64. */
const ID_NAMES = ['traceId', 'spanId', 'parentSpanId'];

/**
 * The content of a request, numbers of 64 bits as text and enums as numbers, however it came.
 *
 * @param defaults - whether what is zero or empty is there, whether it was written or not
 */
export function decodeRequest(signal: OtlpSignal, body: Uint8Array | string, defaults = false): Decoded {
  const type = REQUESTS[signal];
  const message =
    typeof body === 'string' ? type.fromObject(JSON.parse(body, idsFromHex)) : type.decode(body);
  const json = type.toObject(message, { longs: String, enums: Number, bytes: Array, defaults });
  return JSON.parse(JSON.stringify(json), idsToHex) as Decoded;
}

const idsFromHex = (name: string, value: unknown) =>
  ID_NAMES.includes(name) ? [...Buffer.from(value as string, 'hex')] : value;

const idsToHex = (name: string, value: unknown) =>
  ID_NAMES.includes(name) ? Buffer.from(value as number[]).toString('hex') : value;

export interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

export interface Item {
  readonly name?: string;
  readonly attributes: readonly Attribute[];
  readonly [name: string]: unknown;
}

interface OfScope {
  readonly scope: { readonly name: string; readonly version: string };
  readonly logRecords?: readonly Item[];
  readonly spans?: readonly Item[];
  readonly metrics?: readonly Item[];
}

interface OfResource {
  readonly resource: { readonly attributes: readonly Attribute[] };
  readonly scopeLogs?: readonly OfScope[];
  readonly scopeSpans?: readonly OfScope[];
  readonly scopeMetrics?: readonly OfScope[];
}

export interface Decoded {
  readonly resourceLogs?: readonly OfResource[];
  readonly resourceSpans?: readonly OfResource[];
  readonly resourceMetrics?: readonly OfResource[];
}

export function resourcesOf(decoded: Decoded): readonly OfResource[] {
  return decoded.resourceLogs ?? decoded.resourceSpans ?? decoded.resourceMetrics ?? [];
}

/** The records, spans or metrics of a request. */
export function itemsOf(decoded: Decoded): readonly Item[] {
  return resourcesOf(decoded)
    .flatMap(({ scopeLogs, scopeSpans, scopeMetrics }) => scopeLogs ?? scopeSpans ?? scopeMetrics ?? [])
    .flatMap(({ logRecords, spans, metrics }) => logRecords ?? spans ?? metrics ?? []);
}

/** Attributes by name, each as its kind and value: `{ n: { intValue: '1' } }`. */
export function byName(attributes: readonly Attribute[]): Readonly<Record<string, Attribute['value']>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value]));
}
