import type { ReactNode } from 'react';
import { useInstant } from '../instant';
import { WhileConnected } from './WhileConnected';

/** Actions and live reads of a cluster: absent from pages of the past, or replaced by `past`. */
export function OnlyNow({
  children,
  past = null,
}: {
  children: ReactNode;
  past?: ReactNode;
}): JSX.Element {
  const isPast = useInstant() !== undefined;
  return isPast ? <>{past}</> : <WhileConnected>{children}</WhileConnected>;
}
