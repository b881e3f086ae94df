/** An organisation, and how busy it is. */
export interface BusyOrg {
  readonly orgId: string;
  readonly teams: readonly string[];
  /** On an ordinary working day. */
  readonly runsPerDay: number;
}

export interface RunPlan {
  /** The same seed and the same plan make the same runs. */
  readonly seed: number;
  /** Runs start from here on. Unix time in milliseconds, as the other. */
  readonly fromMs: number;
  /** Runs start before this, and those that would end later still run. */
  readonly untilMs: number;
  readonly orgs: readonly BusyOrg[];
}

/** One run, as a product keeps it. The texts are full of what no report may tell. */
export interface GeneratedRun {
  readonly id: string;
  readonly orgId: string;
  readonly teamNodeId: string | null;
  readonly correlationId: string;
  readonly triggerSource: string;
  readonly triggerActor: string;
  readonly triggerMessage: string;
  readonly triggerChannelId: string;
  readonly agentName: string;
  readonly startedAtMs: number;
  readonly completedAtMs: number | null;
  readonly status: 'completed' | 'failed' | 'timeout' | 'running' | 'awaiting_approval';
  readonly toolCallsCount: number | null;
  readonly outputSummary: string | null;
  readonly errorMessage: string | null;
  readonly errorType: ErrorType | null;
  readonly durationSeconds: number | null;
}

type ErrorType = (typeof ERRORS)[number][0] | 'timeout';
type Random = () => number;

const HOUR_MS = 60 * 60 * 1000;
/** What a product gives a run before it ends it. */
const TIMEOUT_SECONDS = 600;
/** Half of the runs take less than this. */
const MEDIAN_SECONDS = 32;
const SPREAD = 0.9;

/** Shares of the runs; the last one is a customer's own. */
const TRIGGERS = [
  ['slack', 30],
  ['github', 14],
  ['pagerduty', 12],
  ['webhook', 12],
  ['scheduled', 10],
  ['api', 8],
  ['web_ui', 6],
  ['manual', 4],
  ['incidentio', 3],
  ['acme-cron@internal', 1],
] as const;

const AGENTS = [
  ['planner', 34],
  ['investigation', 18],
  ['k8s', 14],
  ['aws', 8],
  ['metrics', 6],
  ['log_analysis', 5],
  ['coding', 5],
  ['github', 4],
  ['ci', 2],
  ['writeup', 2],
  ['acme-payroll-bot', 2],
] as const;

/** Why runs fail, how often, and the text that comes with it. */
const ERRORS = [
  ['tool_error', 34, 'kubectl: pods "checkout-7f9c" is forbidden in cluster prod-eu-1.corp.example'],
  ['model_error', 20, 'The model refused a prompt that began with: "Dear Ms Sommer, your salary of"'],
  ['rate_limited', 14, 'HTTP 429 for the key of jane.doe@corp.example'],
  ['network', 12, 'connect ECONNREFUSED 10.4.11.7:5432 (db.corp.example)'],
  ['authentication', 8, 'invalid password "hunter2" for user root'],
  ['permission', 5, '/home/jane/.ssh/id_ed25519: permission denied'],
  ['invalid_input', 4, 'Unexpected token in {"customer": "Sommer & Sons"}'],
  ['configuration', 2, 'WEBHOOK_URL is not set for channel #finance-secret'],
  ['internal', 1, 'TypeError at /srv/app/agents/payroll.js:17'],
] as const;

/** How busy an hour of a day is, in UTC: the night is not empty, as schedules run then. */
const HOURS = [1, 1, 1, 1, 1, 2, 4, 8, 14, 18, 18, 16, 12, 15, 17, 17, 15, 10, 6, 4, 3, 2, 2, 1];
const HOURS_TOTAL = HOURS.reduce((sum, share) => sum + share, 0);
const WEEKEND_SHARE = 0.2;

/**
 * Runs as they come about in some organisations: by working hours, quieter on weekends, most of them well. Pure.
 *
 * @returns by the time of their start
 */
