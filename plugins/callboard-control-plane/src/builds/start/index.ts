export { WORKSPACE, commandLine } from './commandLine';
export {
  type StartCommand,
  type StartHints,
  findStartCommand,
  mayHaveStartCommand,
} from './findStartCommand';
export { readStartHints } from './readStartHints';
export { staticServerPath } from './staticServerPath';
