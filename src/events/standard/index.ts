import { OperationLatency } from '../metrics/index.js';
import { ApiRequest } from './api-request.js';
import { CommandExecuted } from './command-executed.js';
import { CrashCaptured, type CrashOrigin, toCrashCaptured } from './crash-captured.js';
import { ErrorOccurred, toErrorOccurred } from './error-occurred.js';
import { FeatureUsed } from './feature-used.js';
import { ServiceHealth } from './service-health.js';

export { Operation } from './operation.js';
export { type VocabularyClass, type WithVocabulary, withVocabulary } from './with-vocabulary.js';
export {
  ApiRequest,
  CommandExecuted,
  CrashCaptured,
  type CrashOrigin,
  ErrorOccurred,
  FeatureUsed,
  OperationLatency,
  ServiceHealth,
  toCrashCaptured,
  toErrorOccurred,
};

/** Events that mean the same in every product, by what they tell. */
export const StandardEvents = {
  FEATURE_USED: FeatureUsed,
  API_REQUEST: ApiRequest,
  COMMAND_EXECUTED: CommandExecuted,
  OPERATION_LATENCY: OperationLatency,
  ERROR_OCCURRED: ErrorOccurred,
  SERVICE_HEALTH: ServiceHealth,
} as const;
