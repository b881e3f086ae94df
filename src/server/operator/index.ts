export type { OperatorCommand, OperatorCommandName, OperatorResult } from './commands/index.js';
export { type OpenedOperator, openOperator } from './open-operator.js';
export type { Operator } from './operator.js';
export { serveOperator } from './serve-operator.js';