export function generateRuns({ seed, fromMs, untilMs, orgs }: RunPlan): readonly GeneratedRun[] {
  const random = createRandom(seed);
  const starts: { readonly org: BusyOrg; readonly startedAtMs: number }[] = [];
  for (let hourMs = Math.floor(fromMs / HOUR_MS) * HOUR_MS; hourMs < untilMs; hourMs += HOUR_MS) {
    for (const org of orgs) {
      const count = Math.floor(org.runsPerDay * shareOfHour(hourMs) + random());
      for (let index = 0; index < count; index += 1)
        starts.push({ org, startedAtMs: hourMs + Math.floor(random() * HOUR_MS) });
    }
  }
  return starts
    .filter(({ startedAtMs }) => startedAtMs >= fromMs && startedAtMs < untilMs)
    .sort((a, b) => a.startedAtMs - b.startedAtMs)
    .map(({ org, startedAtMs }, index) => generateRun(random, org, startedAtMs, untilMs, `${seed}-${index}`));
}

function shareOfHour(hourMs: number): number {
  const date = new Date(hourMs);
  const isWeekend = date.getUTCDay() % 6 === 0;
  return ((HOURS[date.getUTCHours()] ?? 0) / HOURS_TOTAL) * (isWeekend ? WEEKEND_SHARE : 1);
}

function generateRun(
  random: Random,
  { orgId, teams }: BusyOrg,
  startedAtMs: number,
  untilMs: number,
  name: string,
): GeneratedRun {
  const team = teams[Math.floor(random() * teams.length)] ?? null;
  const begun = {
    id: `run-${name}`,
    orgId,
    // Some are started by nobody's team.
    teamNodeId: random() < 0.05 ? null : team,
    correlationId: `host-10-4-11-7.corp.example/${name}`,
    triggerSource: pick(random, TRIGGERS)[0],
    triggerActor: 'jane.doe@corp.example',
    triggerMessage: 'Why was the salary of Ms Sommer paid twice?',
    triggerChannelId: '#finance-secret',
    agentName: pick(random, AGENTS)[0],
    startedAtMs,
  };
  return { ...begun, ...endOf(random, startedAtMs, untilMs) };
}

function endOf(random: Random, startedAtMs: number, untilMs: number) {
  const toolCallsCount = Math.floor(-Math.log(1 - random()) * 8);
  const seconds = Math.min(TIMEOUT_SECONDS, MEDIAN_SECONDS * Math.exp(SPREAD * normal(random)));
  const fate = random();
  const [errorType, , errorMessage] = pick(random, ERRORS);
  const none = { completedAtMs: null, toolCallsCount: null, outputSummary: null, durationSeconds: null };
  const noError = { errorMessage: null, errorType: null };
  if (fate < 0.005) return { ...none, ...noError, status: 'awaiting_approval' as const };

  const durationSeconds = fate < 0.02 ? TIMEOUT_SECONDS : Math.round(seconds * 1_000) / 1_000;
  const completedAtMs = startedAtMs + Math.round(durationSeconds * 1_000);
  if (completedAtMs > untilMs) return { ...none, ...noError, status: 'running' as const };
  const ended = { completedAtMs, toolCallsCount, durationSeconds };
  if (durationSeconds >= TIMEOUT_SECONDS) {
    const after = {
      outputSummary: null,
      errorType: 'timeout' as const,
      errorMessage: 'Gave up on db.corp.example.',
    };
    return { ...ended, ...after, status: 'timeout' as const };
  }
  if (fate < 0.07)
    return { ...ended, outputSummary: null, errorType, errorMessage, status: 'failed' as const };
  const outputSummary = 'Paid Ms Sommer once more, from account 0042.';
  return { ...ended, ...noError, outputSummary, status: 'completed' as const };
}

/** One of a list, by the shares in it. */
function pick<Item extends readonly [string, number, ...unknown[]]>(
  random: Random,
  items: readonly Item[],
): Item {
  let left = random() * items.reduce((sum, [, share]) => sum + share, 0);
  for (const item of items) {
    left -= item[1];
    if (left < 0) return item;
  }
  return items.at(-1) as Item;
}

/** Of the standard normal distribution. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Numbers from 0 up to but not including 1, the same ones for a seed (mulberry32). */
function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
