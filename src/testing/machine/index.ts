export type {
  CreateMachine,
  Machine,
  MachineNames,
  RunCommand,
  RunOptions,
  RunResult,
  SeenProcess,
} from './contract.js';
export { createMachine } from './create-machine.js';
export { runCommand } from './run-command.js';
export { type Snapshot, takeSnapshot } from './snapshot.js';
export { writeInto } from './write-into.js';
