import { Name } from './Name';

/**
 * A possible name of a cluster, an app or a team, with the comma that follows
 * it: browsers would break it after its hyphen.
 */
const HYPHENATED =
  /(?<![\p{L}\p{N}])([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+[,.;:!?)”]*)/u;

/** Running text in which names stay on one line. */
export function Prose({ children }: { children: string }): JSX.Element {
  return (
    <>
      {children
        .split(HYPHENATED)
        .map((part, index) =>
          index % 2 === 1 ? <Name key={index}>{part}</Name> : part,
        )}
    </>
  );
}
