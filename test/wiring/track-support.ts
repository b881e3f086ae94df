import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'vitest';
import { type Listening, listen, trackable } from '../unit/client/track/support.js';

/** A server of some framework on loopback, and how to end it: every answer is over by then. */
export interface Served {
  readonly port: number;
  close(): Promise<unknown>;
}

export type Serve = (telemetry: ReturnType<typeof trackable>) => Promise<Served>;

/** Ask for each path in turn, with or without telemetry. @returns the answers as the client saw them */
export async function answersOf(
  serve: Serve,
  paths: readonly string[],
  { enabled }: { readonly enabled: boolean },
) {
  const listening = listen();
  const served = await serve(Object.assign(trackable(listening), { enabled }));
  const answers: object[] = [];
  for (const path of paths) {
    const [method = 'GET', address = path] = path.includes(' ') ? path.split(' ') : ['GET', path];
    const response = await fetch(`http://127.0.0.1:${served.port}${address}`, { method, redirect: 'manual' });
    const headers = Object.fromEntries(response.headers);
    delete headers.date;
    answers.push({ status: response.status, headers, body: await response.text() });
  }
  await served.close();
  return { answers, listening };
}

/** Ask for a path that streams, and hang up when its first bytes are there. @returns what is recorded then */
export async function hangUp(serve: Serve, path: string) {
  let listening: Listening | undefined;
  const recorded = new Promise<void>((resolve) => {
    listening = listen(resolve);
  });
  const served = await serve(trackable(listening as unknown as Listening));
  const socket = connect(served.port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await once(socket, 'data');
  socket.destroy();
  await recorded;
  await served.close();
  return listening as unknown as Listening;
}

/** Each request to its route, told as method, template and status. */
export type Told = readonly [path: string, told: string];

/** The answers are those of the same server without telemetry, and every request is told once. */
export async function expectTold(serve: Serve, table: readonly Told[]): Promise<void> {
  const paths = table.map(([path]) => path);
  const tracked = await answersOf(serve, paths, { enabled: true });
  const untracked = await answersOf(serve, paths, { enabled: false });
  expect(tracked.answers).toEqual(untracked.answers);
  const { events, metrics } = tracked.listening;
  const told = events.map(([, properties]) => {
    const { method, endpoint, status } = properties as Record<string, unknown>;
    return `${method} ${endpoint} ${status}`;
  });
  expect(told).toEqual(table.map(([, request]) => request));
  expect(metrics).toHaveLength(table.length);
  expect([untracked.listening.events, untracked.listening.metrics]).toEqual([[], []]);
}
