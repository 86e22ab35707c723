import type { Io } from '../Io';
import type { readArguments } from '../readArguments';
import { plainJson, plainText } from './plainText';

type Options = ReturnType<typeof readArguments<'text' | 'json'>>;

/** The portal's preview of a change. */
export interface ChangePreview {
  /** False when the desired state is reached already. */
  changes: boolean;
  message: string;
  notes: readonly string[];
}

/** Options of every verb that previews a change before it makes it. */
export const CHANGE_OPTIONS = {
  why: { type: 'string' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
} as const;

export const CHANGE_USAGE = `  --why TEXT             for the journal
  --dry-run              says what it would do, and does nothing
  -y, --yes              does not ask`;

/**
 * Previews a change, and asks for confirmation at a terminal.
 *
 * @param lines - effect on each cluster
 * @returns whether to make the change
 */
export async function confirmChange(
  preview: ChangePreview,
  {
    question,
    lines = [],
    options,
    io,
  }: { question: string; lines?: readonly string[]; options: Options; io: Io },
): Promise<boolean> {
  if (options.output === 'json') io.out(plainJson(preview));
  else {
    io.out(`${plainText(preview.message)}.`);
    if (preview.changes) lines.forEach(line => io.out(`  ${plainText(line)}`));
    preview.notes.forEach(note => io.out(`Note: ${plainText(note)}.`));
  }
  if (options.flag('dry-run') || !preview.changes) return false;
  if (options.flag('yes') || !io.terminal.input || !io.terminal.output)
    return true;
  const answer = await io.askLine(`${question}? [y/N] `);
  const isMeant = /^y(es)?$/i.test(answer?.trim() ?? '');
  if (!isMeant) io.err('Nothing was changed');
  return isMeant;
}

/** The given reason, as a request contains it. */
export function whyOf(options: Options): { why?: string } {
  const why = options.text('why');
  return why === undefined ? {} : { why };
}
