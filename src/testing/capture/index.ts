export type {
  Capture,
  CaptureOptions,
  Conduct,
  OpenCapture,
  Seen,
  SeenConnection,
  SeenNames,
  SeenRequest,
} from './contract.js';
export { openCapture } from './open-capture.js';
