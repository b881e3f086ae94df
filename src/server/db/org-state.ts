import { TelemetryError } from '../../internal/index.js';
import type { OrgRepository, OrgState } from './contract.js';

/** @throws {TelemetryError} `ORG_NOT_FOUND`, and what the repository throws */
export async function readState(orgs: Pick<OrgRepository, 'read'>, orgId: string): Promise<OrgState> {
  const state = await orgs.read(orgId);
  if (state) return state;
  throw unknownOrg();
}

export function unknownOrg(): TelemetryError {
  return new TelemetryError(
    'ORG_NOT_FOUND',
    'The organisation is not known here. Its operator makes it known with `sotto org token create`.',
  );
}

/** Whether runs of an organisation are counted now: a stop of the operator wins, then its own answer, then the default. Pure. */
export function isCounted({ stoppedAt, answer }: OrgState, enabledByDefault: boolean): boolean {
  return stoppedAt === undefined && (answer?.telemetryEnabled ?? enabledByDefault);
}
