import { runProcess } from './runProcess';
import { runVerb } from './runVerb';
import { check } from './verbs/check';

/** Runs `callboard check` alone: editors and hooks wait for it, and all the work is in another thread. */
export function main([, ...args]: readonly string[]): Promise<void> {
  return runProcess(io => runVerb(check, args, io));
}
