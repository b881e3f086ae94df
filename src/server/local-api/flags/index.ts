export { changeFlagsFile, type FlagChanges } from './change-flags-file.js';
