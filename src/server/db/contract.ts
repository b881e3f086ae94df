import type { EventStore } from '../wire/index.js';
import type { SendLedger } from './collector/send-ledger.js';
import type { EntitlementRepository } from './entitlements/entitlement-repository.js';
import type { EventUpkeep } from './events/event-upkeep.js';
import type { ReportRepository } from './reports/report-repository.js';
import type { RunRepository } from './runs/run-repository.js';
import type { LicenseRepository } from './vendor/license-repository.js';
import type { ReceivedReports } from './vendor/received-reports.js';
import type { ReportReadings } from './vendor/report-readings.js';
import type { RequestLimits } from './vendor/request-limits.js';
import type { ReportUpkeep } from './vendor/upkeep.js';

/**
 * What the services keep. A call rejects with a `RepositoryError` that names no value: `DATABASE_UNAVAILABLE`, `DATABASE_FAILED`, or
 * `REQUEST_INVALID` for a text that it cannot keep. What no argument may be is refused with another `TelemetryError`:
 * `REQUEST_INVALID` for a cursor, `OPTION_INVALID` for a day or a size of groups.
 */
export interface Database extends AsyncDisposable {
  /** `pglite`: embedded, in a directory of this process alone. `postgresql`: a server. */
  readonly kind: 'pglite' | 'postgresql';
  readonly orgs: OrgRepository;
  readonly tokens: OrgTokenRepository;
  readonly events: EventStore;
  readonly eventUpkeep: EventUpkeep;
  readonly reports: ReportRepository;
  readonly runs: RunRepository;
  readonly sends: SendLedger;
  readonly entitlements: EntitlementRepository;
  readonly licenses: LicenseRepository;
  readonly received: ReceivedReports;
  readonly reportReadings: ReportReadings;
  readonly reportUpkeep: ReportUpkeep;
  readonly requestLimits: RequestLimits;
  /** Resolves when the database answers. @throws {RepositoryError} `DATABASE_UNAVAILABLE` */
  ping(): Promise<void>;
  /** May be called twice. */
  close(): Promise<void>;
}

/** An organisation's own answer, as it stands in `org_settings`. */
export interface OrgAnswer {
  readonly telemetryEnabled: boolean;
  /** ISO 8601, UTC, in microseconds. */
  readonly updatedAt: string;
  readonly updatedBy: string | null;
  /** Starts at 1 and grows with every change of the answer. */
  readonly version: number;
}

/** Everything that decides whether an organisation is counted. */
export interface OrgState {
  readonly orgId: string;
  /** Undefined while it has given none. */
  readonly answer: OrgAnswer | undefined;
  /** When the operator stopped telemetry for every organisation; undefined while that is not so. */
  readonly stoppedAt: string | undefined;
}

export interface OrgChange {
  readonly orgId: string;
  readonly telemetryEnabled: boolean;
  /** Who, as the audit shows it: a team, or `operator`. 1 to 128 characters. */
  readonly actor: string;
  /** Change only this version of the answer; 0 for none yet. Any unless given. */
  readonly expectedVersion?: number | undefined;
}

export type ChangeResult =
  /** `changed` is false when the answer was the same already: then nothing was written. */
  | { readonly status: 'kept'; readonly changed: boolean; readonly state: OrgState }
  /** The answer is of another version. */
  | { readonly status: 'stale'; readonly state: OrgState }
  /** A yes, while the operator has stopped telemetry. */
  | { readonly status: 'stopped'; readonly state: OrgState }
  | { readonly status: 'unknown_org' };

/** One line of the history, newest first. A stop of every organisation stands in the history of each. */
export interface AuditEntry {
  /** ISO 8601, UTC, in microseconds. */
  readonly changedAt: string;
  /** A team, `operator`, or `sql:<role>` for what was written past the service. */
  readonly changedBy: string;
  readonly appliesTo: 'org' | 'all';
  readonly oldValue: boolean | null;
  readonly newValue: boolean | null;
}

export interface OrgRepository {
  /** Make an organisation, and a team of it, known. What is known already stays as it is. */
  register(orgId: string, teamNodeId?: string): Promise<void>;
  /** @returns undefined for an organisation that is not known, or is no more. Writes nothing. */
  read(orgId: string): Promise<OrgState | undefined>;
  /** Of all that are known, by id. */
  list(): Promise<readonly OrgState[]>;
  change(change: OrgChange): Promise<ChangeResult>;
  history(orgId: string, limit: number): Promise<readonly AuditEntry[]>;
  /** Stop telemetry for every organisation, known or not. @returns false when it was stopped already */
  stopAll(actor: string): Promise<boolean>;
  /** Lift the stop: each organisation's own answer, or the default, counts again. @returns false when there was none */
  resumeAll(actor: string): Promise<boolean>;
  /** @returns when it was stopped; undefined while it is not */
  readStop(): Promise<string | undefined>;
}

export type TokenScope = 'read' | 'admin';

/** A token as it may be shown: never its secret, nor the hash of it. */
export interface OrgToken {
  readonly tokenId: string;
  readonly orgId: string;
  /** null: of the organisation itself. */
  readonly teamNodeId: string | null;
  readonly scope: TokenScope;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

export interface NewOrgToken {
  readonly orgId: string;
  readonly teamNodeId: string | null;
  readonly scope: TokenScope;
  /** Unix time in milliseconds; never unless given. */
  readonly expiresAtMs?: number | undefined;
}

export interface OrgTokenRepository {
  /** Registers the organisation and the team. @returns the token's record, and the one time its text `<id>.<secret>` is told */
  create(token: NewOrgToken): Promise<{ readonly token: OrgToken; readonly text: string }>;
  /** @returns undefined for a token that is not known, revoked or expired. Takes as long for every secret. */
  verify(text: string): Promise<OrgToken | undefined>;
  /** @returns false when there is none of this id, or it was revoked already */
  revoke(tokenId: string): Promise<boolean>;
  /** By organisation and time of making; of all organisations unless given. */
  list(orgId?: string): Promise<readonly OrgToken[]>;
}
