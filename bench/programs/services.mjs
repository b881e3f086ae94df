/**
 * An organisation's setting over HTTP, on the embedded database, beside a look whether that database answers, in turns. Prints
 * microseconds per call.
 */
import { Agent, request } from 'node:http';
import { finish, programArguments } from '../lib/child.mjs';
import { SOTTO } from '../lib/figure.mjs';
import { measureRounds } from '../lib/rounds.mjs';

const [{ dist, rounds, calls }] = programArguments();
const { openOperator, startServer } = await import(new URL('server/index.js', dist).href);

const services = { dataDirectory: process.cwd(), databaseUrl: undefined };
const server = await startServer({ roles: ['orgs'], port: 0, services });
const operator = await openOperator(services);
const wish = { orgId: 'extend', teamNodeId: null, scope: 'admin', expiresAtMs: null };
const { text } = await operator.perform({ command: 'create_token', ...wish });

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const PATH = '/api/v1/config/me/org-settings';
const headers = { authorization: `Bearer ${text}`, 'content-type': 'application/json' };
let answer = true;

function exchange(options, body) {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: server.port, agent, ...options }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The server answered ${response.statusCode}.`));
      response.resume().once('end', resolve);
    });
    outgoing.once('error', reject).end(body);
  });
}

const STEPS = {
  read: () => exchange({ path: PATH, headers }),
  change: () => {
    answer = !answer;
    return exchange({ method: 'PUT', path: PATH, headers }, JSON.stringify({ telemetry_enabled: answer }));
  },
  ready: () => exchange({ path: '/ready' }),
};

async function time(step) {
  const startedAt = process.hrtime.bigint();
  for (let call = 0; call < calls; call += 1) await step();
  return Number(process.hrtime.bigint() - startedAt) / 1_000 / calls;
}

const WARM_UP_ROUNDS = 3;

async function measure(count) {
  const beside = (step) =>
    measureRounds(count, { [SOTTO]: () => time(step), 'a look at the database': () => time(STEPS.ready) });
  return { read: await beside(STEPS.read), change: await beside(STEPS.change) };
}

await measure(WARM_UP_ROUNDS);
finish(await measure(rounds));
