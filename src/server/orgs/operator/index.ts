export { announceOperator } from './announcement.js';
export { createOperatorApp, OPERATOR_PATH, type OperatorAppOptions } from './app.js';
export type { OperatorCommand, OperatorCommandName, OperatorResult } from './commands.js';
export { type OpenedOperator, openOperator } from './open-operator.js';
export type { Operator } from './operator.js';
export { type ServeOperatorOptions, serveOperator } from './serve-operator.js';
export { createOperatorToken } from './token.js';
