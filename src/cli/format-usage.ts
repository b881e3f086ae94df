import type { Usage } from '../store/index.js';
import { formatTable } from './format-table.js';
import { toJson } from './plain-text.js';
import type { Writer } from './writer.js';

/** Counters for people: features with their variants, hooks with their last payloads, and the last events. */
export function formatUsage(usage: Usage, { bold }: Pick<Writer, 'bold'>): string {
  const { features, hooks, events } = usage;
  const sections: readonly (readonly [title: string, rows: readonly (readonly (string | number)[])[]])[] = [
    ['Features', [...features].flatMap(toFeatureRows)],
    ['Hooks', [...hooks].map(([name, { total, lastMs }]) => [name, total, toTime(lastMs)])],
    [
      'Events',
      events.map(({ event, category, timeMs, payload }) => [
        toTime(timeMs),
        event,
        category,
        toJson(payload),
      ]),
    ],
  ];
  return sections
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => `${bold(title)}\n${formatTable(rows)}`)
    .join('\n\n');
}

/** A feature, and below it its variants. */
function toFeatureRows([name, { total, lastMs, variants }]: readonly [
  string,
  FeatureUsage,
]): readonly (readonly (string | number)[])[] {
  return [[name, total, toTime(lastMs)], ...[...variants].map(([variant, count]) => [`  ${variant}`, count])];
}

type FeatureUsage = Usage['features'] extends ReadonlyMap<string, infer Feature> ? Feature : never;

/** What stands in a file may be no time. */
function toTime(timeMs: number): string {
  const time = new Date(timeMs);
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}
