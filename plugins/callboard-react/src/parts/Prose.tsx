import { Name } from './Name';

/** What may be a name of a cluster, an app or a team, with the comma that follows it: browsers break it after its hyphen. */
const HYPHENATED =
  /(?<![\p{L}\p{N}])([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+[,.;:!?)”]*)/u;

/** A text that is read, a sentence or more, in which names stay on one line. */
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
