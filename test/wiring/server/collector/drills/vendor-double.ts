import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as its bytes arrived. */
export interface Arrived {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Answers one request in place of the rule. `accept` does what the rule does, and leaves the answer out. */
export type Script = (response: ServerResponse, accept: () => void) => unknown;

/** A report that was accepted. */
export interface Accepted {
  readonly kind: 'heartbeat' | 'daily';
  readonly key: string;
  readonly revision: string;
  /** Of a daily report. */
  readonly date: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The vendor service's rules over a real socket: one acceptance per key, and one per customer, day and revision. */
export interface VendorDouble extends AsyncDisposable {
  readonly url: string;
  /** Every request, accepted or not. */
  readonly arrived: readonly Arrived[];
  readonly accepted: readonly Accepted[];
  arrivedAt(path: Path): readonly Arrived[];
  acceptedOf(kind: Accepted['kind']): readonly Accepted[];
  /** Reports that came: heartbeats and daily ones. */
  reports(): readonly Arrived[];
  /** Answer so at a path until told otherwise; the rule again without one. */
  answerWith(path: Path, script: Script | undefined): void;
  /** Resolves when so many requests have come at a path. */
  untilArrived(path: Path, count: number): Promise<void>;
  close(): Promise<void>;
}

export type Path = '/validate-license' | '/telemetry/heartbeat' | '/telemetry/analytics';

export const LICENSE_KEY = 'key-of-the-drills-0123456789';
const LICENSE = {
  valid: true,
  customer_id: 'acme',
  customer_name: 'Acme Corp',
  entitlements: { max_teams: -1, max_runs_per_month: -1, features: [] },
  expires_at: null,
  warnings: [],
};

export async function startVendorDouble(): Promise<VendorDouble> {
  const arrived: Arrived[] = [];
  const accepted: Accepted[] = [];
  const scripts = new Map<string, Script>();
  const sockets = new Set<Socket>();
  const waiting: (() => void)[] = [];

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      const path = request.url ?? '';
      const one = { path, headers: request.headers, text: Buffer.concat(chunks).toString() };
      arrived.push(one);
      const script = scripts.get(path);
      if (script) script(response, () => receive(one));
      else answerJson(response, ...receive(one));
      for (const wake of waiting.splice(0)) wake();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });

  function receive({ path, headers, text }: Arrived): [status: number, body: unknown] {
    if (headers.authorization !== `Bearer ${LICENSE_KEY}`) return [401, {}];
    if (path === '/validate-license') return [200, LICENSE];
    const body = JSON.parse(text) as Accepted['body'];
    const report: Accepted = {
      kind: path === '/telemetry/analytics' ? 'daily' : 'heartbeat',
      key: String(headers['idempotency-key']),
      revision: String(headers['sotto-report-revision']),
      date: body.date as string | undefined,
      body,
    };
    if (accepted.some(({ key }) => key === report.key)) return [200, { status: 'duplicate', warnings: [] }];
    const isTaken = accepted.some(
      ({ kind, date, revision }) => kind === 'daily' && date === report.date && revision === report.revision,
    );
    if (report.kind === 'daily' && isTaken) return [409, { code: 'REPORT_REVISION' }];
    accepted.push(report);
    return [200, { status: 'accepted', warnings: [] }];
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const arrivedAt = (path: Path) => arrived.filter((one) => one.path === path);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    accepted,
    arrivedAt,
    acceptedOf: (kind) => accepted.filter((report) => report.kind === kind),
    reports: () => arrived.filter(({ path }) => path.startsWith('/telemetry/')),
    answerWith(path, script) {
      if (script) scripts.set(path, script);
      else scripts.delete(path);
    },
    async untilArrived(path, count) {
      while (arrivedAt(path).length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
