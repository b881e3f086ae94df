import { TelemetryError } from '../../internal/index.js';
import type { OrgRepository, OrgState } from '../db/contract.js';

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
