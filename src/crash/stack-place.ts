import { posix } from 'node:path';

/** What one line of a stack says, before anybody looks at what lies there. */
export type StackPlace =
  /** `path` is absolute, with `/`. */
  | { readonly kind: 'file'; readonly path: string; readonly function: string; readonly line: number }
  | { readonly kind: 'node'; readonly module: string; readonly function: string }
  | { readonly kind: 'external' | 'native' | 'unknown' };

const NATIVE = /^(?:<anonymous>|native|native code|index \d{1,9})$/;
/** Line and column; a page of a browser may have no column. */
const POSITION = /:(\d{1,9})(?::\d{1,9})?$/;
const SCHEME = /^[a-z][a-z0-9+.-]+:/i;
const ABSOLUTE = /^(?:\/|[A-Za-z]:\/)/;
/**
 * Folders that may mount what is looked for in them, from another machine. A stack can come from anywhere, and looking at such a
 * path would tell that machine so.
 */
const AUTOMOUNTED = /^\/(?:afs|dev|misc|net|Network|proc|run)\//;

/** A line of a stack, as V8 writes them: `at run (file:1:2)`, `at async file:1:2`. Any other form is unknown. Never throws. */
export function parseStackLine(line: string): StackPlace {
  const text = line.trim();
  if (!text.startsWith('at ')) return { kind: 'unknown' };
  const call = text.slice('at '.length);
  // A function's name holds no ` (`, but for evaluated code, whose place is not looked at.
  const opening = call.endsWith(')') ? call.indexOf(' (') : -1;
  if (opening < 0) return toPlace('', call.replace(/^async /, ''));
  return toPlace(toFunctionName(call.slice(0, opening)), call.slice(opening + 2, -1));
}

function toPlace(called: string, location: string): StackPlace {
  if (NATIVE.test(location)) return { kind: 'native' };
  const position = POSITION.exec(location);
  if (!position || location.startsWith('eval ')) return { kind: 'external' };
  const place = location.slice(0, position.index);
  if (place.startsWith('node:'))
    return { kind: 'node', module: place.slice('node:'.length), function: called };
  const path = toAbsolutePath(place);
  if (path === undefined) return { kind: 'external' };
  return { kind: 'file', path, function: called, line: Number(position[1]) };
}

/** `new Foo`, `async run`, `get size`, `Foo.run [as go]` → the name in it. */
function toFunctionName(text: string): string {
  return text.replace(/^(?:(?:async|new|get|set) )+/, '').replace(/ \[as [^\]]*\]$/, '');
}

/**
 * One form for the absolute paths of all systems, and for `file:` URLs; undefined for anything else, such as a relative path
 * or what a bundler calls its modules, and for a path on another machine.
 *
 * @remarks A drive or a folder that somebody connected to another machine looks like any other.
 */
export function toAbsolutePath(place: string): string | undefined {
  const isUrl = /^file:\/\//i.test(place);
  if (!isUrl && SCHEME.test(place) && !/^[A-Za-z]:[\\/]/.test(place)) return undefined;
  const path = isUrl ? fromFileUrl(place) : place.replace(/^\\\\\?\\(?=[A-Za-z]:)/, '').replaceAll('\\', '/');
  // A share, before its two slashes become one.
  if (path === undefined || path.startsWith('//')) return undefined;
  const straight = posix.normalize(path);
  return ABSOLUTE.test(straight) && !AUTOMOUNTED.test(straight) ? straight : undefined;
}

/** Without the query by which a module is loaded again. */
function fromFileUrl(url: string): string | undefined {
  const [path = ''] = url.replace(/^file:\/\//i, '').split(/[?#]/, 1);
  try {
    return decodeURIComponent(path)
      .replaceAll('\\', '/')
      .replace(/^\/(?=[A-Za-z]:\/)/, '');
  } catch {
    return undefined;
  }
}
