/**
 * Shows the whole way through: a real tool, its events, the server they arrive at. `npm start [-- <folder>] [--stay]`
 *
 * Nothing printed here is written by hand: the left side is the tool's own object, the right side and every count are
 * read back from the server over HTTP.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { startIngestServer } from 'sotto/server';
import { FolderError, type SearchResponse } from './code-search/index.js';
import { openSearchSession } from './code-search/session.js';
import { createSearchTelemetry, type SearchTelemetry } from './code-search/telemetry.js';
import { besideEachOther } from './support/columns.js';
import { createReader } from './support/read-back.js';

const QUERIES = [
  'where does the user say yes or no to telemetry?',
  'fix retry after a server error',
  'ConfigError',
  'test that a secret never leaves',
  'how is the index built?',
];

const ARGUMENTS = {
  allowPositionals: true,
  options: { stay: { type: 'boolean', default: false } },
} satisfies ParseArgsConfig;

const say = (text = '') => process.stdout.write(`${text}\n`);

const { values, positionals } = parseArgs(ARGUMENTS);
const folder = positionals[0] ?? fileURLToPath(new URL('..', import.meta.url));

// The server of the demonstration: PostHog's wire on loopback, a flag that is split in two halves.
const server = await startIngestServer({
  flags: [
    {
      key: 'new_reranker',
      variants: [
        { key: 'control', rollout_percentage: 50 },
        { key: 'test', rollout_percentage: 50 },
      ],
    },
  ],
});
// Ids and secrets of a demonstration are nobody's: they go when it ends.
const directory = await mkdtemp(join(tmpdir(), 'sotto-start-'));
const telemetry = createSearchTelemetry({
  consent: 'given',
  posthog: { key: 'phc_demonstration', host: server.url },
  store: { directory },
});

try {
  say(`Sotto's server listens on ${server.url} (this machine only).`);
  if (telemetry.enabled) await demonstrate(telemetry);
  else explainOff(telemetry);
  if (values.stay) await stay();
} catch (error) {
  if (!(error instanceof FolderError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
} finally {
  await telemetry.shutdown();
  await server.close();
  await rm(directory, { recursive: true, force: true });
}

async function demonstrate(telemetry: SearchTelemetry): Promise<void> {
  const session = await openSearchSession(folder, telemetry);
  const { statistics, root } = session.index;
  say(`Indexed ${statistics.totalFiles} files of ${root}; this session ranks by ${session.ranking}.\n`);

  const responses = QUERIES.map((query) => session.search(query));
  for (const { query, summary } of responses) say(`  ${query}\n    ${summary}`);
  await session.close();

  await showOneSearch(responses[0] as SearchResponse);
  await showWhatArrived();
  showLosses(telemetry);
}

async function showOneSearch(response: SearchResponse): Promise<void> {
  const [arrived] = await createReader(server.url).events('code_search_search');
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

async function showWhatArrived(): Promise<void> {
  const reader = createReader(server.url);
  const { total, byEvent } = await reader.counts();
  say(`\nWhat arrived at the server, read back from ${server.url}:\n`);
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

async function stay(): Promise<void> {
  say(
    `\nThe server stays up until Ctrl-C: ${server.url}/events, ${server.url}/events/counts, ${server.url}/health`,
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
