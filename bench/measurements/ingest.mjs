import { ratioAtLeast, toFigure } from '../lib/figure.mjs';
import { POSTGRES_URL } from '../lib/postgres.mjs';
import { runProgram } from '../lib/program.mjs';

const WAYS = [
  { name: 'into PostgreSQL', kind: 'postgresql', atLeast: 1 / 4 },
  { name: 'through a stream into PostgreSQL', kind: 'postgresql', stream: true, atLeast: 1 / 10 },
  { name: 'into the embedded database', kind: 'pglite', atLeast: 1 / 12 },
];

/** Events over HTTP into a database, beside a bare COPY of the same events into a table without a key. */
export async function* measureIngest({ dist, isQuick }) {
  const sizes = isQuick ? { rounds: 2, batches: 20 } : { rounds: 7, batches: 60 };
  for (const { name, atLeast, stream = false, ...way } of WAYS) {
    const args = { dist, ...sizes, postgresUrl: POSTGRES_URL, stream, ...way };
    const { result } = await runProgram('ingest.mjs', [args]);
    yield toFigure({ name, unit: 'events/s', goals: [ratioAtLeast(atLeast, 'COPY')] }, result);
  }
}
