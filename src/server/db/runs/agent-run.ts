import { z } from 'zod';
import { TelemetryError } from '../../../internal/index.js';
import { ERROR_TYPES } from '../../wire/reports/index.js';

/** A text that PostgreSQL can keep: without U+0000, and without halves of characters. */
const TextSchema = z.string().refine((text) => !/\0|\p{Surrogate}/u.test(text));

const named = (maxLength: number) => TextSchema.max(maxLength);

/** As a text of JSON spells what no text can hold. Two backslashes are one that was meant. */
const UNFIT_IN_JSON = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

const JsonSchema = z.json().refine((value) => !UNFIT_IN_JSON.test(JSON.stringify(value)));

/** The end of the year 9999: later ones are spelled otherwise. */
const MAX_MS = 253_402_300_799_999;
const MomentSchema = z.number().min(0).max(MAX_MS);

const MAX_COUNT = 2_147_483_647;

const AgentRunSchema = z
  .strictObject({
    id: named(64).min(1),
    orgId: named(64).min(1),
    teamNodeId: named(128).nullish(),
    correlationId: TextSchema.nullish(),
    triggerSource: named(64).nullish(),
    triggerActor: TextSchema.nullish(),
    triggerMessage: TextSchema.nullish(),
    triggerChannelId: TextSchema.nullish(),
    agentName: named(128).nullish(),
    startedAtMs: MomentSchema,
    completedAtMs: MomentSchema.nullish(),
    status: named(32).min(1),
    toolCallsCount: z.int().min(0).max(MAX_COUNT).nullish(),
    outputSummary: TextSchema.nullish(),
    outputJson: JsonSchema.nullish(),
    errorMessage: TextSchema.nullish(),
    errorType: z.enum(ERROR_TYPES).nullish(),
    confidence: z.number().nullish(),
    durationSeconds: z.number().min(0).nullish(),
    extraMetadata: JsonSchema.nullish(),
  })
  .refine(({ startedAtMs, completedAtMs }) => completedAtMs == null || completedAtMs >= startedAtMs, {
    path: ['completedAtMs'],
  });

/**
 * One run of an agent, as a row of `agent_runs`; what is left out is null there. Times are Unix times in milliseconds.
 *
 * - `orgId` need not be registered: an organisation is also known by its runs. `teamNodeId` means something within it only
 * - `status` is `completed`, `failed` or `timeout` once it has ended; any other, such as `running` or `awaiting_approval`, is in no outcome
 *   of a report
 * - `triggerSource` and `agentName` are reported by name where they are of the lists of the reports, and as `other` where not
 * - `errorType` is of a closed list, for nothing is ever read out of `errorMessage`
 * - `durationSeconds` is taken from the two times where it is left out
 *
 * No report reads the other members.
 */
export type AgentRun = Readonly<z.infer<typeof AgentRunSchema>>;

/** @throws {TelemetryError} `REQUEST_INVALID` that names the run's place and the member, and never a value */
export function checkRuns(runs: readonly AgentRun[]): void {
  for (const [index, run] of runs.entries()) {
    const { error } = AgentRunSchema.safeParse(run);
    if (error === undefined) continue;
    const [member] = error.issues[0]?.path ?? [];
    const subject =
      member === undefined ? 'has a member that is none of a run' : `has no fit ${String(member)}`;
    throw new TelemetryError('REQUEST_INVALID', `runs[${index}] ${subject}. See the type AgentRun.`);
  }
}
