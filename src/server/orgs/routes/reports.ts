import type { Hono } from 'hono';
import type { NextReports, SentReports } from '../../wire/reports/index.js';
import type { OrgsEnv, OrgsParts } from '../app.js';

/** The reports are of the whole installation: who may look at one organisation sees what leaves about all of them together. */
export function addReports(
  app: Hono<OrgsEnv>,
  { database, enabledByDefault, minGroup, now }: OrgsParts,
): void {
  const { reports } = database;

  app.get('/reports/next', async (context) =>
    context.json<NextReports>(await reports.buildNext({ nowMs: now(), enabledByDefault, minGroup })),
  );

  app.get('/reports', async (context) =>
    context.json<SentReports>({ reports: await reports.sent(MAX_REPORTS) }),
  );
}

const MAX_REPORTS = 50;
