import { quietly } from '../../internal/index.js';
import { UNMATCHED_ROUTE } from '../../privacy/index.js';

/** The part of an Express request that is read. */
export interface ExpressRequest {
  readonly method: string;
  readonly originalUrl: string;
  readonly baseUrl: string;
  readonly route?: ExpressRoute | undefined;
  readonly app?: unknown;
}

interface ExpressRoute {
  readonly path: unknown;
}

/** An entry of a router. What it matches says under which template since `router` 2.3, the one of Express 5.3. */
interface Layer {
  readonly route?: unknown;
  readonly handle?: { readonly stack?: readonly Layer[] };
  match?(path: string): unknown;
}

interface ExpressApp {
  readonly router: { readonly stack: readonly Layer[] };
  /** The app that this one is mounted in, and where. */
  readonly parent?: ExpressApp;
  readonly mountpath?: unknown;
}

/**
 * The template of the route that took a request, with those of the routers and apps around it.
 *
 * `req.baseUrl` is no template: it is the address that was asked for, with whatever stood in place of the parameters. So
 * the route is looked for in the app, and where it is not found each segment of the address before it is a parameter.
 */
export function expressRouteOf(request: ExpressRequest): string {
  const { route } = request;
  if (!route) return UNMATCHED_ROUTE;
  const found = quietly(() => findInApp(request.app as ExpressApp, request.originalUrl, route));
  return found ?? join(request.baseUrl.replace(/[^/]+/g, ':id'), textOf(route.path));
}

function findInApp(app: ExpressApp, url: string, route: ExpressRoute): string | undefined {
  const found = findRoute(app.router.stack, url.replace(/[?#].*$/s, ''), route);
  return found === undefined ? undefined : join(mountOf(app), found);
}

function mountOf({ parent, mountpath }: ExpressApp): string {
  return parent ? join(mountOf(parent), textOf(mountpath)) : '';
}

function findRoute(stack: readonly Layer[], path: string, route: ExpressRoute): string | undefined {
  for (const layer of stack) {
    if (layer.route === route) return textOf(route.path);
    const below = findBelow(layer, path, route);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** A router may be mounted in several places, so the path has to lead to this one. */
function findBelow(layer: Layer, path: string, route: ExpressRoute): string | undefined {
  const stack = layer.handle?.stack;
  const match = stack && layer.match?.(path);
  if (!isMatch(match)) return undefined;
  const below = findRoute(stack ?? [], path.slice(match.path.length) || '/', route);
  return below === undefined ? undefined : join(textOf(match.pattern), below);
}

function isMatch(match: unknown): match is { readonly path: string; readonly pattern: unknown } {
  return typeof match === 'object' && match !== null && 'path' in match && 'pattern' in match;
}

/** Of several spellings the first; a regular expression is a parameter. Braces mark what may be left out. */
function textOf(path: unknown): string {
  const first: unknown = Array.isArray(path) ? path.flat(Number.POSITIVE_INFINITY)[0] : path;
  return typeof first === 'string' ? first.replace(/[{}]/g, '') : '/:id';
}

/** Two slashes at the beginning would make a host of what follows. */
const join = (outer: string, inner: string) => `${outer}/${inner}`.replace(/\/{2,}/g, '/');
