import {
  Environment,
  EvaluationError,
  ParseError,
  TypeError,
} from '@marcbachmann/cel-js';
import { registerClusterLibrary } from './libraries/clusterLibrary';
import { registerConversions } from './libraries/conversions';
import { registerFormats } from './libraries/formats';
import { registerLists } from './libraries/lists';
import { registerQuantities } from './libraries/quantities';
import { registerRegex } from './libraries/regex';
import { registerStrings } from './libraries/strings';
import { registerUrls } from './libraries/urls';
import { registerAddresses } from './libraries/addresses';
import { registerVersions } from './libraries/versions';
import { prepareSource, restoreNames } from './prepareSource';
import { refuseBeyondLanguage } from './refuseBeyondLanguage';

/** What an expression says of one cluster. Only `true` matches. */
export type ExpressionOutcome =
  | { kind: 'true' }
  | { kind: 'false' }
  | { kind: 'not-a-boolean' }
  | { kind: 'failed'; why: string };

export type CompiledExpression =
  | { kind: 'compiled'; evaluate(managedCluster: unknown): ExpressionOutcome }
  | { kind: 'invalid'; why: string };

const MOST_CHARACTERS = 10_000; // as long as Kubernetes allows a rule in a definition to be, about

/** Many apps share the expressions of their environment, and what a text means never changes. */
const compiled = new Map<string, CompiledExpression>();
const MOST_KEPT = 500;

/**
 * Compiles a CEL expression over `managedCluster` with the libraries of
 * Kubernetes and of Open Cluster Management. Types are checked: an unknown
 * name or function makes it invalid before any cluster is looked at.
 *
 * Source: open-cluster-management.io/sdk-go pkg/cel (1.0) names the libraries.
 */
export function compileExpression(source: string): CompiledExpression {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const expression = compile(source);
  if (compiled.size >= MOST_KEPT) compiled.clear();
  compiled.set(source, expression);
  return expression;
}

function compile(source: string): CompiledExpression {
  if (source.length > MOST_CHARACTERS) {
    return {
      kind: 'invalid',
      why: `the expression is longer than ${MOST_CHARACTERS} characters`,
    };
  }
  try {
    const named = prepareSource(source);
    const program = environment().parse(named);
    const checked = program.check();
    if (!checked.valid)
      return { kind: 'invalid', why: firstLine(checked.error) };
    const why = refuseBeyondLanguage(program.ast);
    if (why !== undefined) return { kind: 'invalid', why };
    return {
      kind: 'compiled',
      evaluate: managedCluster => run(program, managedCluster),
    };
  } catch (error) {
    return { kind: 'invalid', why: firstLine(error) };
  }
}

function run(
  program: (context: object) => unknown,
  managedCluster: unknown,
): ExpressionOutcome {
  try {
    const value = program({ managedCluster });
    if (typeof value !== 'boolean') return { kind: 'not-a-boolean' };
    return { kind: value ? 'true' : 'false' };
  } catch (error) {
    return { kind: 'failed', why: firstLine(error) };
  }
}

let shared: Environment | undefined;

/** Made once: registering the libraries costs more than most expressions. */
function environment(): Environment {
  if (shared === undefined) {
    shared = new Environment({
      enableOptionalTypes: true,
      homogeneousAggregateLiterals: false,
      limits: {
        maxAstNodes: 5_000,
        maxDepth: 100,
        maxListElements: 1_000,
        maxMapEntries: 1_000,
      },
    }).registerVariable('managedCluster', 'map<string, dyn>');
    registerClusterLibrary(shared);
    registerStrings(shared);
    registerLists(shared);
    registerRegex(shared);
    registerQuantities(shared);
    registerVersions(shared);
    registerUrls(shared);
    registerAddresses(shared);
    registerFormats(shared);
    registerConversions(shared);
  }
  return shared;
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
