/** `Cannot read the output of Pod "web-1" on cluster "eu-1": no answer within 5 s`. */
export function saysWhy({ what, why }: { what: string; why: string }): string {
  return `${what}: ${why}`;
}
