import type { PreviewedReport } from 'sotto/server';
import { readServiceSettings } from '../../../settings/index.js';
import { JSON_OPTION, type ServiceCommandDefinition } from '../../command.js';
import { EXIT } from '../../exit-status.js';
import { withCollector } from './with-collector.js';

/** What leaves, before it leaves. */
export const collectorPreview: ServiceCommandDefinition = {
  name: 'collector preview',
  needsApp: false,
  summary: 'show the reports that are due, byte for byte as they would be sent',
  details:
    'Show the heartbeat of this moment and the daily reports that are due as they would be sent: where to, with which headers, and the ' +
    'body byte for byte; where no day is due, what is known of the last complete one. Nothing is sent, the vendor is asked nothing, and ' +
    'nothing is written. What is not known before the licence was validated, or is made at random for each report, has a placeholder in < >.',
  options: [JSON_OPTION],
  run(context, { json = false }) {
    const { vendorServiceUrl = '' } = readServiceSettings(context.io.environment);
    const base = vendorServiceUrl.replace(/\/+$/, '');
    return withCollector(
      context,
      async (collector) => {
        const { out } = context;
        const reports = await collector.preview();
        if (json) out.json(reports.map((report) => toReport(report, base)));
        else for (const report of reports) out.raw(`${toText(report, base)}\n`);
        return EXIT.done;
      },
      { isReadOnly: true },
    );
  },
};

/** Of the key it says that it is there, and nothing else. */
const SECRET_HEADERS = { authorization: 'Bearer <licence key>', 'content-type': 'application/json' };

function toReport({ kind, dateUtc, when, path, headers, body }: PreviewedReport, base: string): object {
  const known = { kind, ...(dateUtc !== undefined && { date_utc: dateUtc }), when };
  if (body === undefined) return { ...known, sends: false };
  return {
    ...known,
    sends: true,
    method: 'POST',
    url: `${base}${path}`,
    headers: { ...headers, ...SECRET_HEADERS },
    body,
  };
}

function toText(report: PreviewedReport, base: string): string {
  const { path, headers, body } = report;
  const title = toTitle(report);
  if (body === undefined) return `${title}${whyNothing(report)}\n`;
  const lines = Object.entries({ ...headers, ...SECRET_HEADERS }).map(([name, value]) => `${name}: ${value}`);
  return [`${title}:`, '', `POST ${base}${path}`, ...lines, '', body, ''].join('\n');
}

function toTitle({ kind, dateUtc, when }: PreviewedReport): string {
  if (kind === 'heartbeat') return 'The next heartbeat';
  return `The report of ${dateUtc}${when === 'later' ? ', which is due at its hour' : ''}`;
}

function whyNothing({ when }: PreviewedReport): string {
  switch (when) {
    case 'accepted':
      return ' was accepted: nothing is due before the next day is over.';
    case 'refused':
      return ' was refused by the vendor service: nothing is due before the next day is over.';
    case 'skipped':
      return ' was left out, because nobody was counted: nothing is due before the next day is over.';
    case 'now':
    case 'later':
      return ': nothing would be sent, because nobody is counted. `sotto org status` says why.';
    default:
      return when satisfies never;
  }
}
