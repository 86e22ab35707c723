/** Processor time for people, in cores: `0.3 CPU`, `38.6 CPU`, `96 CPU`. */
export function formatCpu(millicores: number): string {
  const cores = millicores / 1_000;
  return `${cores < 100 ? Number(cores.toFixed(1)) : Math.round(cores)} CPU`;
}
