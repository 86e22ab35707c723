import { findingOf } from '../check/Finding';
import { formatFindings } from '../check/formatFindings';
import type { Io } from '../Io';
import { plainJson, plainText } from './plainText';
import type { PortalError } from './PortalClient';

/** Prints a portal's refusal: its sentences, or the faults of files in the format of `check`. */
export function printRefusal(
  { problem }: PortalError,
  { output, io }: { output: 'text' | 'json'; io: Pick<Io, 'out' | 'err'> },
): void {
  if (output === 'json') io.out(plainJson(problem));
  const { what, why, next, at, faults } = problem;
  const all = faults ?? (at ? [problem] : []);
  if (all.length > 0)
    io.err(
      formatFindings(
        all.map(fault => findingOf(fault.at?.file ?? 'images', fault)),
        new Set(all.map(fault => fault.at?.file)).size,
      ),
    );
  else
    [what, `  why: ${why}`, `  next: ${next}`].forEach(line =>
      io.err(plainText(line)),
    );
}
