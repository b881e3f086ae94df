import { groupBy } from '../../internal/index.js';
import type { CanarySearch, Found } from '../canary/index.js';
import type { SeenConnection, SeenRequest } from '../capture/index.js';
import type { Finding } from '../report.js';

/** Something that canaries are looked for in. */
export interface Source {
  /** For people: `the body of POST https://eu.i.posthog.com/batch/`. Holds no canary. */
  readonly place: string;
  readonly bytes: Uint8Array | string;
}

/** A canary that sings, and where. */
export interface Leak extends Found {
  readonly place: string;
}

/** Every canary in every form once for each place. */
export function findLeaks(sources: readonly Source[], search: CanarySearch): readonly Leak[] {
  const leaks = sources.flatMap(({ place, bytes }) => search(bytes).map((found) => ({ ...found, place })));
  const known = new Map(leaks.map((leak) => [`${leak.name}\n${leak.form}\n${leak.place}`, leak]));
  return [...known.values()];
}

/** One finding for a canary in a place, with all the forms in which it stands there. */
export function toFindings(leaks: readonly Leak[], advice: string): readonly Finding[] {
  const same = groupBy(leaks, ({ name, place }) => `The canary “${name}” is in ${place}`);
  return [...same].map(([what, all]) => ({
    message: `${what}: ${all.map(({ form }) => form).join(', ')}.`,
    advice,
  }));
}

/** Leaks in all that was sent but for headers: lines and bodies of requests, and whatever else was said. */
export function findOutgoing(connections: readonly SeenConnection[], search: CanarySearch): readonly Leak[] {
  return connections.flatMap((connection) => {
    const leaks = findLeaks(
      connection.requests.flatMap((request) => partsOf(request, search)),
      search,
    );
    // What a request is made of would be found twice.
    const known = [...leaks, ...findLeaks(headerSources([connection], search), search)];
    const place = `what was sent to ${withoutCanaries(connection.target, search)}`;
    const others = findLeaks([{ place, bytes: connection.bytes }], search);
    return [...leaks, ...others.filter(({ name }) => !known.some((leak) => leak.name === name))];
  });
}

function partsOf(request: SeenRequest, search: CanarySearch): readonly Source[] {
  const about = describe(request, search);
  return [
    { place: `the address of ${about}`, bytes: request.line },
    { place: `the body of ${about}`, bytes: request.rawBody },
    { place: `the body of ${about}`, bytes: request.body },
  ];
}

export function headerSources(
  connections: readonly SeenConnection[],
  search: CanarySearch,
): readonly Source[] {
  return connections.flatMap(({ requests }) =>
    requests.flatMap((request) =>
      request.headers.filter(isOwn).map((header) => ({
        place: `the header ${withoutCanaries(header.split(':')[0] ?? '', search)} of ${describe(request, search)}`,
        bytes: header,
      })),
    ),
  );
}

/** Where a request goes is looked at as its address. */
const isOwn = (header: string) => !/^(?:host|:authority|:path): /i.test(header);

/** A request without what stands in its address behind the name of its server, which may be what is looked for. */
function describe({ line }: SeenRequest, search: CanarySearch): string {
  const [method = '', address = ''] = line.split(' ');
  const short = address.replace(/[?#].*$/, '');
  return `${method} ${withoutCanaries(short, search)}`;
}

/** A name as a report may print it. */
export function withoutCanaries(text: string, search: CanarySearch): string {
  return search(text).length === 0 ? text : '(an address that holds one)';
}
