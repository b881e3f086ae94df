export { type EndWork, onProcessEnd } from './process-end.js';
