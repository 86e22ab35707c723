import { Fragment } from 'react';
import { hostOf } from './ownAddressOf';

/** The host of an address; a long one goes on in the next line at a dot, and not within a word. */
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
