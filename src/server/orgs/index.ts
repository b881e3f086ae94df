export { createOrgsApp, type OrgsEnv, type OrgsOptions } from './app.js';
export {
  type OpenedOperator,
  type Operator,
  type OperatorCommand,
  type OperatorResult,
  openOperator,
  serveOperator,
} from './operator/index.js';
