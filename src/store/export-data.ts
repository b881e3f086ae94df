import type { OnProgress } from './clear-data.js';
import { readCrashReport } from './crashes/read-crash-report.js';
import { type DataFile, findData } from './data-files.js';
import { readSession } from './ledger/read-session.js';
import { readUsage } from './usage/read-usage.js';
import { toUsageJson } from './usage/usage-json.js';

/**
 * Everything that was recorded, as the text of one JSON document, in pieces of one file each:
 * `{ config, telemetry_files: [{ filename, data }], crash_files: [{ filename, data }], usage }`. The data of a telemetry file is a
 * {@link RecordedSession}, that of a crash file what it holds; null for a file that cannot be read. The counters are a
 * {@link UsageJson}.
 *
 * @param directory - the state directory
 * @param config - what is said about consent, as JSON
 * @remarks Files are read when their piece is asked for: one that was removed meanwhile is null.
 */
export function* exportData(
  directory: string | undefined,
  config: object,
  onProgress: OnProgress = () => {},
): Generator<string, void, undefined> {
  const find = (folder: 'ledger' | 'crashes') =>
    directory === undefined ? [] : findData(directory, folder).files;
  const [sessions, crashes] = [find('ledger'), find('crashes')];
  const total = sessions.length + crashes.length;

  yield `{\n"config": ${JSON.stringify(config)},\n"telemetry_files": [`;
  yield* pieces(sessions, readSession, (done) => onProgress(done, total));
  yield '],\n"crash_files": [';
  yield* pieces(crashes, readCrashReport, (done) => onProgress(sessions.length + done, total));
  yield `],\n"usage": ${JSON.stringify(toUsageJson(readUsage(directory)))}\n}\n`;
}

function* pieces(
  files: readonly DataFile[],
  read: (file: DataFile) => unknown,
  onDone: (done: number) => void,
): Generator<string, void, undefined> {
  for (const [at, file] of files.entries()) {
    const piece = JSON.stringify({ filename: file.name, data: read(file) ?? null });
    yield at === 0 ? `\n${piece}` : `,\n${piece}`;
    onDone(at + 1);
  }
}
