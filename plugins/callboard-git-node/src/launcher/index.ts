export { ProcessLauncher, startHere } from './ProcessLauncher';
export type { Program, StartProgram } from './Program';
