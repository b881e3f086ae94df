import { CUSTOMER_ID_PLACEHOLDER, describeFrequency, type ReportSchedule } from '../../wire/reports/index.js';
import { TimeUtc } from '../foundation/index.js';
import { REPORT_TITLES } from './report-titles.js';
import type { NextView } from './report-view.js';

const REASONS = {
  counted: undefined,
  nobody_counted: 'Nothing would be sent: telemetry is off for every organisation of this installation.',
  stopped: 'Nothing would be sent: the operator has stopped telemetry for every organisation.',
} as const;

export interface NextReportsProps {
  readonly next: NextView | undefined;
  readonly schedule: ReportSchedule;
  /** Whether this organisation is counted; undefined when that is not known. */
  readonly enabled: boolean | undefined;
}

/** What would be sent now, as it would be sent. */
export function NextReports({ next, schedule, enabled }: NextReportsProps) {
  const frequency = describeFrequency(schedule);
  return (
    <section class="card" aria-labelledby="next" data-part="next">
      <h2 id="next">What would be sent now</h2>
      {next === undefined ? (
        <p class="note">
          It is not known what would be sent: the settings service gave no answer that can be relied on.
        </p>
      ) : (
        <>
          <p class="note">
            {'As of '}
            <TimeUtc iso={next.asOf} />
            {`. Reports are of the whole installation. ${REASONS[next.reason] ?? ownPart(enabled)}`}
          </p>
          <div class="payloads">
            {next.reports.map(({ kind, periodStart, periodEnd, json }) => (
              <div>
                <h3>
                  {REPORT_TITLES[kind]} <span class="tag">{frequency[kind]}</span>
                </h3>
                <p class="note">
                  {'Runs from '}
                  <TimeUtc iso={periodStart} />
                  {' to '}
                  <TimeUtc iso={periodEnd} />
                </p>
                {json === undefined ? (
                  <p class="nothing">Nothing would be sent.</p>
                ) : (
                  <pre class="json">
                    <code>{json}</code>
                  </pre>
                )}
              </div>
            ))}
          </div>
          {next.reports.some(({ json }) => json?.includes(CUSTOMER_ID_PLACEHOLDER)) && (
            <p class="note">
              <code>{CUSTOMER_ID_PLACEHOLDER}</code>
              {' stands for the customer of the licence, which is put in when the report is sent.'}
            </p>
          )}
        </>
      )}
    </section>
  );
}

function ownPart(enabled: boolean | undefined): string {
  if (enabled === undefined) return '';
  return enabled
    ? 'Runs of this organisation are counted in them.'
    : 'Runs of this organisation are not counted in them.';
}
