export {
  type Isolation,
  type SandboxProgram,
  describeIsolation,
  describeLimits,
} from './Isolation';
export { RunFolder } from './RunFolder';
export { sandboxCommand } from './sandboxCommand';
export { INSIDE, type SandboxSpec } from './SandboxSpec';
