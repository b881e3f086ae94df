/**
 * Shows the whole way through: a real tool, its events, the server they arrive at; then a self-hosted product, its collector and its
 * vendor. `npm start [-- <folder>] [--only search|installation] [--stay]`
 *
 * Nothing printed here is written by hand: the left side is the tool's own object, the right side and every count are
 * read back from the server over HTTP.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startIngestServer } from 'sotto/server';
import { FolderError, type SearchResponse } from './code-search/index.js';
import { openSearchSession } from './code-search/session.js';
import { createSearchTelemetry, type SearchTelemetry } from './code-search/telemetry.js';
import { showInstallation } from './self-hosted/show-installation.js';
import { besideEachOther } from './support/columns.js';
import { createReader, type Reader } from './support/read-back.js';
import { temporaryDirectory } from './support/temporary-directory.js';

/** A flag split in two halves: each run falls into one. */
const NEW_RERANKER = {
  key: 'new_reranker',
  variants: [
    { key: 'control', rollout_percentage: 50 },
    { key: 'test', rollout_percentage: 50 },
  ],
};

const QUERIES = [
  'where does the user say yes or no to telemetry?',
  'fix retry after a server error',
  'ConfigError',
  'test that a secret never leaves',
  'how is the index built?',
];

const USAGE = 'Usage: npm start -- [<folder>] [--only search|installation] [--stay]';

const say = (text = '') => process.stdout.write(`${text}\n`);

// A reader that has seen enough, as `head` has, is no failure: what follows is not printed, and all is cleaned up.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
const interrupted = new Promise<'interrupted'>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve('interrupted'));
});

// A CI machine or an agent may watch too: what this demonstration sends goes to itself. A no in any place stays a no.
process.env.CODE_SEARCH_TELEMETRY_ENABLED ??= 'true';
process.exitCode = await main(process.argv.slice(2));

/** @returns the exit status: 0, 2 for a mistake of the caller, 130 when interrupted before the end */
async function main(args: string[]): Promise<number> {
  const command = parseCommand(args);
  if (!command) return mistake(USAGE);
  try {
    if (command.only !== 'installation') {
      const status = await showSearch(command);
      if (status !== 0) return status;
    }
    if (command.only === 'search') return 0;
    return await showUntilInterrupted();
  } catch (error) {
    if (error instanceof FolderError) return mistake(error.message);
    throw error;
  }
}

/** What has been made goes in order also after Ctrl-C, in silence. @returns as `main` does */
async function showUntilInterrupted(): Promise<number> {
  let isOver = false;
  const shown = showInstallation((text) => isOver || say(text));
  const ending = await Promise.race([shown, interrupted]);
  isOver = true;
  await shown;
  return ending === 'interrupted' ? 130 : 0;
}

/** @returns as `main` does */
async function showSearch(command: Command): Promise<number> {
  // Ids and secrets of a demonstration are nobody's: they go when it ends.
  await using directory = await temporaryDirectory('sotto-start-');
  await using server = await startIngestServer({ flags: [NEW_RERANKER] });
  await using telemetry = createSearchTelemetry({
    consent: 'given',
    posthog: { key: 'phc_demonstration', host: server.url },
    store: { directory: directory.path },
  });
  say(`Sotto's server listens on ${server.url} (this machine only).`);
  const ending = await Promise.race([demonstrate(telemetry, server.url, command.folder), interrupted]);
  if (ending === 'interrupted') return 130;
  if (command.stay) await stay(server.url);
  return 0;
}

/** What was asked for. */
interface Command {
  readonly folder: string;
  /** Keep the server of the search, and show nothing after it. */
  readonly stay: boolean;
  /** Both unless given. */
  readonly only: 'search' | 'installation' | undefined;
}

function parseCommand(args: string[]): Command | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { stay: { type: 'boolean' }, only: { type: 'string' } },
    });
    const folder = positionals[0] ?? fileURLToPath(new URL('..', import.meta.url));
    const { stay = false, only = stay ? 'search' : undefined } = values;
    if (positionals.length > 1 || !isPart(only)) return undefined;
    return { folder, stay, only };
  } catch {
    return undefined;
  }
}

function isPart(text: string | undefined): text is Command['only'] {
  return text === undefined || text === 'search' || text === 'installation';
}

function mistake(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}

async function demonstrate(telemetry: SearchTelemetry, url: string, folder: string): Promise<void> {
  if (!telemetry.enabled) {
    explainOff(telemetry);
    return;
  }
  const session = await openSearchSession(folder, telemetry);
  const { statistics, root } = session.index;
  say(`Indexed ${statistics.totalFiles} files of ${root}; this session ranks by ${session.ranking}.\n`);

  const responses = QUERIES.map((query) => session.search(query));
  for (const { query, summary } of responses) say(`  ${query}\n    ${summary}`);
  await session.close();

  const reader = createReader(url);
  await showOneSearch(responses[0] as SearchResponse, reader);
  say(`\nWhat arrived at the server, read back from ${url}:\n`);
  await showWhatArrived(reader);
  showLosses(telemetry);
}

async function showOneSearch(response: SearchResponse, reader: Reader): Promise<void> {
  const [arrived] = await reader.events('code_search_search');
  const { matches, ...rest } = response;
  const held = { ...rest, matches: matches.slice(0, 2), moreMatches: Math.max(0, matches.length - 2) };
  const width = process.stdout.columns ?? 120;
  say('\nOne search, before and after the door:\n');
  say(
    besideEachOther(
      { title: 'as the tool held it', text: JSON.stringify(held, null, 2) },
      { title: 'the bytes that left', text: JSON.stringify(arrived?.properties, null, 2) },
      width,
    ),
  );
}

async function showWhatArrived(reader: Reader): Promise<void> {
  const { total, byEvent } = await reader.counts();
  for (const [event, count] of Object.entries(byEvent)) say(`  ${String(count).padStart(3)}  ${event}`);
  say(`  ${String(total).padStart(3)}  in total`);
  for (const { properties } of await reader.events('$feature_flag_called')) {
    say(`\nFlag exposure: ${properties.$feature_flag} = ${properties.$feature_flag_response}`);
  }
  const [session] = await reader.events('code_search_session');
  say(`\nThe session as it left:\n\n${JSON.stringify(session?.properties, null, 2)}`);
}

function showLosses(telemetry: SearchTelemetry): void {
  const { sent, pending, dropped } = telemetry.status();
  say(`\nThe client's own count: ${sent} sent, ${pending} waiting, dropped: ${JSON.stringify(dropped)}`);
}

function explainOff(telemetry: SearchTelemetry): void {
  const { why } = telemetry.status();
  say(`\nTelemetry is off, so nothing was recorded and nothing left: ${why.message}\n${why.fix}`);
}

async function stay(url: string): Promise<void> {
  say(`\nThe server stays up until Ctrl-C: ${url}/events, ${url}/events/counts, ${url}/health`);
  await interrupted;
}
