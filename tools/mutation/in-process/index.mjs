import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { InProcessRunner } from './InProcessRunner.mjs';

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner),
];

export const strykerValidationSchema = {
  properties: {
    inProcess: {
      type: 'object',
      required: ['tests', 'randomRounds'],
      properties: {
        tests: { type: 'array', items: { type: 'string' } },
        randomRounds: { type: 'integer', minimum: 1 },
      },
    },
  },
};
