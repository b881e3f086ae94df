export { type ClearedData, clearData, type OnProgress } from './clear-data.js';
export { type CrashFileEffects, type CrashFiles, createCrashFiles } from './crashes/crash-files.js';
export { listCrashReports } from './crashes/list-crash-reports.js';
export { readCrashReport } from './crashes/read-crash-report.js';
export {
  type BundleOptions,
  type WrittenBundle,
  writeBundle,
} from './diagnostics/write-bundle.js';
export { type BundleFile, type OnBundleProgress, zipPieces } from './diagnostics/zip-pieces.js';
export { eraseInstallation } from './erase-installation.js';
export { StoreError } from './errors.js';
export { exportData } from './export-data.js';
export type { FileInfo } from './file-info.js';
export { createFlagStore, type FlagFileStore } from './flag-store.js';
export { openInstallationSecret, readInstallationSecret } from './installation-secret.js';
export { isStateUsable } from './is-state-usable.js';
export { type Ledger, MAX_WAITING, WRITE_DELAY_MS } from './ledger/contract.js';
export { createDayCounter, type DayCount, type DayCounter, type DayCounts } from './ledger/count-days.js';
export { type EndedEvents, followLedger } from './ledger/follow-ledger.js';
export { createLedger } from './ledger/ledger.js';
export { listSessions } from './ledger/list-sessions.js';
export { type LastEvent, readLastEvents } from './ledger/read-last-events.js';
export { type RecordedEvent, type RecordedSession, readSession } from './ledger/read-session.js';
export { type LedgerSummary, summarizeLedger } from './ledger/summarize-ledger.js';
export { openLocalApiToken, readLocalApiToken } from './local-api-token.js';
export { FINDING_TEXTS, type Finding } from './proof/finding.js';
export { type EventCounts, type KeptReceipt, type LedgerProof, proveLedger } from './proof/prove-ledger.js';
export { readClaims } from './proof/read-claims.js';
export { countLost, createDeliveryState, type DeliveryState, readDelivery } from './spool/delivery-state.js';
export { eraseSpool } from './spool/erase-spool.js';
export { finishWaiting } from './spool/finish-waiting.js';
export { LEASE_MS, type Lease, reserveLease, takeLease } from './spool/lease.js';
export { findWaiting, hasWaiting, listWaiting, peekWaiting, type WaitingFile } from './spool/list-waiting.js';
export type { SpoolNote } from './spool/note.js';
export { createSpoolNotes, type SpoolNotes } from './spool/spool-notes.js';
export { type HostState, type LossReason, NO_TROUBLE, toRestMs } from './spool/state-text.js';
export {
  canSettle,
  readWaiting,
  settleWaiting,
  standsInLedger,
  type WaitingEvents,
} from './spool/waiting-events.js';
export { resolveStateDirectory } from './state-directory.js';
export type { StoredFlag, StoredFlags } from './stored-flags.js';
export { isUsageDamaged } from './usage/is-usage-damaged.js';
export type { UsageRecord } from './usage/lines.js';
export { readUsage } from './usage/read-usage.js';
export type { Usage } from './usage/usage.js';
export { toUsageJson, type UsageJson } from './usage/usage-json.js';
export { createUsageLog, type UsageLog } from './usage/usage-log.js';
export { type ExportFile, writeExport } from './write-export.js';
export { whyNotWritten } from './write-failure.js';
