export { createSender, type Sender, type SenderOptions } from './create-sender.js';
export { type SendingEffects, SYSTEM_EFFECTS } from './effects.js';
export { createSendingMetrics } from './metrics.js';
export { previewReports } from './preview.js';
export type { CorrectionResult, OnceResult, PreviewedReport, SendResult, SentDay } from './results.js';
