import { runProgram } from '../lib/program.mjs';
import { summarizePairs } from '../lib/statistics.mjs';

const POSTGRES_URL = process.env.SOTTO_TEST_POSTGRES_URL ?? 'postgresql://root@127.0.0.1:5432/postgres';

/** What an event costs on its way over HTTP into a database, beside a bare COPY of the same events into a table without a key. */
export async function* measureIngest({ dist, isQuick }) {
  const sizes = { pairs: isQuick ? 2 : 7, batches: isQuick ? 20 : 60 };
  const measure = async (options) => {
    const { result } = await runProgram('ingest.mjs', [
      { dist, ...sizes, postgresUrl: POSTGRES_URL, stream: false, ...options },
    ]);
    return { unit: 'µs', ...summarizePairs(result) };
  };
  const limit = (atMost) => ({ limit: { of: 'ratio', atMost } });
  yield { subject: 'an event into PostgreSQL', ...(await measure({ kind: 'postgresql' })), ...limit(6) };
  const streamed = await measure({ kind: 'postgresql', stream: true });
  yield { subject: 'an event through the stream into PostgreSQL', ...streamed, ...limit(10) };
  yield {
    subject: 'an event into the embedded database',
    ...(await measure({ kind: 'pglite' })),
    ...limit(12),
  };
}
