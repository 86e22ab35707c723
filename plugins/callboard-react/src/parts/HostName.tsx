import { Fragment } from 'react';
import { hostOf } from './ownAddressOf';

/** Host of an address; a long one wraps at a dot, never within a word. */
export function HostName({ url }: { url: string }): JSX.Element {
  return (
    <>
      {hostOf(url)
        .split(/(?=[.:/])/)
        .map((part, at) => (
          <Fragment key={`${at}${part}`}>
            <wbr />
            {part}
          </Fragment>
        ))}
    </>
  );
}
