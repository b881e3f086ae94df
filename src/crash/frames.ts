import { ANONYMOUS, type Frame } from '../privacy/index.js';
import { readStackLines } from './stack-lines.js';
import { parseStackLine, type StackPlace, toAbsolutePath } from './stack-place.js';

/** What is known of the files of this process. */
export interface FrameSources {
  /** Absolute path of the folder of the app's own package, links resolved; undefined when it is not known for sure. */
  readonly appRoot: string | undefined;
  /**
   * The version of the package in a folder, such as `4.17.21`; undefined where there is none.
   *
   * @param directory - absolute, with `/` on every system
   */
  readonly versionOf: (directory: string) => string | undefined;
}

const MAX_FRAMES = 50;

/** The frames of a stack, the innermost first; at most fifty. See `frameText` for what is said of each. */
export function readFrames(stack: string, message: string, sources: FrameSources): readonly Frame[] {
  const appRoot = sources.appRoot && toAbsolutePath(sources.appRoot)?.replace(/\/+$/, '');
  return readStackLines(stack, message)
    .slice(0, MAX_FRAMES)
    .map((line) => toFrame(parseStackLine(line), { ...sources, appRoot }));
}

function toFrame(place: StackPlace, sources: FrameSources): Frame {
  switch (place.kind) {
    case 'file':
      return toAppFrame(place, sources.appRoot) ?? toPackageFrame(place, sources) ?? { kind: 'external' };
    case 'node':
      return { kind: 'node', module: place.module, function: place.function || ANONYMOUS };
    default:
      return place;
  }
}

type FilePlace = Extract<StackPlace, { kind: 'file' }>;

/** Its dependencies may be installed below the app: they are packages. */
function toAppFrame(place: FilePlace, appRoot: string | undefined): Frame | undefined {
  const path = appRoot === undefined ? undefined : pathBelow(appRoot, place.path);
  if (path === undefined || `/${path}`.includes(PACKAGES)) return undefined;
  return { kind: 'app', path, function: place.function || ANONYMOUS, line: place.line };
}

function pathBelow(root: string, path: string): string | undefined {
  // Drives are written in either case.
  const isDrive = /^[A-Za-z]:/.test(root);
  const isBelow = isDrive
    ? path.toLowerCase().startsWith(`${root.toLowerCase()}/`)
    : path.startsWith(`${root}/`);
  return isBelow && root !== '' ? path.slice(root.length + 1) : undefined;
}

const PACKAGES = '/node_modules/';
const PACKAGE_NAME = /^(?:@[^/]+\/)?[^/@.][^/]*(?=\/)/;

/** By the last `node_modules`, so that it makes no difference how a package manager lays out what is above. */
function toPackageFrame(
  { path, function: called, line }: FilePlace,
  sources: FrameSources,
): Frame | undefined {
  const below = path.lastIndexOf(PACKAGES) + PACKAGES.length;
  if (below < PACKAGES.length) return undefined;
  const name = PACKAGE_NAME.exec(path.slice(below))?.[0];
  // What cannot be found there may be no package at all.
  const version = name && sources.versionOf(path.slice(0, below + name.length));
  if (!name || !version) return undefined;
  return { kind: 'package', package: name, version, function: called || ANONYMOUS, line };
}
