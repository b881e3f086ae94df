import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Authority } from './certificate.js';
import { type ConnectionRecord, createRecord, MISSED, toSeen } from './connection-record.js';
import type { Conduct, Seen } from './contract.js';
import { acceptConnection } from './listener.js';
import { createNameServer, type NameServer } from './name-server.js';
import { addressOfName, CAPTURED_PORTS, countRefused, NAME_PORT } from './seal.js';
import { type Probe, withoutProbes } from './without-probes.js';

/** How long a program that has ended may take to let go of its connections, and how often that is looked at. */
const LET_GO_MS = 500;
const LOOK_EVERY_MS = 10;
const PROBED_ADDRESS = '127.0.0.1';

/** Everything outside of the machine, in the process that plays it. */
export interface Outside {
  /** That of a proxy, and of the app's own server. */
  readonly port: number;
  seen(): Promise<Seen>;
  begin(conduct: Conduct): Promise<void>;
}

export interface OutsideOptions {
  readonly isSealed: boolean;
  /** Whether nobody else looks up names here. */
  readonly seesLookups: boolean;
  readonly authority: Authority;
}

/** Listen as everybody whom a program could reach. */
export async function startOutside({ isSealed, seesLookups, authority }: OutsideOptions): Promise<Outside> {
  let conduct: Conduct = 'answer';
  let records: ConnectionRecord[] = [];
  const sockets = new Set<Socket>();
  const names = isSealed ? createNameServer(addressOfName) : undefined;
  const onConnection = (socket: Socket) => {
    const record = createRecord(targetOf(socket, names), socket.remotePort);
    records.push(record);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    acceptConnection(socket, record, { authority, conduct: () => conduct });
  };
  const host = isSealed ? '::' : '127.0.0.1';
  const servers = await openServers(isSealed ? [...CAPTURED_PORTS, NAME_PORT] : [0], host, onConnection);
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  if (names) await bindNames(names);
  let refusedBefore = isSealed ? readRefused() : 0;

  return {
    port: ports[0] ?? 0,
    async seen() {
      const known = records.length;
      const probes = await probeAll(servers, names);
      records = withoutProbes(records, known, probes);
      await letGo(records);
      const missed = isSealed ? readRefused() - refusedBefore : 0;
      return {
        connections: [...records.map(toSeen), ...Array.from({ length: missed }, () => MISSED)],
        lookups: seesLookups ? names && [...names.questions] : undefined,
      };
    },
    async begin(next) {
      conduct = next;
      for (const socket of sockets) socket.destroy();
      records = [];
      names?.forget();
      await (next === 'refuse' ? closeAll(servers) : listenAll(servers, ports, host));
      if (isSealed) refusedBefore = readRefused();
    },
  };
}

/** Where a program thinks that it is connected to. */
function targetOf({ localAddress = '', localPort = 0 }: Socket, names: NameServer | undefined): string {
  const address = localAddress.replace(/^::ffff:/, '');
  const host = names?.nameOf(address) ?? (address.includes(':') ? `[${address}]` : address);
  return `${host}:${localPort}`;
}

const readRefused = () =>
  countRefused(['snmp', 'snmp6'].map((name) => readFileSync(`/proc/net/${name}`, 'utf8')).join('\n'));

async function openServers(
  ports: readonly number[],
  host: string,
  onConnection: (socket: Socket) => void,
): Promise<readonly Server[]> {
  const servers = ports.map(() => createServer({ allowHalfOpen: true }, onConnection));
  await listenAll(servers, ports, host);
  return servers;
}

async function listenAll(servers: readonly Server[], ports: readonly number[], host: string): Promise<void> {
  const closed = servers.flatMap((server, at) =>
    server.listening ? [] : [{ server, port: ports[at] ?? 0 }],
  );
  await Promise.all(closed.map(({ server, port }) => once(server.listen(port, host), 'listening')));
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  const open = servers.filter(({ listening }) => listening);
  await Promise.all(open.map((server) => once(server.close(), 'close')));
}

async function bindNames({ socket }: NameServer): Promise<void> {
  socket.bind(NAME_PORT, '::');
  await once(socket, 'listening');
}

/**
 * Wait until what programs said has begun to arrive: connections are taken in the order in which they came, so that once one of our own
 * was, all before it were.
 *
 * @returns our own
 */
async function probeAll(
  servers: readonly Server[],
  names: NameServer | undefined,
): Promise<readonly Probe[]> {
  const open = servers.filter(({ listening }) => listening);
  const [probes] = await Promise.all([Promise.all(open.map(probe)), names && probeNames(names)]);
  return probes;
}

async function probe(server: Server): Promise<Probe> {
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: PROBED_ADDRESS });
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  const { localPort = 0 } = socket;
  socket.resume().end();
  await closed;
  return { fromPort: localPort, target: `${PROBED_ADDRESS}:${port}` };
}

/** Wait until all that was said is read: the kernel keeps it for programs that have ended, and then tells their end. */
async function letGo(records: readonly ConnectionRecord[]): Promise<void> {
  const untilMs = performance.now() + LET_GO_MS;
  while (records.some(({ isOpen }) => isOpen) && performance.now() < untilMs) await sleep(LOOK_EVERY_MS);
}

async function probeNames({ socket, forget }: NameServer): Promise<void> {
  const asking = createSocket('udp4');
  const mark = `probe ${Math.random()}`.slice(0, 11);
  const arrived = new Promise<void>((resolve) => {
    const onMessage = (message: Buffer) => {
      if (message.toString() !== mark) return;
      socket.off('message', onMessage);
      forget(mark);
      resolve();
    };
    socket.on('message', onMessage);
  });
  asking.send(mark, NAME_PORT, '127.0.0.1');
  await arrived;
  asking.close();
}
