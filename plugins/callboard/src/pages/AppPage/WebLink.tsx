import type { ReactNode } from 'react';

/** A link to a page of somebody else. What is not the address of a page, such as a script, is text and no link. */
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
