/** Messages of protobuf, one after the other, are one message: repeated fields go on. */
export function joinProtobuf(requests: readonly Uint8Array[]): Uint8Array {
  return requests.length === 1 ? (requests[0] as Uint8Array) : Buffer.concat(requests);
}

/** Numbers of 64 bits, which protobuf's JSON writes as text. OpenTelemetry's serializers write some of them as numbers. */
const INT64_NAMES: ReadonlySet<string> = new Set(['intValue', 'asInt', 'count', 'zeroCount', 'bucketCounts']);

/** Requests of one signal as one: each is an object with one list. */
export function joinJson(requests: readonly Uint8Array[]): string {
  const joined: Record<string, unknown[]> = {};
  for (const bytes of requests) {
    const request = JSON.parse(new TextDecoder().decode(bytes), toStrictJson) as Record<string, unknown[]>;
    for (const [name, members] of Object.entries(request))
      joined[name] = [...(joined[name] ?? []), ...members];
  }
  return JSON.stringify(joined);
}

function toStrictJson(name: string, value: unknown): unknown {
  if (!INT64_NAMES.has(name)) return value;
  return Array.isArray(value) ? value.map(toInt64Text) : toInt64Text(value);
}

const toInt64Text = (value: unknown) => (typeof value === 'number' ? BigInt(value).toString() : value);
