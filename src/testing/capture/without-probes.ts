import type { ConnectionRecord } from './connection-record.js';

/** A connection of our own. */
export type Probe = Pick<ConnectionRecord, 'fromPort' | 'target'>;

/**
 * The connections of programs.
 *
 * @param known - how many were there before the probes: a port is given to one after the other, so any of those may have come from the
 *   port of a probe
 */
export function withoutProbes<Record extends Probe>(
  records: readonly Record[],
  known: number,
  probes: readonly Probe[],
): Record[] {
  const isProbe = ({ fromPort, target }: Probe) =>
    probes.some((probe) => probe.fromPort === fromPort && probe.target === target);
  return records.filter((record, at) => at < known || !isProbe(record));
}
