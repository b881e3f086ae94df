import type { Context } from 'hono';
import { Page, TimeUtc, type WebEnv, type WebParts } from '../foundation/index.js';
import { CustomersCard } from './customers-card.js';
import { DaysCard } from './days-card.js';
import { EmptyCard } from './empty-card.js';
import { FilterCard } from './filter-card.js';
import { GroupsCard } from './groups-card.js';
import type { DashboardView } from './read-dashboard-view.js';
import type { Selected } from './selection.js';

export interface DashboardPageProps {
  readonly context: Context<WebEnv>;
  readonly parts: WebParts;
  readonly asked: Selected;
  readonly view: DashboardView;
}

/** What the vendor has received: of each customer, and of each day. The script draws charts of what stands in the tables. */
export function DashboardPage({ context, parts, asked, view }: DashboardPageProps) {
  const { customers, overview, asOf } = view;
  const isEmpty = customers?.length === 0;
  return (
    <Page
      context={context}
      parts={parts}
      title="Dashboard"
      tab="/vendor"
      styles={['uPlot.min.css', 'dashboard.css']}
      scripts={['uPlot.iife.min.js', 'dashboard.js']}
    >
      <h1>What customers have reported</h1>
      <p class="lead">
        {'As of '}
        <TimeUtc iso={asOf} />
        {'. Days are of UTC, and a day is reported after it is over.'}
      </p>
      {isEmpty ? (
        <EmptyCard />
      ) : (
        <>
          <FilterCard asked={asked} customers={customers} nowMs={parts.now()} />
          {asked.status === 'selected' && <DaysCard overview={overview} selection={asked.selection} />}
          {overview?.sum !== undefined && <GroupsCard overview={overview} />}
          <CustomersCard
            customers={customers}
            selection={asked.status === 'selected' ? asked.selection : undefined}
          />
        </>
      )}
    </Page>
  );
}
