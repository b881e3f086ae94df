import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError, eraseFile, isForUserAlone, readSmallFile, replaceFile } from '../../internal/index.js';

/** How to reach the process that has the embedded database. */
export interface Announcement {
  /** Of a server on the loopback address: `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly token: string;
}

const FILE = 'operator.json';
const MAX_BYTES = 4_096;
const AnnouncementSchema = z.strictObject({
  url: z.string().regex(/^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/),
  token: z.string().regex(/^[\w-]{16,256}$/),
});

/**
 * Write down how the commands of the operator reach this process, for this user only (0600).
 *
 * @param directory - of the services' files; it is made if need be
 * @returns erases it, unless another process has announced itself since
 * @throws {ConfigError} `OPTION_INVALID` for an address that is not of this machine; the file system's error
 */
export function announceOperator(directory: string, announcement: Announcement): () => void {
  if (!AnnouncementSchema.safeParse(announcement).success) {
    throw new ConfigError('OPTION_INVALID', 'The operator is answered on the loopback address only.');
  }
  replaceFile(join(directory, FILE), `${JSON.stringify(announcement)}\n`);
  return () => {
    if (readAnnouncement(directory)?.token === announcement.token) eraseFile(join(directory, FILE));
  };
}

/** @returns undefined when there is none that can be understood, or others than this user could have written or read it */
export function readAnnouncement(directory: string): Announcement | undefined {
  const file = readSmallFile(join(directory, FILE), MAX_BYTES);
  if (file.status !== 'found' || !isForUserAlone(file)) return undefined;
  try {
    return AnnouncementSchema.safeParse(JSON.parse(Buffer.from(file.bytes).toString())).data;
  } catch {
    return undefined;
  }
}
