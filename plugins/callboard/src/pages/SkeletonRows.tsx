import { Flex, Skeleton } from '@backstage/ui';

/** The shape of a list before it comes. */
export function SkeletonRows({
  rows,
  height = 44,
}: {
  rows: number;
  height?: number;
}): JSX.Element {
  return (
    <Flex direction="column" gap="2">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} width="100%" height={height} />
      ))}
    </Flex>
  );
}
