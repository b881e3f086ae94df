import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** A file of the state directory: what it is called there, and what it holds. */
export interface StateFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Of the notes of the spool: where a person's no may stand on this machine. They never leave it. */
const PLACES_OF_A_NO = ['places', 'workingDirectory'];

/** Everything below a state directory, folders too. Empty where there is none. */
export function readState(directory: string): readonly StateFile[] {
  return namesIn(directory).map((name) => ({
    name: name.replaceAll(sep, '/'),
    bytes: withoutPlaces(name, readBytes(join(directory, name))),
  }));
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
}

/** Nothing of a folder, a socket, or a file that went away meanwhile. */
function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

function withoutPlaces(name: string, bytes: Buffer): Buffer {
  if (!/^spool[/\\]telemetry_.*\.json$/.test(name)) return bytes;
  try {
    const note: object = JSON.parse(bytes.toString());
    const rest = Object.entries(note).filter(([key]) => !PLACES_OF_A_NO.includes(key));
    return Buffer.from(JSON.stringify(Object.fromEntries(rest)));
  } catch {
    return bytes;
  }
}
