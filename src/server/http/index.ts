export { assertHost } from './guards/host.js';
export { assertOrigin } from './guards/origin.js';
export { createRequestCounter } from './guards/rate.js';
export { assertLocalAddress } from './guards/remote-address.js';
export { parseJson } from './json-text.js';
export { isJsonObject, isNestedWithin, type JsonObject, type JsonValue } from './json-value.js';
export { type Listening, type ListenOptions, listenOn, listenOnFreePort } from './listen.js';
export { isProblemCode, type Problem, type ProblemCode, problemOf, problemResponse } from './problem.js';
export { assertSize, readWithin } from './read-within.js';
