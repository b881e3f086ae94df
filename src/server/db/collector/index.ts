export { createSendLedger } from './create-send-ledger.js';
export type {
  BegunSend,
  CollectorInstallation,
  Lease,
  NotedDay,
  ReportId,
  ReportState,
  SendEnd,
  SendLedger,
  SendOutcome,
} from './send-ledger.js';
