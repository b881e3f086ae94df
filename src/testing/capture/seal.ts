/** Ports on which programs expect servers, and on which a sealed capture listens. */
export const CAPTURED_PORTS = [80, 443, 3000, 4317, 4318, 8000, 8080, 8443] as const;
export const NAME_PORT = 53;

/** Names are given addresses of a range that is set aside for tests: RFC 2544. */
const OWN_ADDRESS = '198.18.0.1';
export const addressOfName = (index: number): readonly number[] => {
  const at = index + 2;
  return [198, 18 + ((at >> 16) & 1), (at >> 8) & 0xff, at & 0xff];
};

/**
 * The commands that make a network on which every address is this machine. What goes to a port on which a capture listens arrives there,
 * whatever its address; what goes elsewhere outside is refused by the kernel, which counts it. Programs talk to themselves as ever.
 */
function networkScript(): string {
  return [
    'set -e',
    'ip link set lo up',
    `ip addr add ${OWN_ADDRESS}/32 dev lo`,
    ...familyLines('-4', '0.0.0.0/0', ['127.0.0.0/8', `${OWN_ADDRESS}/32`]),
    // A machine may have only one of the two.
    'if [ -e /proc/net/if_inet6 ]; then',
    ...familyLines('-6', '::/0', ['::1/128']),
    'fi',
  ].join('\n');
}

function familyLines(family: string, all: string, own: readonly string[]): readonly string[] {
  const rule = (rank: number, what: string) => `ip ${family} rule add pref ${rank} ${what}`;
  const both = (protocol: string, port: number) =>
    ['dport', 'sport'].map((side) => rule(10, `ipproto ${protocol} ${side} ${port} lookup local`));
  return [
    `ip ${family} route add local ${all} dev lo table local`,
    ...both('udp', NAME_PORT),
    ...[NAME_PORT, ...CAPTURED_PORTS].flatMap((port) => both('tcp', port)),
    ...own.map((address) => rule(20, `to ${address} lookup local`)),
    rule(30, 'unreachable'),
    `ip ${family} rule del pref 0`,
  ];
}

/** How a program comes to a network, and to names, of its own. */
export interface Seal {
  readonly isRoot: boolean;
  readonly names: SealedNames | undefined;
}

export interface SealedNames {
  /** Of the machine. */
  readonly host: string;
  /** A file that stands in the place of the list of accounts. */
  readonly accounts: string;
}

/** What stands before the program of a sealed capture, so that it runs on a network of its own. */
export function sealedCommand({ isRoot, names }: Seal): readonly string[] {
  const user = isRoot ? [] : ['--user', '--map-current-user', '--keep-caps'];
  const naming = names ? ['hostname "$1"', `mount --bind "$2" ${ACCOUNTS} || true`, ...HIDE_RESOLVERS] : [];
  const script = [networkScript(), ...naming, 'shift 2', 'exec "$@"'].join('\n');
  const spaces = names ? ['--uts', '--mount'] : [];
  const { host = '', accounts = '' } = names ?? {};
  return ['unshare', ...user, '--net', ...spaces, 'sh', '-c', script, 'sh', host, accounts];
}

/** What stands before a command, so that it runs on the network of a process. */
export function joiningCommand({ isRoot, names }: Seal, pid: number): readonly string[] {
  const space = (option: string, file = option) => `--${option}=/proc/${pid}/ns/${file}`;
  const user = isRoot ? [] : ['--preserve-credentials', space('user')];
  const nsenter = ['nsenter', ...user, space('net')];
  if (!names) return nsenter;
  const command = [...nsenter, space('uts'), space('mount', 'mnt')].join(' ');
  // Who comes to another list of files stands at its root: it goes back to where it was.
  return ['sh', '-c', `exec ${command} sh -c 'cd "$0" && exec "$@"' "$(pwd)" "$@"`, 'sh'];
}

export const ACCOUNTS = '/etc/passwd';

/** Where services listen that look up names for others: from a network of one's own they are reached all the same. */
export const RESOLVER_SOCKETS = [
  '/run/nscd/socket',
  '/run/systemd/resolve/io.systemd.Resolve',
  '/run/avahi-daemon/socket',
] as const;

/** Without them programs ask a name server. */
const HIDE_RESOLVERS = RESOLVER_SOCKETS.map((path) => {
  const folder = path.slice(0, path.lastIndexOf('/'));
  return `[ ! -e ${path} ] || mount -t tmpfs none ${folder} || true`;
});

/** The list of accounts in which one is called otherwise. */
export function renameAccount(accounts: string, uid: number, name: string): string {
  const isMeant = (line: string) => line.split(':')[2] === String(uid);
  const renamed = (line: string) => [name, ...line.split(':').slice(1)].join(':');
  return accounts
    .split('\n')
    .map((line) => (isMeant(line) ? renamed(line) : line))
    .join('\n');
}

/**
 * How often the kernel found no way for what a program wanted to send.
 *
 * @param files - `/proc/net/snmp` and `/proc/net/snmp6`, one after the other
 */
export function countRefused(files: string): number {
  const [names = [], values = []] = [...files.matchAll(/^Ip: (.*)$/gm)].map(([, line = '']) =>
    line.split(' '),
  );
  const version4 = values[names.indexOf('OutNoRoutes')] ?? '0';
  const version6 = /^Ip6OutNoRoutes\s+(\d+)$/m.exec(files)?.[1] ?? '0';
  return Number(version4) + Number(version6);
}
