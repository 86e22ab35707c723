import {
  CURRENT_RENDERER,
  isKnownRenderer,
} from '@callboard/plugin-callboard-core';
import { UsageError } from '../Io';
import { readNumber } from '../readNumber';

/** Parses a renderer version; the newest when none is given. */
export function readRenderer(
  options: { text(name: string): string | undefined },
  name: string,
): number {
  const renderer = readNumber(options, name) ?? CURRENT_RENDERER;
  if (!isKnownRenderer(renderer))
    throw new UsageError(
      `--${name} ${renderer} is not known; 1 to ${CURRENT_RENDERER} are`,
    );
  return renderer;
}
