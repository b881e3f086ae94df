import { BoundedCache } from '../../internal/index.js';
import { isLabelLike } from '../serialize/safe-text.js';
import type { Domain } from './domain.js';

const PARAMETER = ':id';
const WILDCARD = '*';
const MAX_SEGMENTS = 10;
const MAX_LENGTH = 200;

/** The one answer for requests that no route took: their paths are whatever somebody typed. */
export const UNMATCHED_ROUTE = ':unmatched';

/** Longer than any template, and short enough to be read in no time. */
const MAX_READ_LENGTH = 2_000;

const QUERY_OR_FRAGMENT = /[?#].*$/s;
const ORIGIN = /^(?:[a-z][a-z\d+.-]*:)?\/\/[^/]*/i;

/** `*`, `*rest`, `**`, `:rest*`, `{*rest}`, `[...rest]`, `[[...rest]]`: whatever follows. */
const REST = /^(?:\*+\w*|:\w+[*+]|\{\*\w*\}|\[{1,2}\.{3}\w+\]{1,2})$/;

/** `contacts`, `sign-in`, `well_known`, `v2`. */
const WORD = /^(?:[a-z][a-z_-]{0,39}|v\d{1,2})$/;

/**
 * The template of a route, such as `/contacts/:id` or `/files/*`: what every request to it has in common.
 *
 * Parameters are recognised as `:name`, `{name}`, `[name]` and `<name>` and leave as `:id`, whatever they are called; so
 * does every segment that is no short lower-case word: numbers, UUIDs, addresses, names of files. Query, fragment and
 * host are cut, a template of more than ten segments or two hundred characters ends in `*`.
 *
 * Can this identify someone? A template cannot. A raw path that consists of words can: `/users/ada` looks like a template,
 * and leaves as it is. Give the route, never the URL; the adapters for Hono, Express and Fastify do.
 */
export const routeTemplate: Domain<string> & { readonly text: 'route_template' } = {
  kind: 'any_of',
  text: 'route_template',
  description: 'the template of a route, each parameter as :id',
  encode: (value) => (typeof value === 'string' ? toRouteTemplate(value) : undefined),
  isWithin: (other) => other === routeTemplate,
  example: () => '/contacts/:id',
};

/** A program has so many routes, and asks about the same ones with each request. */
const known = new BoundedCache<string, string>(512);

/** A route as a framework spells it → its template. See {@link routeTemplate}. Reducing twice changes nothing. */
export function toRouteTemplate(route: string): string {
  let template = known.get(route);
  if (template === undefined) {
    template = reduce(route);
    if (route.length <= MAX_LENGTH) known.set(route, template);
  }
  return template;
}

function reduce(route: string): string {
  if (route === UNMATCHED_ROUTE) return route;
  const path = route.slice(0, MAX_READ_LENGTH).replace(QUERY_OR_FRAGMENT, '').replace(ORIGIN, '');
  const segments = path.split('/').filter(Boolean).map(toSegment);
  const whole = toPath(segments);
  return segments.length <= MAX_SEGMENTS && whole.length <= MAX_LENGTH ? whole : toPath(firstOf(segments));
}

function toSegment(segment: string): string {
  if (REST.test(segment)) return WILDCARD;
  return WORD.test(segment) && isLabelLike(segment) ? segment : PARAMETER;
}

/** As many as fit, with room for the wildcard that stands for the others. */
function firstOf(segments: readonly string[]): string[] {
  const first = segments.slice(0, MAX_SEGMENTS - 1);
  while (toPath([...first, WILDCARD]).length > MAX_LENGTH) first.pop();
  return [...first, WILDCARD];
}

const toPath = (segments: readonly string[]) => `/${segments.join('/')}`;
