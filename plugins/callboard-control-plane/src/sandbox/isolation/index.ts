export {
  type Isolation,
  type SandboxProgram,
  describeIsolation,
  describeLimits,
} from './Isolation';
export { probeIsolation } from './probeIsolation';
export { RunFolder } from './RunFolder';
export { sandboxCommand } from './sandboxCommand';
export { INSIDE, type SandboxSpec } from './SandboxSpec';
