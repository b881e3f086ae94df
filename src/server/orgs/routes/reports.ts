import type { Hono } from 'hono';
import type { NextReports, SentReports } from '../../wire/reports/index.js';
import type { OrgsEnv, OrgsParts } from '../app.js';
import { createNextReports } from '../next-reports.js';

const MAX_REPORTS = 50;

/** The reports are of the whole installation: who may look at one organisation sees what leaves about all of them together. */
export function addReports(app: Hono<OrgsEnv>, parts: OrgsParts): void {
  const readNext = createNextReports(parts.database.reports, parts);

  app.get('/reports/next', async (context) => context.json<NextReports>(await readNext()));

  app.get('/reports', async (context) =>
    context.json<SentReports>({ reports: await parts.database.sends.sent(MAX_REPORTS) }),
  );
}
