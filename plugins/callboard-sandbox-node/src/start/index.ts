export { WORKSPACE, commandLine } from './commandLine';
export {
  type StartCommand,
  type StartHints,
  findStartCommand,
  mayHaveStartCommand,
} from './findStartCommand';
export { type DockerfileSupport, noStartCommand } from './noStartCommand';
export { needsStartCommand } from './needsStartCommand';
export { readStartHints } from './readStartHints';
export { staticServerPath } from './staticServerPath';
