export { InstallationComplete, InstallationStart, InstallationStep } from './installation-events.js';
export {
  createInstallationRecord,
  type InstallationOutcome,
  type InstallationRecord,
} from './installation-record.js';
