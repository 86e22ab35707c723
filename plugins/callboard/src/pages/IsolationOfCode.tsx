import {
  dataOf,
  usePlaygroundIsolation,
} from '@callboard/plugin-callboard-react';

/** Isolation of pushed code on the playground's machine, the limits in force, and whether its databases run. */
export function IsolationOfCode({
  className,
}: {
  className?: string;
}): JSX.Element | null {
  const isolation = dataOf(usePlaygroundIsolation());
  if (!isolation) return null;
  return (
    <p className={className}>
      {isolation.says}. {isolation.limits} {isolation.databases}
    </p>
  );
}
