import { roundBelow100 } from './describeBytes';

/** Formats CPU for people, in cores: `0.25 CPU`, `38.6 CPU`, `96 CPU`. Less than ten cores keep their millicores. */
export function describeCpu(millicores: number): string {
  const cores = millicores / 1_000;
  return `${roundBelow100(cores, Math.abs(cores) < 10 ? 3 : 1)} CPU`;
}
