import type { ScoreWorkload } from '../../domain';
import type { Problem, SourceLocation } from '../../problem';
import { type Checked, accepted, refused } from '../Checked';
import { checkDocument } from '../checkDocument';
import { type FieldPath, formatPath } from '../formatPath';
import { isRecord } from '../isRecord';
import { PUSHED_YAML_LIMITS, parseYamlDocuments } from '../yaml';
import { YamlDate } from '../yaml/YamlDate';
import { scoreSchema } from './scoreSchema';
import { upgradeScore } from './upgradeScore';

/** An older spelling that is still accepted. */
export interface ScoreUpgrade {
  why: string;
  next: string;
  at: SourceLocation;
}

export interface ParsedScore {
  workload: ScoreWorkload;
  /** Upgrades from older spellings, one line each. */
  warnings: string[];
  /** The same, with position and replacement. */
  upgrades: ScoreUpgrade[];
  /** Returns the position of a field of the workload in the file, for problems found later. */
  locate(path: FieldPath): SourceLocation;
}

/**
 * Parses a `score.yaml` of Score v1b1, as score-go 1.12 does: only the first
 * document of the file counts, older spellings are upgraded with a warning,
 * fields outside of the specification are refused with path and line.
 * Placeholders are not resolved here; `renderWorkload` of the core does that.
 */
export function parseScore(
  text: string,
  options: { file: string },
): Checked<ParsedScore> {
  const documents = parseYamlDocuments(text, {
    file: options.file,
    limits: PUSHED_YAML_LIMITS,
    firstDocumentOnly: true,
    dates: 'date',
    portable: true,
  });
  if (!documents.ok) return refused(documents.problem);
  const [document] = documents.value;
  if (!document) return refused(emptyProblem(options.file));

  const { value, warnings } = upgradeScore(document.value);
  const checked = checkDocument(
    scoreSchema,
    { ...document, value },
    { code: 'score-invalid', noun: 'the workload' },
  );
  return checked.ok
    ? accepted({
        workload: writeDatesOut(checked.value) as ScoreWorkload,
        warnings: warnings.map(
          ({ path, why, next }) => `${formatPath(path)}: ${why} (${next})`,
        ),
        upgrades: warnings.map(({ path, why, next }) => ({
          why: `${formatPath(path)}: ${why}`,
          next,
          at: document.locate(path),
        })),
        locate: document.locate,
      })
    : checked;
}

function emptyProblem(file: string): Problem {
  return {
    code: 'score-invalid',
    what: `Cannot read the workload ${file}`,
    why: 'the file is empty',
    next: 'Start with "apiVersion: score.dev/v1b1", "metadata" and "containers"',
    transient: false,
    at: { file },
  };
}

/** Converts dates to text, as JSON has none; they remain only in free-form fields (`metadata`, `params`). */
function writeDatesOut(value: unknown): unknown {
  if (value instanceof YamlDate) return value.text;
  if (Array.isArray(value)) return value.map(writeDatesOut);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, writeDatesOut(field)]),
  );
}
