import type { CSV_COLUMNS, Customers, Overview } from '../../wire/index.js';

/** Days from the first to the last, both included: `2026-01-31`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** Which reports to read. */
export interface ReportSelection extends DayRange {
  /** Of all customers unless given. */
  readonly customerId: string | undefined;
}

/** A daily report, its last revision, as a line of the table that is handed out. */
export type DailyLine = Readonly<Record<(typeof CSV_COLUMNS)[number], string | number | null>>;

/** Where a page of lines ended. */
export type LinePosition = Pick<DailyLine, 'date' | 'customer_id'>;

/** What a vendor reads of the reports that came. Reads sums per day and daily reports, never single heartbeats. */
export interface ReportReadings {
  /** @param nowMs - by which licences expire */
  customers(nowMs: number): Promise<Customers['customers']>;
  overview(selection: ReportSelection): Promise<Overview>;
  /** By day and customer. @param after - the last line of the page before */
  dailyLines(selection: ReportSelection, limit: number, after?: LinePosition): Promise<readonly DailyLine[]>;
}
