export { trackExpress } from './express.js';
export { trackFastify } from './fastify.js';
export { trackHono } from './hono.js';
export { observe } from './observe.js';
export type { Recording } from './recording.js';
export type { AnsweredRequest, RequestOptions, RequestRoute, StartRequest } from './request.js';
export { type CommandName, createTrack, type HealthStatus, type SpanOptions, type Track } from './track.js';
export type { Trackable } from './trackable.js';
