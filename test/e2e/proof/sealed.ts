import { spawnSync } from 'node:child_process';

const COUNT_AFTERWARDS = '"$@"; status=$?; cat /proc/net/snmp /proc/net/snmp6 >&4; exit $status';

/**
 * A command that runs a program on a network of its own which leads nowhere, and then writes what the kernel counted there
 * to descriptor 4: not even a packet that a patched or native library tried to send is missed.
 *
 * @param asNobody - whether the program runs without the rights of root
 * @returns empty, so that the program runs without this, where the kernel allows no such thing: in most containers
 */
export function sealedOff(asNobody = false): readonly string[] {
  const flags = process.getuid?.() === 0 && !asNobody ? ['--net'] : ['--user', '--map-current-user', '--net'];
  return canSealOff ? ['unshare', ...flags, 'sh', '-c', COUNT_AFTERWARDS, 'sh'] : [];
}

export const canSealOff =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--user', '--map-current-user', '--net', 'cat', '/proc/net/snmp', '/proc/net/snmp6'])
    .status === 0;

/** Packets that were to be sent, of either protocol, whether there was a way to send them or not. */
export function countPackets(counters: string): number {
  const [names, values] = [...counters.matchAll(/^Ip: (.*)$/gm)].map(([, line = '']) => line.split(' '));
  const version4 = ['OutRequests', 'OutNoRoutes'].map((name) => Number(values?.[names?.indexOf(name) ?? -1]));
  const version6 = [...counters.matchAll(/^Ip6Out(?:Requests|NoRoutes)\s+(\d+)$/gm)].map(([, n]) =>
    Number(n),
  );
  return [...version4, ...version6].reduce((sum, count) => sum + count, 0);
}
