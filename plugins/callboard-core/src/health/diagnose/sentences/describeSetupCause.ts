import type { Cause, CauseWords } from '../cause';
import type { Subject } from '../subject';

type SetupCause = Extract<
  Cause,
  {
    code:
      | 'volume-not-ready'
      | 'missing-object'
      | 'missing-key'
      | 'configuration-invalid'
      | 'start-failed';
  }
>;

/** Describes what is missing before a program can run. */
export function describeSetupCause(
  cause: SetupCause,
  { name, environment, cluster }: Subject,
): CauseWords {
  const cannotStart = `${name} cannot start in ${environment}`;
  switch (cause.code) {
    case 'volume-not-ready':
      return {
        effect: cannotStart,
        cause: `its storage is not ready`,
        evidence: [{ label: 'Answer', value: cause.says }],
        next: `Check the volumes in score.yaml; if they are right, ask the platform team which storage ${cluster} offers`,
      };
    case 'missing-object':
      return {
        effect: cannotStart,
        cause: `the ${cause.what} "${cause.name}" does not exist`,
        evidence: [
          { label: 'Missing', value: `${cause.what} "${cause.name}"` },
        ],
        next: `Create the ${cause.what} "${cause.name}" for ${environment}, or correct its name where the app asks for it`,
      };
    case 'missing-key':
      return {
        effect: cannotStart,
        cause: `the ${cause.what} "${cause.name}" has no key "${cause.key}"`,
        evidence: [
          {
            label: 'Missing',
            value: `key "${cause.key}" in ${cause.what} "${cause.name}"`,
          },
        ],
        next: `Add the key "${cause.key}" to the ${cause.what} "${cause.name}", or correct it where the app asks for it`,
      };
    case 'configuration-invalid':
      return {
        effect: cannotStart,
        cause: `its configuration is refused`,
        evidence: [{ label: 'Answer', value: cause.says }],
        next: 'Correct what the answer names in score.yaml and push again',
      };
    case 'start-failed':
      return {
        effect: cannotStart,
        cause: `${describeProgram(cause)}`,
        evidence: [
          ...(cause.program
            ? [{ label: 'Program', value: cause.program }]
            : []),
          { label: 'Answer', value: cause.says },
        ],
        next:
          cause.because === 'not-allowed'
            ? 'Make the file executable (chmod +x) in the image, or correct command in score.yaml'
            : 'Correct command in score.yaml, or add the program to the image',
      };
    default:
      throw new Error(`No words for ${JSON.stringify(cause satisfies never)}`);
  }
}

function describeProgram({
  program,
  because,
}: Extract<Cause, { code: 'start-failed' }>): string {
  const called = program ? `the program "${program}"` : 'its program';
  switch (because) {
    case 'missing':
      return `${called} does not exist in the image`;
    case 'not-allowed':
      return `${called} may not be executed`;
    default:
      return `${called} cannot be started`;
  }
}
