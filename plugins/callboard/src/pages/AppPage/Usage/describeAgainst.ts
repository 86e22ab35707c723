import {
  type ContainerUsage,
  describeBytes,
  describeCpu,
} from '@callboard/plugin-callboard-common';

export type Measure = 'memory' | 'cpu';

/** `asks for 512 MiB, 1 GiB at most`: request and limit of a container. */
export function describeAgainst(
  { requests, limits }: Pick<ContainerUsage, 'requests' | 'limits'>,
  measure: Measure,
): string {
  const [asked, most, format] =
    measure === 'memory'
      ? [requests.memoryBytes, limits.memoryBytes, describeBytes]
      : [requests.cpuMillicores, limits.cpuMillicores, describeCpu];
  return [
    asked === undefined ? 'asks for nothing' : `asks for ${format(asked)}`,
    most === undefined ? 'no limit' : `${format(most)} at most`,
  ].join(', ');
}
