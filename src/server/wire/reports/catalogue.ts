import { DAILY_METRICS } from './daily-report.js';
import { ENVELOPE } from './envelope.js';
import { HEARTBEAT_METRICS } from './heartbeat.js';
import { type Metrics, PURPOSES, SECTION_TITLES, type SectionId } from './metric.js';
import { NEVER_COLLECTED, type NeverCollected } from './never-collected.js';

export type ReportKind = 'heartbeat' | 'daily';

/** One thing that is collected, in words for people. */
export interface ReportLine {
  /** The name that is sent. */
  readonly name: string;
  readonly report: ReportKind;
  readonly about: string;
  readonly purpose: string;
  /** The complete closed list that labels in it come from; empty for a number. */
  readonly labels: readonly string[];
}

export interface ReportSection {
  readonly id: SectionId;
  readonly title: string;
  readonly lines: readonly ReportLine[];
}

/** What stands around the numbers. */
export interface EnvelopeLine {
  readonly name: string;
  readonly about: string;
}

export interface ReportCatalogue {
  /** Every member of a report is a line of one section, in the order of sending. */
  readonly collected: readonly ReportSection[];
  readonly envelope: readonly EnvelopeLine[];
  readonly neverCollected: readonly NeverCollected[];
}

/** Everything the reports can say, read from the schemas that they are made by. */
export const REPORT_CATALOGUE: ReportCatalogue = {
  collected: Object.entries(SECTION_TITLES).map(([id, title]) => toSection(id as SectionId, title)),
  envelope: Object.entries(ENVELOPE).map(([name, { about }]) => ({ name, about })),
  neverCollected: NEVER_COLLECTED,
};

function toSection(id: SectionId, title: string): ReportSection {
  return {
    id,
    title,
    lines: [...linesOf('heartbeat', HEARTBEAT_METRICS, id), ...linesOf('daily', DAILY_METRICS, id)],
  };
}

function linesOf(report: ReportKind, metrics: Metrics, section: SectionId): ReportLine[] {
  return Object.entries(metrics)
    .filter(([, metric]) => metric.section === section)
    .map(([name, { about, purpose, labels = [] }]) => ({
      name,
      report,
      about,
      purpose: PURPOSES[purpose],
      labels,
    }));
}
