export {
  type CelProgram,
  type CompiledCel,
  type ExpressionOutcome,
  compileCel,
  createCelEnvironment,
} from './compileCel';
export type { StepMeter } from './meterLoops';
export { toCel } from './toCel';
