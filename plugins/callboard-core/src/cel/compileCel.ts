import {
  Environment,
  EvaluationError,
  ParseError,
  TypeError,
} from '@marcbachmann/cel-js';
import { registerAddresses } from './libraries/addresses';
import { registerConversions } from './libraries/conversions';
import { registerFormats } from './libraries/formats';
import { registerLists } from './libraries/lists';
import { registerQuantities } from './libraries/quantities';
import { registerRegex } from './libraries/regex';
import { registerStrings } from './libraries/strings';
import { registerUrls } from './libraries/urls';
import { registerVersions } from './libraries/versions';
import { listNames } from './listNames';
import { type StepMeter, meterLoops } from './meterLoops';
import { prepareSource, restoreNames } from './prepareSource';
import { refuseBeyondLanguage } from './refuseBeyondLanguage';

/** Result of an expression. Only `true` counts as true. */
export type ExpressionOutcome =
  | { kind: 'true' }
  | { kind: 'false' }
  | { kind: 'not-a-boolean' }
  | { kind: 'failed'; why: string };

export interface CompiledCel {
  kind: 'compiled';
  /** Names that the expression reads, sorted: variables, and those that its loops iterate over. */
  names: readonly string[];
  /**
   * Evaluates it over values of its variables, whole numbers as `bigint`
   * (`toCel`).
   *
   * @param meter - bounds the steps of loops; without one only the size of
   *   their input does
   */
  evaluate(variables: object, meter?: StepMeter): ExpressionOutcome;
}

export type CelProgram = CompiledCel | { kind: 'invalid'; why: string };

const MOST_CHARACTERS = 10_000; // about as long as Kubernetes allows for a validation rule in a CRD

/** Creates the CEL environment of Kubernetes, without variables. */
export function createCelEnvironment(): Environment {
  const environment = new Environment({
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: false,
    limits: {
      maxAstNodes: 5_000,
      maxDepth: 100,
      maxListElements: 1_000,
      maxMapEntries: 1_000,
    },
  });
  registerStrings(environment);
  registerLists(environment);
  registerRegex(environment);
  registerQuantities(environment);
  registerVersions(environment);
  registerUrls(environment);
  registerAddresses(environment);
  registerFormats(environment);
  registerConversions(environment);
  return environment;
}

/**
 * Compiles an expression with the variables and functions of an environment.
 * Types are checked: an unknown name or function makes it invalid before any
 * value is evaluated.
 */
export function compileCel(
  source: string,
  environment: Environment,
): CelProgram {
  if (source.length > MOST_CHARACTERS) {
    return {
      kind: 'invalid',
      why: `the expression is longer than ${MOST_CHARACTERS} characters`,
    };
  }
  try {
    const program = environment.parse(prepareSource(source));
    const checked = program.check();
    if (!checked.valid)
      return { kind: 'invalid', why: firstLine(checked.error) };
    const why = refuseBeyondLanguage(program.ast);
    if (why !== undefined) return { kind: 'invalid', why };
    const metered = meterLoops(program.ast);
    return {
      kind: 'compiled',
      names: listNames(program.ast),
      evaluate: (variables, meter) =>
        metered(meter, () => run(program, variables)),
    };
  } catch (error) {
    return { kind: 'invalid', why: firstLine(error) };
  }
}

function run(
  program: (context: object) => unknown,
  variables: object,
): ExpressionOutcome {
  try {
    const value = program(variables);
    if (typeof value !== 'boolean') return { kind: 'not-a-boolean' };
    return { kind: value ? 'true' : 'false' };
  } catch (error) {
    return { kind: 'failed', why: firstLine(error) };
  }
}

function firstLine(error: unknown): string {
  if (
    error instanceof ParseError ||
    error instanceof TypeError ||
    error instanceof EvaluationError
  ) {
    return restoreNames(error.summary);
  }
  return error instanceof Error ? error.message.split('\n')[0] : String(error);
}
