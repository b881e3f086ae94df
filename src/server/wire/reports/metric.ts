import { z } from 'zod';

/** The groups of the settings page, in their order. */
export const SECTION_TITLES = {
  runs: 'Agent run metrics',
  usage: 'Usage patterns',
  performance: 'Performance statistics',
  teams: 'Team activity',
} as const;
export type SectionId = keyof typeof SECTION_TITLES;

/** What a number is for. Nothing is collected for another reason. */
export const PURPOSES = {
  reliability: 'To find out what fails, and to mend it.',
  priorities: 'To work on what is used.',
  speed: 'To find out what is slow.',
  scale: 'To know for how many teams the product has to work.',
} as const;
export type PurposeId = keyof typeof PURPOSES;

/** One member of a report: what may be sent, and what is said about it. */
export interface Metric<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  readonly section: SectionId;
  /** What it is, in one sentence. */
  readonly about: string;
  readonly purpose: PurposeId;
  /** The closed list that labels in it come from; absent for a number. */
  readonly labels?: readonly string[];
}

/** Metrics by the name that is sent. */
export type Metrics = Readonly<Record<string, Metric>>;

type SchemasOf<M extends Metrics> = { -readonly [Name in keyof M]: M[Name]['schema'] };

/** Exactly these metrics, each described in its own words. */
export function schemaOf<const M extends Metrics>(metrics: M): z.ZodObject<SchemasOf<M>, z.core.$strict> {
  const described = Object.entries(metrics).map(([name, { schema, about }]) => [
    name,
    schema.describe(about),
  ]);
  return z.strictObject(Object.fromEntries(described) as SchemasOf<M>);
}

/** Durations out of this range are taken for a wrong clock, and are in no average: 30 days. */
export const MAX_DURATION_SECONDS = 30 * 24 * 60 * 60;
/** Numbers of tool calls out of this range are in no average. */
export const MAX_TOOL_CALLS = 100_000;

/** More of anything on one day is a mistake. Sums of 366 days and 10,000 customers stay whole numbers that JSON carries exactly. */
export const MAX_COUNT = 1_000_000_000;

const isToOneDecimal = (value: number) => Math.round(value * 10) / 10 === value;
const toOneDecimal = (max: number) => z.number().min(0).max(max).refine(isToOneDecimal).nullable();

/** How many. */
export const CountSchema = z.int().min(0).max(MAX_COUNT);
/** How many of a group, which is absent where there are none. */
export const GroupCountSchema = z.int().min(1).max(MAX_COUNT);
/** To one decimal; null when there is too little to average. */
export const SecondsSchema = toOneDecimal(MAX_DURATION_SECONDS);
/** To one decimal; null when there is too little to average. */
export const ToolCallsSchema = toOneDecimal(MAX_TOOL_CALLS);
