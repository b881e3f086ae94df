import { bool, oneOf, pattern, plain } from '../privacy/index.js';
import { declareFieldsLate } from './declare-late.js';

/** What this machine is, read from the system. None of it leaves as it is. */
export interface SystemFacts {
  /** As `os.platform()` says: `linux`, `darwin`, `win32`… */
  readonly platform: string;
  /** As `os.release()` says: `6.1.0-18-amd64`. */
  readonly release: string;
  /** As `os.arch()` says. */
  readonly arch: string;
  /** As `process.versions.node` says: `20.20.2`. */
  readonly nodeVersion: string;
  readonly cpuCount: number;
  readonly memoryBytes: number;
  readonly isCi: boolean;
}

const CPU_BUCKETS = ['1', '2', '3-4', '5-8', '9-16', '17+'] as const;
const MEMORY_BUCKETS = ['0-2', '3-4', '5-8', '9-16', '17-32', '33-64', '65+'] as const;
const GIBIBYTE = 1_073_741_824;

const OS_TYPES = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
  freebsd: 'freebsd',
  openbsd: 'openbsd',
} as const;
const SUPPORT = 'deciding which systems to support';
const SPEED = 'telling a slow program from a small machine';

/**
 * What every event says of the machine: coarse and closed, under OpenTelemetry's names where it has them.
 *
 * Can this identify someone? Taken together it divides the world's machines into a few thousand kinds; no exact
 * version, size, host name or address is in it.
 */
export class EventContext {
  osType!: string;
  osVersion: string | undefined;
  arch!: string;
  nodeVersion: string | undefined;
  cpuCount!: (typeof CPU_BUCKETS)[number];
  memoryGib!: (typeof MEMORY_BUCKETS)[number];
  isCi!: boolean;
}

declareFieldsLate(EventContext, () => {
  const majorVersion = pattern(/^\d{1,3}$/);
  return {
    osType: plain(oneOf(...Object.values(OS_TYPES)).or('other'), { as: 'os.type', purpose: SUPPORT }),
    osVersion: plain(majorVersion, { as: 'os.version', purpose: SUPPORT }),
    arch: plain(oneOf('x64', 'arm64', 'arm', 'ia32', 'riscv64').or('other'), {
      as: 'host.arch',
      purpose: SUPPORT,
    }),
    nodeVersion: plain(majorVersion, {
      as: 'process.runtime.version',
      purpose: 'deciding which versions of Node.js to support',
    }),
    cpuCount: plain(oneOf(...CPU_BUCKETS), { as: 'host.cpu_count', purpose: SPEED }),
    memoryGib: plain(oneOf(...MEMORY_BUCKETS), { as: 'host.memory_gib', purpose: SPEED }),
    isCi: plain(bool(), { as: 'ci', purpose: 'telling build servers from people' }),
  };
});

/** Facts → context. Pure. */
export function toEventContext(facts: SystemFacts): EventContext {
  return Object.assign(new EventContext(), {
    osType: Object.hasOwn(OS_TYPES, facts.platform)
      ? OS_TYPES[facts.platform as keyof typeof OS_TYPES]
      : 'other',
    osVersion: majorOf(facts.release),
    arch: facts.arch,
    nodeVersion: majorOf(facts.nodeVersion),
    cpuCount: bucketOf(facts.cpuCount, CPU_BUCKETS),
    memoryGib: bucketOf(Math.round(facts.memoryBytes / GIBIBYTE), MEMORY_BUCKETS),
    isCi: facts.isCi,
  });
}

const majorOf = (release: string) => /^\d+/.exec(release)?.[0];

/** The bucket whose upper end is the first not below the value; the last bucket is open. */
function bucketOf<Bucket extends string>(value: number, buckets: readonly Bucket[]): Bucket {
  const bucket = buckets.find((label) => value <= Number(label.split('-').at(-1)));
  return bucket ?? (buckets.at(-1) as Bucket);
}
