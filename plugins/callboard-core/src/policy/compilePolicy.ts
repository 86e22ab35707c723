import type {
  PolicyFile,
  PolicyValidation,
} from '@callboard/plugin-callboard-common';
import {
  type CelProgram,
  type CompiledCel,
  compileCel,
  createCelEnvironment,
} from '../cel';

/** A validation, and which of its variables change from place to place. */
export interface CompiledValidation extends PolicyValidation {
  program: CompiledCel;
  readsCluster: boolean;
  readsObject: boolean;
  /** Judged of objects that run pods only. */
  readsPod: boolean;
}

type Environment = ReturnType<typeof createCelEnvironment>;
let shared: Environment | undefined;

/** Compiles an expression of a policy: a field of a variable that does not exist makes it invalid. */
export function compilePolicyExpression(source: string): CelProgram {
  shared ??= declareVariables(createCelEnvironment());
  return compileCel(source, shared);
}

function declareVariables(environment: Environment): Environment {
  const text = 'string';
  const texts = 'map<string, string>';
  return environment
    .registerVariable({
      name: 'app',
      schema: { name: text, title: text, owner: text, system: text },
    })
    .registerVariable({
      name: 'release',
      schema: {
        number: 'int',
        commit: text,
        author: text,
        message: text,
        workloads: 'list<dyn>',
        images: 'list<string>',
      },
    })
    .registerVariable({
      name: 'environment',
      schema: { name: text, title: text, order: 'int' },
    })
    .registerVariable({
      name: 'placement',
      schema: { clusters: 'list<string>' },
    })
    .registerVariable({
      name: 'cluster',
      schema: {
        name: text,
        labels: texts,
        claims: texts,
        clusterSets: 'list<string>',
        blueprint: text,
        blueprints: 'list<string>',
      },
    })
    .registerVariable('object', 'map<string, dyn>')
    .registerVariable('pod', 'map<string, dyn>');
}

/** Files are values: one that was compiled is not compiled again. */
const compiled = new WeakMap<PolicyFile, CompiledValidation[]>();

/** The validations of a policy that compile; `checkPolicies` says of the others why they do not. */
export function compilePolicy(file: PolicyFile): CompiledValidation[] {
  const known = compiled.get(file);
  if (known) return known;
  const validations = file.spec.validations.flatMap(
    (validation): CompiledValidation[] => {
      const program = compilePolicyExpression(validation.expression);
      return program.kind === 'invalid'
        ? []
        : [
            {
              ...validation,
              program,
              readsCluster: program.names.includes('cluster'),
              readsObject: ['object', 'pod'].some(name =>
                program.names.includes(name),
              ),
              readsPod: program.names.includes('pod'),
            },
          ];
    },
  );
  compiled.set(file, validations);
  return validations;
}
