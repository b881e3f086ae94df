import {
  type FileInfo,
  followLedger,
  listCrashReports,
  listSessions,
  peekWaiting,
  type RecordedEvent,
  readSession,
  readUsage,
  toUsageJson,
  type Usage,
} from '../../store/index.js';
import { type CommandContext, type CommandDefinition, JSON_OPTION } from '../command.js';
import { EXIT } from '../exit-status.js';
import { formatEvent } from '../format-event.js';
import { formatUsage } from '../format-usage.js';
import { countOf, formatBytes, toJson } from '../plain-text.js';

/** What was recorded, event by event, with the properties exactly as they left or would leave. */
export const showData: CommandDefinition = {
  name: 'show-data',
  summary: 'show the events that were recorded, as they were sent',
  options: [
    { flags: '--list', description: 'show the names and sizes of the files only' },
    { flags: '--follow', description: 'show events as they are recorded, until Ctrl-C' },
    { flags: '--usage', description: 'show what is counted: features, hooks and the last events' },
    JSON_OPTION,
  ],
  async run(context, { list = false, follow = false, usage = false, json = false }) {
    if (usage) return showUsage(context, json);
    if (follow) return followEvents(context, json);
    const { directory } = context.consent;
    const sessions = listSessions(directory);
    const crashes = listCrashReports(directory);
    const files = list ? [...sessions, ...crashes] : sessions;
    if (json) printJson(context, files, list);
    else if (sessions.length + crashes.length === 0) printNothing(context);
    else if (list) printList(context, files);
    else printSessions(context, sessions, crashes.length);
    return EXIT.done;
  },
};

/** A list of sessions, or of files. One file at a time is in memory. */
function printJson({ out, io }: CommandContext, files: readonly FileInfo[], isList: boolean): void {
  out.raw('[');
  let separator = '\n';
  for (const file of files) {
    if (io.closed.aborted) return;
    const { name, bytes, modifiedMs } = file;
    const item = isList
      ? { name, bytes, modified_at: new Date(modifiedMs).toISOString() }
      : readSession(file);
    if (item === undefined) continue;
    out.raw(`${separator}${toJson(item)}`);
    separator = ',\n';
  }
  out.raw('\n]\n');
}

function printList({ out }: CommandContext, files: readonly FileInfo[]): void {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  for (const file of files) out.line(`${formatBytes(file.bytes).padStart(9)}  ${file.name}`);
  out.line(`${formatBytes(bytes).padStart(9)}  in ${countOf(files.length, 'file')}`);
}

function printSessions(
  { consent, out, err, io }: CommandContext,
  files: readonly FileInfo[],
  crashes: number,
): void {
  const waiting = new Set(peekWaiting(consent.directory ?? '').map(({ fileName }) => fileName));
  for (const file of files) {
    if (io.closed.aborted) return;
    const session = readSession(file);
    if (session === undefined) {
      err.line(`${file.name} cannot be read.`);
      continue;
    }
    out.line(out.bold(file.name));
    const unsent = waiting.has(file.name) ? 'waits to be sent' : 'not sent';
    for (const event of session.events) out.lines(`\n${formatEvent(event, out, unsent)}`);
    out.line();
    if (session.skipped_lines > 0)
      err.line(`${countOf(session.skipped_lines, 'line')} of ${file.name} cannot be read.`);
  }
  if (crashes > 0) out.line(`And ${countOf(crashes, 'crash report')}: see --list.`);
}

async function followEvents({ consent, out, err, io }: CommandContext, json: boolean): Promise<number> {
  if (consent.directory === undefined) {
    out.line('Nothing is kept here.');
    return EXIT.done;
  }
  err.line('Waiting for events. Ctrl-C ends this.');
  const print = (event: RecordedEvent) =>
    json ? out.raw(`${toJson(event)}\n`) : out.lines(`${formatEvent(event, out, 'recorded')}\n`);
  await followLedger(consent.directory, print, AbortSignal.any([io.interrupted, io.closed]));
  return EXIT.done;
}

function printNothing({ consent, out }: CommandContext): void {
  const isCounted = !isEmpty(readUsage(consent.directory));
  out.line(
    isCounted ? 'No events are kept here. For what is counted, see --usage.' : 'Nothing is kept here.',
  );
}

function showUsage({ consent, out, err }: CommandContext, json: boolean): number {
  const usage = readUsage(consent.directory);
  if (json) out.json(toUsageJson(usage));
  else if (isEmpty(usage)) out.line('Nothing is counted here.');
  else out.lines(formatUsage(usage, out));
  if (usage.isDamaged)
    err.line('A file of counters was damaged and is kept aside: what it held is not counted.');
  return EXIT.done;
}

const isEmpty = ({ features, hooks, events }: Usage) => features.size + hooks.size + events.length === 0;
