import type { ReactNode } from 'react';

/** A link to an external page. Anything but an http or https address, such as a script, is shown as text. */
export function WebLink({
  to,
  children = to,
}: {
  to: string;
  children?: ReactNode;
}): JSX.Element {
  return isWebAddress(to) ? (
    <a href={to} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  ) : (
    <span>{children}</span>
  );
}

function isWebAddress(text: string): boolean {
  return (
    URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
  );
}
