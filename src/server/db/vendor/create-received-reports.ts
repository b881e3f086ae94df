import type { Connection } from '../connection.js';
import { addDaily } from './add-daily.js';
import { addHeartbeat } from './add-heartbeat.js';
import type { AddReportResult, ReceivedReports } from './received-reports.js';
import { isKeyTaken } from './report-keys.js';

export function createReceivedReports({ transaction }: Connection): ReceivedReports {
  return {
    addHeartbeat: (report, arrival) =>
      orKeyUsed(() => transaction((queries) => addHeartbeat(queries, report, arrival))),
    addDaily: (report, arrival) =>
      orKeyUsed(() => transaction((queries) => addDaily(queries, report, arrival))),
  };
}

/** Somebody used the key for another report at the same moment, and was first: all of this is taken back. */
async function orKeyUsed(add: () => Promise<AddReportResult>): Promise<AddReportResult> {
  try {
    return await add();
  } catch (error) {
    if (isKeyTaken(error)) return { status: 'key_used' };
    throw error;
  }
}
