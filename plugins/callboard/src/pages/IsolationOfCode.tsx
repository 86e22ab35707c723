import {
  dataOf,
  usePlaygroundIsolation,
} from '@callboard/plugin-callboard-react';

/** How code that is pushed to the playground is kept apart on the portal's machine, which limits hold, and whether its databases run. */
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
