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

/** A validation, and which of its variables differ between places. */
export interface CompiledValidation extends PolicyValidation {
  program: CompiledCel;
  readsCluster: boolean;
  readsObject: boolean;
  /** Judged only for objects that run pods. */
  readsPod: boolean;
}

type Environment = ReturnType<typeof createCelEnvironment>;
let shared: Environment | undefined;

/** Compiles an expression of a policy; a field that its variable does not have makes it invalid. */
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

/** Policy files are immutable, so each is compiled once. */
const compiled = new WeakMap<PolicyFile, CompiledValidation[]>();

/** Returns the validations of a policy that compile; `checkPolicies` reports the others. */
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
